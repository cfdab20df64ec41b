"""What all tests share: how hypothesis looks for examples, and the language that is spoken."""

import pytest
from hypothesis import HealthCheck, settings

from cmq_cli import language

settings.register_profile("default", deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("nightly", settings.get_profile("default"), max_examples=1000)
settings.load_profile("default")  # --hypothesis-profile nightly looks longer


@pytest.fixture(autouse=True)
def _english():
    """Let each test begin in English, whatever the test before it spoke."""
    language.speak("en")


class Brackets:
    """A language that puts each line, and each heading, between brackets: what isn't translated stands outside."""

    def gettext(self, message):
        return f"‹{message}›".replace("\n", "›\n‹").replace("|", "›|‹")

    def ngettext(self, one, several, number):
        return f"‹{one if number < 2 else several}›"


@pytest.fixture
def brackets(monkeypatch):
    """Speak a language of brackets where French is asked for; `support.outside` returns what isn't translated."""
    monkeypatch.setattr(language, "_catalogue", lambda _: Brackets())

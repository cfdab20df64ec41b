"""What all tests share: pictures of output under `tests/snapshots`, and the switch that rewrites them."""

import difflib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")  # how fast the machine is today is no property of the program

SNAPSHOTS = Path(__file__).parent / "snapshots"


def pytest_addoption(parser):
    parser.addoption(
        "--update-snapshots",
        action="store_true",
        help="Write what the program prints today into the snapshots and documents; then read the difference.",
    )


def pytest_collection_modifyitems(config, items):
    """Of all tests, run only those that keep something where that is to be written anew."""
    if config.getoption("--update-snapshots"):
        others = [item for item in items if "updating" not in item.fixturenames]
        items[:] = [item for item in items if "updating" in item.fixturenames]
        config.hook.pytest_deselected(items=others)


@pytest.fixture
def updating(request):
    """Tell whether what a test keeps, be it a snapshot or a document, is to be written anew."""
    return request.config.getoption("--update-snapshots")


@pytest.fixture
def snapshot(updating):
    """Compare a text with the one kept under a name in `tests/snapshots`, or keep it there when asked to update."""

    def compare(name, text):
        path = SNAPSHOTS / name
        if updating:
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(text.encode())
        kept = path.read_bytes().decode() if path.exists() else ""
        if text != kept:
            lines = difflib.unified_diff(
                kept.splitlines(), text.splitlines(), f"tests/snapshots/{name}", "printed today", lineterm="", n=2
            )
            pytest.fail(
                "\n".join([*lines, "", "If that is wanted: make update, and read git diff."]),
                pytrace=False,
            )

    return compare

"""What the tests of the output share: a small registry that doesn't change with the data, and the program run on it."""

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from cmq_cli import registry as registries
from cmq_cli.cli import run
from cmq_cli.model import Registry
from cmq_cli.output.screen import Screen

SMALL = Path(__file__).with_name("registry.json")


CHANGING = ("COLUMNS", "NO_COLOR", "FORCE_COLOR", "CMQ_REGISTRY", "PYTHONUNBUFFERED")
OWN = {name: value for name, value in os.environ.items() if name not in CHANGING}
"""The environment without what would change what the program does; unbuffered, it never meets a late error."""


class Terminal(io.StringIO):
    """A stream that a person reads."""

    def isatty(self):
        return True


@pytest.fixture(scope="session", autouse=True)
def heeded_ctrl_c():
    """Let Ctrl-C do what it does for a person, also where the tests run in the background, which ignores it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def small():
    """Return five campuses that differ in what is known of them, with the waves, figures and sources around them."""
    return registries.build(Registry, json.loads(SMALL.read_text(encoding="utf-8")))


@pytest.fixture
def cmq(small, monkeypatch):
    """Return a function that runs the program on the small registry (or another), as on a terminal or in a pipe."""

    def call(*arguments, terminal=False, registry=small, **environ):
        monkeypatch.setattr(registries, "load", lambda *_: registry)
        out, err = Terminal() if terminal else io.StringIO(), io.StringIO()
        code = run(arguments, Screen(out, err, {"COLUMNS": "80", **environ}))
        return SimpleNamespace(code=int(code), out=out.getvalue(), err=err.getvalue())

    return call


@pytest.fixture(scope="session")
def program():
    """Return a function that runs the real program in a process of its own, and returns its code and raw streams."""

    def call(*arguments, before=(), **settings):
        environ = {**OWN, **settings.pop("environ", {})}
        settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "timeout": 60, **settings}
        return subprocess.run([*before, sys.executable, "-m", "cmq_cli", *arguments], env=environ, **settings)

    return call

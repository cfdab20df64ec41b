"""Processes that tests start."""

import os


def unmeasured(**more):
    """Return the environment, and more, for a process that coverage must leave alone: it would load modules there."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")} | more

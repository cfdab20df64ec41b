"""One family of errors, and the exit codes that they end in."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the program's exit status means; a public contract."""

    DONE = 0  # the question was answered, be it with an empty list
    NOT_FOUND = 1  # nothing matches the key, or a registry is missing, damaged or invalid
    USAGE = 2  # the command line can't be understood
    INTERRUPTED = 130  # stopped by Ctrl-C


class CmqError(Exception):
    """What went wrong, in one line that also says what to do about it."""

    exit_code = ExitCode.NOT_FOUND


class UsageError(CmqError):
    """The command line asks for something that doesn't exist."""

    exit_code = ExitCode.USAGE


class NotFoundError(CmqError):
    """Nothing in the registry answers to the key."""


class RegistryError(CmqError):
    """The registry can't be read, or isn't one."""

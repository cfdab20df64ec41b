"""What is said of a command line that Typer can't read: what is wrong, and what to type instead."""

import re
from typing import Any

from typer.exceptions import TyperException

_LONG_WORD = re.compile(r"(\S{60})\S{40,}")
"""What Typer's messages repeat whole, however long it was typed."""

_MISSING = {
    "show": "Which campus? Give an id, a name, a city or words: cmq show KEY",
    "near": "Which place? Give a commune, its INSEE code or LAT,LON: cmq near PLACE",
}
"""What to say to a command, by its name, without that which it can't do without."""

_NUMBERS = {"int range": "Give a whole number, 0 or more", "float range": "Give a number, 0 or more"}
"""What to do about an option that takes a number, by Typer's name for such numbers."""


def explained(error: TyperException, command: str) -> str:
    """Return the message of an error about the command line, with the way to mend it, on one line.

    The command is the one whose help tells more, where the error itself doesn't know.
    """
    message = _LONG_WORD.sub(r"\1…", error.format_message())
    context: Any = getattr(error, "ctx", None)
    option: Any = getattr(error, "param", None)
    if message.startswith("Missing argument") and context.info_name in _MISSING:
        return _MISSING[context.info_name]
    if wanted := _NUMBERS.get(getattr(getattr(option, "type", None), "name", "")):
        value = _LONG_WORD.sub(r"\1…", error.message).rpartition(" is not ")[0]
        return f"{value} can't be the value of {option.opts[0]}. {wanted}: {option.opts[0]} 10"
    if message.endswith("?"):  # Typer itself suggests something
        return message
    if message.startswith("No such command"):
        return f"{message} To find a campus: cmq show KEY. The commands: cmq -h"
    return f"{message.removesuffix('.')}. See: {context.command_path if context else command} -h"

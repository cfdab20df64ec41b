"""Turn what was drawn into text, with the codes that a terminal obeys only where it is coloured."""

import io
import re

from rich.console import Console, Group

from cmq_cli.output.tables.frame import Look, Renderable

_LINK = re.compile("\x1b]8;(?:id=([0-9-]+))?;([^\x1b]*)\x1b\\\\")


def as_text(renderable: Renderable, look: Look) -> str:
    """Draw to a string no wider than the look, save for addresses; with escape codes only where it is coloured."""
    file = io.StringIO()
    console = Console(
        file=file,
        width=look.width,
        height=25,
        force_terminal=look.colored,
        no_color=not look.colored,
        color_system="standard" if look.colored else None,
        legacy_windows=False,
        highlight=False,
        markup=False,
        emoji=False,
    )
    console.print(Group(renderable), crop=False)  # in a group, a text keeps its own settings
    drawn = file.getvalue()
    numbers: dict[str, int] = {}
    drawn = _LINK.sub(lambda link: _numbered(link, numbers) if look.links else "", drawn)
    return "".join(f"{line.rstrip(' ')}\n" for line in drawn.split("\n")[:-1])


def _numbered(link: re.Match[str], numbers: dict[str, int]) -> str:
    """Return the beginning of a link with its number in the text, or the end of one as it is.

    The number tells which lines belong to one link. Rich draws lots for it, so that no two outputs would be equal.
    """
    if link[1] is None:
        return link[0]
    return f"\x1b]8;id={numbers.setdefault(link[1], len(numbers) + 1)};{link[2]}\x1b\\"

"""Characters that a terminal obeys instead of showing them, and what stands in their place."""

from functools import cache

_CONTROLS = (*range(32), *range(127, 160))
_LINE_BREAKS = (0x2028, 0x2029)
_REORDERING = (0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))

BLANKED = dict.fromkeys((*_CONTROLS, *_LINE_BREAKS), " ")
"""For one line of values: all that breaks a line or steers a terminal becomes a space."""

SHOWN = {
    code: f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}" for code in (*_CONTROLS, *_LINE_BREAKS, *_REORDERING)
}
"""For a reader: control codes, and marks that reorder a line, are spelled out; newlines stay, and tabs are spaces."""
SHOWN |= {ord("\n"): "\n", ord("\t"): " "}

KEPT_IN_CSV = {**BLANKED, ord("\n"): "\n", ord("\t"): "\t"}
"""For a quoted value of several lines: newlines and tabs are part of the text."""


@cache
def escaped_in_json() -> dict[int, str]:
    """Return what to write in JSON, which escapes the codes below 32 by itself: the others read back as what they are.

    Half a surrogate pair, of which there are two thousand, is among them.
    """
    escaped = (*range(127, 160), *_LINE_BREAKS, *_REORDERING, *range(0xD800, 0xE000))
    return {code: f"\\u{code:04x}" for code in escaped}


def address(url: str | None) -> str | None:
    """Return an address of the web as it can be linked to, or None for anything else.

    >>> address("https://cmq.fr/à propos"), address("javascript:alert(1)")
    ('https://cmq.fr/%C3%A0%20propos', None)
    """
    if url is None or not url.startswith(("http://", "https://")):
        return None
    from urllib.parse import quote

    return quote(url, safe="!#$%&'()*+,-./:;=?@_~[]", errors="replace")


def on_one_line(message: str) -> str:
    """Return a message for a person as one line without anything that a terminal obeys.

    >>> on_one_line("no\\nsuch \\x1b[31mthing")
    'no such \\\\x1b[31mthing'
    """
    return " ".join(message.split()).translate(SHOWN)

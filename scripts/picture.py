"""The pictures of real output in ``docs/images``: what the program prints in colour, as SVG, for light and dark pages.

Rich makes the SVG. Its own frame is left out for one that loads no font from elsewhere and says in words what it shows.
"""

import io
import shlex
from xml.sax.saxutils import escape

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

from cmq_cli.cli import run
from cmq_cli.output.screen import Screen

QUESTION = "cmq list --sector mecatronique --region BFC"
WIDTH = 80
LINE, CHARACTER, MARGIN = 24.4, 12.2, 12
"""What Rich takes for the height of a line and the width of a character, and the space around all."""


def _theme(colors: str) -> TerminalTheme:
    """Return a theme from hexadecimal numbers: background, foreground, then black, red, green, yellow, blue, ..."""
    back, front, *others = [tuple(bytes.fromhex(color)) for color in colors.split()]
    return TerminalTheme(back, front, others)  # type: ignore[arg-type]


THEMES = {
    "light": _theme("ffffff 181b1f 24292f cf222e 116329 4d2d00 0969da 8250df 1b7c83 59636e"),
    "dark": _theme("0d1117 e6edf3 484f58 ff7b72 3fb950 d29922 58a6ff bc8cff 39c5cf b1bac4"),
}

FRAME = """<svg viewBox="0 0 WIDE HIGH" role="img" xml:space="preserve" xmlns="http://www.w3.org/2000/svg">
<title>TITLE</title>
<style>
.{unique_id}-matrix {{ font: {char_height}px ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }}
{styles}
</style>
<defs>
{lines}
</defs>
<rect fill="BACK" stroke="EDGE" x="0.5" y="0.5" width="INNER_WIDE" height="INNER_HIGH" rx="8"/>
<g transform="translate(MARGIN, MARGIN)">
{backgrounds}
<g class="{unique_id}-matrix">
{matrix}
</g>
</g>
</svg>
"""


def map_of_all() -> str:
    """Return the map of all campuses, as ``cmq map -o map.svg`` writes it."""
    out = io.StringIO()
    run(["map", "--format", "svg"], Screen(out, io.StringIO(), {}))
    return out.getvalue()


def printed(question: str) -> str:
    """Return what a terminal of 80 columns shows, in colour: the question, then the answer."""
    out, err = io.StringIO(), io.StringIO()
    environ = {"COLUMNS": str(WIDTH), "FORCE_COLOR": "1", "TERM": "linux"}
    run([*shlex.split(question)[1:], "--format", "table"], Screen(out, err, environ))
    return f"$ {question}\n{out.getvalue()}{err.getvalue()}"


def svg(name: str) -> str:
    """Return the picture as SVG, in the theme of that name."""
    theme, text = THEMES[name], printed(QUESTION)
    console = Console(width=WIDTH, file=io.StringIO(), record=True, force_terminal=True, color_system="truecolor")
    console.print(Text.from_ansi(text), highlight=False, no_wrap=True, crop=False)
    wide, high = (round(2 * MARGIN + size) for size in (WIDTH * CHARACTER, len(text.splitlines()) * LINE))
    frame = FRAME
    for word, value in {
        "TITLE": escape(QUESTION),
        "BACK": theme.background_color.hex,
        "EDGE": theme.ansi_colors[7].hex,
        "INNER_WIDE": wide - 1,
        "INNER_HIGH": high - 1,
        "WIDE": wide,
        "HIGH": high,
        "MARGIN": MARGIN,
    }.items():
        frame = frame.replace(word, str(value))
    drawn = console.export_svg(theme=theme, code_format=frame, unique_id="cmq")
    return "".join(f"{line.rstrip()}\n" for line in drawn.splitlines())

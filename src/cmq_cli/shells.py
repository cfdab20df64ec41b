"""What Typer's completion gets wrong, mended. Loaded at Tab, and when completion is switched on."""

from typing import Any

from typer import _completion_classes as typers
from typer._completion_shared import _completion_scripts as scripts

_FIRST_TAB = """
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  %(complete_func)s "$@"
fi
"""
"""Without it, zsh would only load the script at the first Tab of a session, and offer nothing."""


def prepare() -> None:
    """Have values offered after ``--region=`` as well, at the first Tab, with their apostrophes, and without rich."""
    scripts["zsh"] += _FIRST_TAB
    # The help texts here have no markup, and to load rich takes long; an apostrophe comes doubled, to be lost in zsh.
    typers._sanitize_help_text = lambda text: text.replace("''", "'\\''")
    _split_words(typers.BashComplete)
    for shell in (typers.ZshComplete, typers.FishComplete, typers.PowerShellComplete):
        _whole_words(shell)


def _split_words(shell: Any) -> None:
    """Leave out the equals sign that bash hands over as a word between an option and its value."""
    given = shell.get_completion_args

    def get_completion_args(self: Any) -> tuple[list[str], str]:
        args, incomplete = given(self)
        before = ["", *args]
        kept = [word for word, last in zip(args, before, strict=False) if word != "=" or not last.startswith("--")]
        return kept, incomplete

    shell.get_completion_args = get_completion_args


def _whole_words(shell: Any) -> None:
    """Offer the option with the value, for shells that replace the whole word."""
    found = shell.get_completions

    def get_completions(self: Any, args: list[str], incomplete: str) -> list[Any]:
        option, equals, _ = incomplete.partition("=")
        items: list[Any] = found(self, args, incomplete)
        if equals and option.startswith("--"):
            for item in items:
                item.value = f"{option}={item.value}"
        return items

    shell.get_completions = get_completions

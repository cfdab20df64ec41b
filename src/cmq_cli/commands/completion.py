"""Print the script by which a shell asks what to offer at Tab, or let a shell run it whenever it starts."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

from typer import Argument

from cmq_cli.errors import CmqError, UsageError
from cmq_cli.language import N_, _, quoted, reason
from cmq_cli.output.answer import Answer

_STARTS = {  # the file that each shell reads before it completes, and the line to add to it
    "bash": ("~/.bashrc", 'eval "$(cmq completion bash 2> /dev/null)"'),
    "zsh": ("~/.zshrc", 'autoload -Uz compinit; compinit; eval "$(cmq completion zsh 2> /dev/null)"'),
    "fish": ("~/.config/fish/completions/cmq.fish", "cmq completion fish 2> /dev/null | source"),
    "powershell": ("$PROFILE", "cmq completion powershell | Out-String | Invoke-Expression"),
}
Shell = Annotated[str, Argument(metavar=N_("SHELL"), help=", ".join(_STARTS), autocompletion=lambda: [*_STARTS])]


def print_completion(shell: Shell) -> Answer:
    """Print the script by which a shell asks what to offer; raise UsageError for a shell that there is none for."""
    scripts = Path(__file__).parents[1] / "shells"
    return Answer([], (), (scripts / f"cmq.{_known(shell)}").read_text(encoding="utf-8"))


def _known(shell: str) -> str:
    name = shell.lower().replace("pwsh", "powershell")
    if name not in _STARTS:
        message = N_("There is no completion for {shell}, only for {shells}: cmq completion bash")
        raise UsageError(_(message, shell=quoted(shell), shells=", ".join(_STARTS)))
    return name


def install(words: Sequence[str]) -> str:
    """Let the shell that is named, or else the one in use, complete at Tab; return what was done, or raise CmqError."""
    from subprocess import SubprocessError, check_output

    from shellingham import detect_shell

    if len(words) > 1:
        usage = "cmq --install-completion SHELL"
        raise UsageError(_("That is more than the command takes. Usage: {usage}", usage=usage))
    try:
        shell, program = (words[0], words[0]) if words else detect_shell()
        file, line = _STARTS[_known(shell)]
        if file == "$PROFILE":
            file = check_output([program, "-NoProfile", "-Command", "echo $PROFILE"], encoding="utf-8").strip()
        path = Path(file).expanduser()
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("a+b") as start:
            start.seek(0)
            if line.encode() not in start.read():
                start.write(f"\n{line}\n".encode())
    except (OSError, SubprocessError, ValueError) as error:  # an OSError also where the shell in use isn't found out
        message = N_("The completion can't be installed by itself ({why}). How to do it: cmq completion SHELL")
        raise CmqError(_(message, why=reason(error) or "?")) from None
    return _("From its next start on, {shell} completes cmq at Tab ({file}).", shell=shell, file=path) + "\n"

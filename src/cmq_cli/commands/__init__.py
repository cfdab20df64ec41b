"""The commands: what each is called, where it is, what is said of it, and in which forms it answers."""

from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

from cmq_cli.language import N_

ROWS = ("table", "json", "jsonl", "csv", "tsv", "md")
CAMPUSES = (*ROWS, "geojson")


class Command(NamedTuple):
    """A command, whose module is imported only when it is asked for."""

    function: str
    """Where its function is, below `cmq_cli`: ``module:function``."""
    help: str
    """What it does, in a sentence; on the next line what else its users should know."""
    examples: tuple[str, ...] = ("",)
    """What may be typed behind ``cmq`` and the command."""
    fields: str = ""
    """What the fields of its records are called in `cmq_cli.output.records`."""
    forms: tuple[str, ...] = ROWS
    """The forms in which it answers, but for workbooks; none where its answer is told and nothing else."""
    needed: str = ""
    """What is said when that is missing which it can't do without."""
    hyphens: bool = False
    """Whether its words may begin with a hyphen, as a latitude in the south does."""

    def load(self) -> Callable[..., Any]:
        """Return its function, whose module is imported now."""
        module, _colon, name = self.function.partition(":")
        function: Callable[..., Any] = getattr(import_module(f"cmq_cli.{module}"), name)
        return function


COMMANDS = {
    "list": Command(
        "commands.campuses:list_campuses",
        N_(
            "List the campuses that have the words and pass the filters.\n"
            "The best fit comes first; without words, campuses come by name."
        ),
        ("bois", "--sector mecatronique --region grand-est", "menuisier OU cuir", "--wave 4 -o campuses.xlsx"),
        "CAMPUS",
        CAMPUSES,
    ),
    "show": Command(
        "commands.campuses:show_campus",
        N_(
            "Show one campus: what it is, how to reach it, and who says so.\n"
            "What is typed is tried as an id, an alias, a city, a name, then as words. Several are listed."
        ),
        ("besancon", "jules haag", "plasti-campus --json"),
        "CAMPUS",
        CAMPUSES,
        N_("Which campus? Give an id, a name, a city or words: cmq show KEY"),
    ),
    "count": Command(
        "commands.campuses:count_campuses",
        N_(
            "Count campuses, by region, sector or wave if wanted.\n"
            "Without --by, the answer is the number. A campus of two sectors counts in both, and once in the total."
        ),
        ("--region bretagne", "--by region", "bois --by academy --by sector"),
        "COUNT",
    ),
    "near": Command(
        "commands.near:near_place",
        N_(
            "List the campuses nearest to a place.\n"
            "As the crow flies, from the commune or point to the seat; then those of its region whose seat isn't known."
        ),
        ("Dole", "Nancy bois", '"Saint-Denis (974)" --within 100', "47.24,6.02 --map"),
        "NEAR",
        CAMPUSES,
        N_("Which place? Give a commune, its postal or INSEE code, or LAT,LON: cmq near PLACE"),
        hyphens=True,
    ),
    "map": Command(
        "commands.map:map_campuses",
        N_(
            "Draw the campuses on a map: here, or in an HTML or SVG file.\n"
            "The page -o campus.html has a map, filters, a list and the evidence, and needs no network."
        ),
        ("", "--sector tourisme", "-o campus.html", "--region bretagne -o bretagne.svg"),
        "CAMPUS",
        (*CAMPUSES, "html", "svg"),
    ),
    "waves": Command(
        "commands.reference:show_waves",
        N_("Show the calls for projects, or one of them."),
        ("", "4", "4 --json"),
        "WAVE",
    ),
    "figures": Command(
        "commands.reference:show_figures",
        N_("Show the promises of 13 February 2017, and what became of them."),
        ("", "bts", "places-bts --json"),
        "FIGURE",
    ),
    "sectors": Command(
        "commands.reference:show_sectors",
        N_("Show the sectors and their search words, or one sector."),
        ("", "mecatronique", "--fields id,label,count"),
        "SECTOR",
    ),
    "regions": Command(
        "commands.reference:show_regions",
        N_("Show the regions, academies and departments, or one region."),
        ("", "PACA", "--json"),
        "REGION",
    ),
    "sources": Command(
        "commands.reference:show_sources",
        N_("Show the sources and what each supports, or one source."),
        ("", "cp-men-2017-02-13", "--unused"),
        "SOURCE",
    ),
    "validate": Command(
        "commands.registry_file:validate_file",
        N_(
            "Check a registry file of your own.\nErrors make the file unusable, and end in exit code 1; warnings don't."
        ),
        ("mine.json", "--fix mine.json", "mine.json --json"),
        "PROBLEM",
        needed=N_("Which file? Give its name: cmq validate FILE"),
    ),
    "schema": Command(
        "commands.registry_file:print_schema",
        N_("Print the JSON Schema of a registry file, for editors."),
        ("> campuses.schema.json", "-o campuses.schema.json"),
        forms=("json",),
    ),
    "init": Command(
        "commands.registry_file:init_file",
        N_("Begin a registry of your own.\nA file that exists is never overwritten."),
        ("mine.json", "mine.json --region bretagne", "mine.json --example Épinal", "mine.json --with-data"),
        forms=(),
        needed=N_("Which file? Give the name of a new one: cmq init FILE"),
    ),
    "completion": Command(
        "completion:print_completion",
        N_(
            "Print the script that lets a shell complete commands and values at Tab.\n"
            "For the shell that you use, at once and for good: cmq --install-completion"
        ),
        ("bash > ~/.local/share/bash-completion/completions/cmq", "fish > ~/.config/fish/completions/cmq.fish"),
        forms=(),
        needed=N_("Which shell? bash, zsh, fish or powershell: cmq completion bash"),
    ),
}
"""All commands, in the order of the help."""

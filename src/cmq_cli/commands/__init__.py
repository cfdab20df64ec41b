"""The commands: what each is called, where it is, what is said of it, and in which forms it answers."""

from importlib import import_module
from typing import Any, NamedTuple

from cmq_cli.language import N_

ROWS = ("table", "json", "jsonl", "csv", "tsv", "md")
CAMPUSES = (*ROWS, "geojson")


class Command(NamedTuple):
    """A command, whose module is imported only when it is asked for. Examples of it are in ``examples.txt``."""

    function: str
    """Where its function is, below `cmq_cli`: ``module:function``."""
    help: str
    """What it does, in a sentence."""
    fields: str = ""
    """What the fields of its records are called in `cmq_cli.output.records`."""
    forms: tuple[str, ...] = ROWS
    """The forms in which it answers, but for workbooks; none where its answer is told and nothing else."""
    more: str = ""
    """What else its users should know."""
    needed: str = ""
    """What is said when that is missing which it can't do without."""

    def load(self) -> Any:
        """Return its function, whose module is imported now."""
        module, name = self.function.split(":")
        return getattr(import_module(f"cmq_cli.{module}"), name)


COMMANDS = {
    "list": Command(
        "commands.campuses:list_campuses",
        N_("List the campuses that have the words and pass the filters."),
        "CAMPUS",
        CAMPUSES,
        N_("The best fit comes first; without words, campuses come by name."),
    ),
    "show": Command(
        "commands.campuses:show_campus",
        N_("Show one campus: what it is, how to reach it, and who says so."),
        "CAMPUS",
        CAMPUSES,
        N_("What is typed is tried as an id, an alias, a city, a name, then as words. Several are listed."),
        N_("Which campus? Give an id, a name, a city or words: cmq show KEY"),
    ),
    "count": Command(
        "commands.campuses:count_campuses",
        N_("Count campuses, by region, sector or wave if wanted."),
        "COUNT",
        ROWS,
        N_("Without --by, the answer is the number. A campus of two sectors counts in both, and once in the total."),
    ),
    "near": Command(
        "commands.where:near_place",
        N_("List the campuses nearest to a place."),
        "NEAR",
        CAMPUSES,
        N_(
            "As the crow flies, from the commune or point to the seat; then those of its region whose seat isn't known."
        ),
        N_("Which place? Give a commune, its postal or INSEE code, or LAT,LON: cmq near PLACE"),
    ),
    "map": Command(
        "commands.where:map_campuses",
        N_("Draw the campuses on a map: here, or in an HTML or SVG file."),
        "CAMPUS",
        (*CAMPUSES, "html", "svg"),
        N_("The page -o campus.html has a map, filters, a list and the evidence, and needs no network."),
    ),
    "waves": Command("commands.reference:show_waves", N_("Show the calls for projects, or one of them."), "WAVE"),
    "figures": Command(
        "commands.reference:show_figures",
        N_("Show the promises of 13 February 2017, and what became of them."),
        "FIGURE",
    ),
    "sectors": Command(
        "commands.reference:show_sectors", N_("Show the sectors and their search words, or one sector."), "SECTOR"
    ),
    "regions": Command(
        "commands.reference:show_regions", N_("Show the regions, academies and departments, or one region."), "REGION"
    ),
    "sources": Command(
        "commands.reference:show_sources", N_("Show the sources and what each supports, or one source."), "SOURCE"
    ),
    "validate": Command(
        "commands.registry_file:validate_file",
        N_("Check a registry file of your own."),
        "PROBLEM",
        ROWS,
        N_("Errors make the file unusable, and end in exit code 1; warnings don't."),
        N_("Which file? Give its name: cmq validate FILE"),
    ),
    "schema": Command(
        "commands.registry_file:print_schema",
        N_("Print the JSON Schema of a registry file, for editors."),
        forms=("json",),
    ),
    "init": Command(
        "commands.registry_file:init_file",
        N_("Begin a registry of your own."),
        forms=(),
        more=N_("A file that exists is never overwritten."),
        needed=N_("Which file? Give the name of a new one: cmq init FILE"),
    ),
    "completion": Command(
        "completion:print_completion",
        N_("Print the script that lets a shell complete commands and values at Tab."),
        forms=(),
        more=N_("For the shell that you use, at once and for good: cmq --install-completion"),
        needed=N_("Which shell? bash, zsh, fish or powershell: cmq completion bash"),
    ),
}
"""All commands, in the order of the help."""

FLAGS = {
    "-h, --help": N_("Show this help."),
    "--version": N_("Show the versions of cmq, its data and Python."),
    "--install-completion": N_("Let the shell that you use complete commands and values at Tab."),
}
"""What is asked of the program itself."""

"""The commands: where each is, in which forms it answers, and what is said of it."""

from importlib import import_module
from typing import Any, NamedTuple

from cmq_cli.language import N_
from cmq_cli.registry import Registry, bundled

ROWS = ("table", "json", "jsonl", "csv", "tsv", "md")
CAMPUSES = (*ROWS, "geojson")


class Command(NamedTuple):
    """A command, whose module is imported only when it is asked for."""

    function: str  # from this package: ``.module:function``
    fields: str = ""  # what the fields of its records are called in `cmq_cli.output.records`
    forms: tuple[str, ...] = ROWS  # but for workbooks; none where its answer is told and nothing else

    def load(self) -> Any:
        """Return its function, whose module is imported now."""
        module, name = self.function.split(":")
        return getattr(import_module(module, __name__), name)


def read_registry(name: str | None) -> Registry:
    """Return the registry in a file, which is checked in full, or the bundled one; raises RegistryError."""
    if name is None:
        return bundled()
    from cmq_cli.validation import read_checked  # only a registry of one's own is checked

    return read_checked(name)


# All commands, in the order of the help; examples of them are in ``examples.txt``.
COMMANDS = {
    "list": Command(".campuses:list_campuses", "CAMPUS", CAMPUSES),
    "show": Command(".campuses:show_campus", "CAMPUS", CAMPUSES),
    "count": Command(".campuses:count_campuses", "COUNT"),
    "near": Command(".where:near_place", "NEAR", CAMPUSES),
    "map": Command(".where:map_campuses", "CAMPUS", (*CAMPUSES, "html", "svg")),
    "waves": Command(".reference:show_waves", "WAVE"),
    "figures": Command(".reference:show_figures", "FIGURE"),
    "sectors": Command(".reference:show_sectors", "SECTOR"),
    "regions": Command(".reference:show_regions", "REGION"),
    "sources": Command(".reference:show_sources", "SOURCE"),
    "validate": Command(".registry_file:validate_file", "PROBLEM"),
    "schema": Command(".registry_file:print_schema", forms=("json",)),
    "init": Command(".registry_file:init_file", forms=()),
    "completion": Command(".completion:print_completion", forms=()),
}
HELP = {
    "list": N_("List the campuses that have the words and pass the filters."),
    "show": N_("Show one campus: what it is, how to reach it, and who says so."),
    "count": N_("Count campuses, by region, sector or wave if wanted."),
    "near": N_("List the campuses nearest to a place."),
    "map": N_("Draw the campuses on a map: here, or in an HTML or SVG file."),
    "waves": N_("Show the calls for projects, or one of them."),
    "figures": N_("Show the promises of 13 February 2017, and what became of them."),
    "sectors": N_("Show the sectors and their search words, or one sector."),
    "regions": N_("Show the regions, academies and departments, or one region."),
    "sources": N_("Show the sources and what each supports, or one source."),
    "validate": N_("Check a registry file of your own."),
    "schema": N_("Print the JSON Schema of a registry file, for editors."),
    "init": N_("Begin a registry of your own."),
    "completion": N_("Print the script that lets a shell complete commands and values at Tab."),
}
MORE = {  # what else the users of a command should know
    "list": N_("The best fit comes first; without words, campuses come by name."),
    "show": N_("What is typed is tried as an id, an alias, a city, a name, then as words. Several are listed."),
    "count": N_("Without --by, the answer is the number. A campus of two sectors counts in both, once in the total."),
    "near": N_("As the crow flies, from commune or point to the seat; then those of its region with no known seat."),
    "map": N_("The page -o campus.html has a map, filters, a list and the evidence, and needs no network."),
    "validate": N_("Errors make the file unusable, and end in exit code 1; warnings don't."),
    "init": N_("A file that exists is never overwritten."),
    "completion": N_("For the shell that you use, at once and for good: cmq --install-completion"),
}
FLAGS = {  # what is asked of the program itself
    "-h, --help": N_("Show this help."),
    "--version": N_("Show the versions of cmq, its data and Python."),
    "--install-completion": N_("Let the shell that you use complete commands and values at Tab."),
}

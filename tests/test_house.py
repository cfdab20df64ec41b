"""The house stays as small and as plain as it was meant to be."""

import ast
import doctest
import re
from importlib import import_module
from pathlib import Path

import pytest

from support import process

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "cmq_cli"
MODULES = sorted(SOURCE.rglob("*.py"))
SHORT = ("__init__.py", "__main__.py", "errors.py")  # modules that may have fewer lines than others
LAYERS = (  # from the bottom to the top: a module imports from its own layer and those below
    "__init__ errors language",
    "text registry model",
    "search lookup vocabulary filters query places validation",
    "output",
    "commands/__init__",
    "options usage",
    "commands",
    "api cli",
    "__main__",
)
# What a room doesn't import, although it lies no higher.
RULES = {"output": ("commands", "options", "query"), "validation": ("output",)}


def lines(*patterns, below=ROOT):
    """Return the number of lines of the files below a folder."""
    files = [path for pattern in patterns for path in below.rglob(pattern)]
    assert files
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files)


@pytest.mark.parametrize(
    ("most", "folders", "patterns"),
    [
        (5_800, ["src"], ["*.py"]),
        (900, ["src"], ["*.js", "*.css", "*.html"]),
        (6_000, ["tests"], ["*.py"]),
        (500, ["scripts", "benchmarks"], ["*.py", "*.sh"]),
    ],
)
def test_no_room_grows(most, folders, patterns):
    assert sum(lines(*patterns, below=ROOT / folder) for folder in folders if (ROOT / folder).exists()) <= most


def test_modules_are_few_and_neither_long_nor_tiny():
    found = {path.relative_to(SOURCE).as_posix(): lines(path.name, below=path.parent) for path in MODULES}
    assert len([name for name in found if not name.endswith("__init__.py") or found[name] > 1]) <= 48
    assert {name: size for name, size in found.items() if size > 400} == {}
    assert {name: size for name, size in found.items() if size < 50 and not name.endswith(SHORT)} == {}


def named(path):
    """Return a module's name below the package: ``output/plain``, and ``commands/__init__`` of a package itself."""
    return path.relative_to(SOURCE).with_suffix("").as_posix()


def imported(path):
    """Give each of our own modules that a module imports, wherever in it, unless only for its types."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    checks = [node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)]
    typed = {id(inner) for node in checks for line in node.body for inner in ast.walk(line)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and id(node) not in typed:
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and id(node) not in typed:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def arrows():
    """Return the modules of the package that each of them imports."""
    known = {named(path) for path in MODULES}

    def module(dotted):
        inside = dotted.removeprefix("cmq_cli").strip(".").replace(".", "/")
        outer = inside.rpartition("/")[0]
        names = (inside, f"{inside}/__init__", outer, f"{outer}/__init__".strip("/"))
        return next(name for name in names if name in known)

    return {
        named(path): {module(name) for name in imported(path) if name.partition(".")[0] == "cmq_cli"} - {named(path)}
        for path in MODULES
    }


def test_no_imports_go_in_a_circle():
    left = arrows()
    while ends := [name for name, others in left.items() if not others & left.keys()]:
        for name in ends:
            del left[name]
    assert left == {}


def layer(name):
    """Return the layer of a module: that of its own name, or else of its room."""
    of = {room: at for at, rooms in enumerate(LAYERS) for room in rooms.split()}
    return of.get(name, of.get(name.partition("/")[0]))


def test_arrows_point_down():
    assert [name for name in arrows() if layer(name) is None] == []
    assert [(name, other) for name, others in arrows().items() for other in others if layer(other) > layer(name)] == []
    rooms = [
        (name, other, RULES.get(name.partition("/")[0], ())) for name, others in arrows().items() for other in others
    ]
    assert [(name, other) for name, other, banned in rooms if other.partition("/")[0] in banned] == []


DEAR = {"rich", "pydantic", "xlsxwriter", "csv", "rapidfuzz", "cmq_cli.model", "cmq_cli.validation"}
STARTS = [  # what is run, what it must not load, and what it does
    ("import cmq_cli", {"cmq_cli.errors", "json"}, set()),
    ("import cmq_cli; cmq_cli.load()", {*DEAR, "typer"}, {"cmq_cli.api"}),
    ("import cmq_cli; cmq_cli.near(cmq_cli.load(), 'Dole')", DEAR, {"cmq_cli.places"}),
    ("import cmq_cli.cli as cli; cli.run(['-h'])", {*DEAR, "cmq_cli.search", "cmq_cli.commands.campuses"}, set()),
    ("import cmq_cli.cli as cli; cli.run(['list', 'bois'])", DEAR, {"cmq_cli.search"}),
    ("import cmq_cli.cli as cli; cli.run(['show', 'besancon', '--json'])", {*DEAR, "cmq_cli.places"}, set()),
    ("import cmq_cli.cli as cli; cli.run(['near', 'Dole'])", DEAR, {"cmq_cli.places"}),
    ("import cmq_cli.cli as cli; cli.run(['waves'])", {*DEAR, "cmq_cli.search", "cmq_cli.places"}, set()),
    ("import cmq_cli.commands.completion as c; c.complete([], {'_CMQ_COMPLETE': 'l'})", DEAR, set()),
    ("import cmq_cli.cli as cli; cli.run(['show', 'zzzz'])", DEAR - {"rapidfuzz"}, {"rapidfuzz"}),
]


def test_what_is_dear_is_loaded_only_where_it_is_needed():
    of_model = [name for name, others in arrows().items() if "model" in others and not name.startswith("validation/")]
    assert of_model == []
    for code, without, needed in STARTS:
        done = process(program=("-c", f"{code}\nimport sys\nprint(*sys.modules, file=sys.stderr)"))
        loaded = set(done.stderr.decode().splitlines()[-1].split())
        assert (loaded & without, needed - loaded) == (set(), set()), code


def test_every_module_says_what_it_is_for_and_its_examples_hold():
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert not text or ast.get_docstring(ast.parse(text)), path
        if ">>> " in text:
            name = "cmq_cli." + named(path).replace("/", ".").removesuffix(".__init__")
            assert doctest.testmod(import_module(name)).failed == 0, path


def test_the_guides_name_what_is_there():
    for guide in (ROOT / "CONTRIBUTING.md", ROOT / "RELEASING.md", *(ROOT / "docs").glob("*.md")):
        for name in re.findall(r"`((?:src|tests|scripts|data|docs|benchmarks)/[\w/.-]*)`", guide.read_text("utf-8")):
            assert (ROOT / name).exists(), f"{guide.name}: {name}"

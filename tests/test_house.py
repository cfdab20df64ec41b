"""The house is in order: small modules that say what they are for, guides that lead somewhere, examples that hold."""

import ast
import doctest
import re
import shutil
import sys
from importlib import import_module
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "cmq_cli"
SCRIPTS = ROOT / "scripts"
MODULES = [*SOURCE.rglob("*.py"), *SCRIPTS.glob("*.py")]
BENCHMARKS = [*(ROOT / "benchmarks").glob("*.py"), *(ROOT / "benchmarks" / "programs").glob("*.py")]
GUIDES = [ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
LONGEST = 300


def named(path):
    return path.relative_to(ROOT).as_posix()


PAGE = [path for path in SOURCE.rglob("*.*") if path.suffix in (".js", ".css", ".html")]


@pytest.mark.parametrize("path", [*MODULES, *PAGE, *BENCHMARKS], ids=named)
def test_no_module_is_too_long_to_read(path):
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", MODULES, ids=named)
def test_every_module_says_what_it_is_for(path):
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", [path for path in MODULES if ">>> " in path.read_text(encoding="utf-8")], ids=named)
def test_examples_in_docstrings_hold(path):
    folder = SCRIPTS if SCRIPTS in path.parents else SOURCE.parent
    name = path.relative_to(folder).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")
    assert doctest.testmod(import_module(name)).failed == 0


def defined(path):
    """Return the names that a module defines at its top level."""
    names = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            names.add(node.name)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names |= {target.id for target in targets if isinstance(target, ast.Name)}
    return names


@pytest.mark.parametrize("guide", GUIDES, ids=named)
def test_a_guide_names_what_is_there(guide):
    text = " ".join(guide.read_text(encoding="utf-8").split())
    for name in re.findall(r"`((?:src|tests|scripts|data|docs|benchmarks)/[\w/.-]*)`", text):
        assert (ROOT / name).exists(), name
    for name, where in re.findall(r"`(\w+)`\)? \(?in `(src/[\w/]+\.py)`", text):
        assert name in defined(ROOT / where), f"{name} in {where}"


def test_the_walk_through_the_house_names_what_it_passes():
    text = " ".join((ROOT / "docs" / "project-layout.md").read_text(encoding="utf-8").split())
    assert len(re.findall(r"`(\w+)`\)? \(?in `(src/[\w/]+\.py)`", text)) >= 12


def test_the_tools_that_the_guides_name_come_with_the_environment():
    guides = ("Makefile", ".pre-commit-config.yaml", ".ci/run", "CONTRIBUTING.md", "RELEASING.md", "data/README.md")
    texts = " ".join((ROOT / name).read_text(encoding="utf-8") for name in guides)
    named = set(re.findall(r"(?:\.venv/(?:bin|\$bin)|\$\(BIN\))/(\w+)", texts)) - {"mutmut"}  # installed when asked for
    assert named >= {"cmq", "coverage", "mypy", "pip", "pytest", "python", "ruff"}
    assert [name for name in named if not shutil.which(name, path=Path(sys.executable).parent)] == []

"""What the benchmark needs, made below ``benchmarks/.venv``: an environment for cmq and one for each peer.

Each program gets an environment of its own, because some of them look through everything that is installed beside them.
"""

import os
import platform
import re
import shutil
import subprocess
import sys
import tomllib
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
HOME = HERE / ".venv"
PROGRAMS = HERE / "programs"

PEERS = {"sqlite-utils": "sqlite-utils", "csvkit": "csvgrep", "duckdb": "python", "norwegianblue": "eol"}
"""The peers that pip installs, with the program of each that is run."""

SYSTEM = {"jq": "jq", "miller": "mlr", "hyperfine": "hyperfine", "valgrind": "valgrind", "perf": "perf"}
"""The programs that the system's package manager installs, by the name that the report gives them."""


@dataclass
class Tools:
    """The programs that were found, by name; why others are missing; and the versions of all."""

    paths: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)


def prepare(fresh: bool = False) -> Tools:
    """Install cmq as it is in this checkout, and the peers that aren't there yet."""
    if fresh:
        shutil.rmtree(HOME, ignore_errors=True)
    HOME.mkdir(exist_ok=True)
    tools = Tools()
    _make("tools", pip=True)
    _pip("tools", "install", *_build_requirements())
    _install_cmq(tools)
    for package, program in PEERS.items():
        _install_peer(tools, package, program)
    for package, program in SYSTEM.items():
        _find(tools, package, program)
    return tools


def run_text(arguments: list[str], **settings: object) -> subprocess.CompletedProcess[str]:
    """Run a program and keep what it says."""
    return subprocess.run(arguments, capture_output=True, text=True, encoding="utf-8", check=False, **settings)  # type: ignore[call-overload, no-any-return]


def build_into(source: Path, target: Path) -> None:
    """Build the package from a folder like this checkout and install it in the target folder, without what it needs."""
    shutil.rmtree(target, ignore_errors=True)
    _pip("tools", "install", "--no-deps", "--no-build-isolation", "--target", str(target), str(source))


def machine() -> str:
    """Return the kind of the machine: nothing that tells which one it is."""
    try:
        system = platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        system = f"{platform.system()} {platform.mac_ver()[0]}".strip()
    return f"{os.cpu_count()} cores, {platform.machine()}, {system}"


def commit() -> str:
    """Return what of cmq was measured: the commit, and whether the files differ from it."""
    said = run_text(["git", "-C", str(ROOT), "describe", "--always", "--dirty=, with changes", "--exclude=*"])
    return said.stdout.strip() if said.returncode == 0 else "no commit known"


def _build_requirements() -> list[str]:
    with (ROOT / "pyproject.toml").open("rb") as file:
        wanted: list[str] = tomllib.load(file)["build-system"]["requires"]
    return wanted


def _install_cmq(tools: Tools) -> None:
    """Install a wheel, which is what users get; a checkout that is only linked starts differently."""
    wheels = HOME / "wheel"
    shutil.rmtree(wheels, ignore_errors=True)
    _make("cmq")
    _pip("tools", "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", str(wheels), str(ROOT))
    wheel = next(wheels.glob("*.whl"))
    _pip("cmq", "install", "--no-deps", "--force-reinstall", str(wheel))  # the version may be that of the last run
    _pip("cmq", "install", str(wheel))
    tools.paths |= {"python": str(HOME / "cmq/bin/python"), "cmq": str(HOME / "cmq/bin/cmq")}
    tools.versions |= {"Python": platform.python_version(), "cmq": _version("cmq", "cmq-cli")}
    tools.versions |= {name: _version("cmq", name) for name in ("typer", "rich")}


def _install_peer(tools: Tools, package: str, program: str) -> None:
    path = HOME / package / "bin" / program
    try:
        if not path.exists() or not _version(package, package):
            _make(package)
            _pip(package, "install", package)
    except subprocess.CalledProcessError as error:
        tools.missing[package] = f"pip can't install it here (exit code {error.returncode})"
        return
    tools.paths[package] = str(path)
    tools.versions[package] = _version(package, package)


def _find(tools: Tools, package: str, program: str) -> None:
    path = shutil.which(program)
    if path is None:
        tools.missing[package] = "not installed; the system's package manager has it (apt-get, dnf, brew)"
        return
    said = re.search(r"\d+(\.\d+)*", run_text([path, "--version"]).stdout)
    tools.paths[package] = path
    tools.versions[package] = said[0] if said else "?"


def _make(name: str, pip: bool = False) -> None:
    if not (HOME / name / "bin" / "python").exists():
        without = [] if pip else ["--without-pip"]
        subprocess.run([sys.executable, "-m", "venv", *without, str(HOME / name)], check=True)


def _pip(name: str, *arguments: str) -> None:
    pip = [str(HOME / "tools/bin/python"), "-m", "pip", "--python", str(HOME / name / "bin/python")]
    command, *rest = arguments
    subprocess.run([*pip, command, "-q", "--disable-pip-version-check", *rest], check=True, stdin=subprocess.DEVNULL)


def _version(name: str, package: str) -> str:
    places = [str(place) for place in (HOME / name / "lib").glob("python*/site-packages")]
    found = next(iter(metadata.distributions(name=package, path=places)), None)
    return found.version if found else ""

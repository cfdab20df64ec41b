"""Look up the French Campus des métiers et des qualifications, every fact with its source.

>>> import cmq_cli
>>> registry = cmq_cli.load()
>>> cmq_cli.show(registry, "besancon")[0]["id"]
'microtechniques-systemes-intelligents'
"""

__version__ = "0.1.0"

TYPE_CHECKING = False  # type checkers take it for true; `typing` itself would be loaded at every start
if TYPE_CHECKING:
    from cmq_cli.api import count, load, near, select, show
    from cmq_cli.errors import CmqError
    from cmq_cli.model import Campus, Registry

__all__ = ["Campus", "CmqError", "Registry", "count", "load", "near", "select", "show"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module = {"Campus": "model", "Registry": "model", "CmqError": "errors"}.get(name, "api")
    return getattr(import_module(f"cmq_cli.{module}"), name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])

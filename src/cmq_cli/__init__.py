"""Look up the French Campus des métiers et des qualifications, every fact with its source.

>>> import cmq_cli
>>> registry = cmq_cli.load()
>>> [campus.city for campus in cmq_cli.show(registry, "microtechniques-systemes-intelligents")]
['Besançon']

The interface is in `cmq_cli.api`, which is loaded when one of its names is first used.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False  # type checkers take it for true; `typing` itself would be loaded at every start
if TYPE_CHECKING:
    from cmq_cli.api import Selected, load, select, show, to_dict
    from cmq_cli.errors import CmqError
    from cmq_cli.model import Campus, Registry

__all__ = ["Campus", "CmqError", "Registry", "Selected", "load", "select", "show", "to_dict"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from cmq_cli import api, errors

    return getattr(errors if name == "CmqError" else api, name)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])

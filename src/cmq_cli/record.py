"""What the classes of the model are: frozen dataclasses, whose machinery is made only when it is asked for.

`dataclass` writes and compiles five methods per class, a fifth of what a short answer takes. The methods here serve all
classes. Whoever asks a class for its dataclass fields (pydantic, or `dataclasses.fields`, `asdict` and `replace`) finds
those of the standard library, made at that moment.
"""

from typing import TYPE_CHECKING, Any, ClassVar, dataclass_transform

if TYPE_CHECKING:
    from dataclasses import Field


class _FieldsOnDemand:
    """Stands for ``__dataclass_fields__`` until somebody asks for it."""

    def __get__(self, instance: object, kind: type) -> Any:
        if kind is Record:
            raise AttributeError  # the records have fields, what they have in common has none
        from dataclasses import dataclass

        dataclass(init=False, repr=False, eq=False, frozen=True)(kind)
        return vars(kind)["__dataclass_fields__"]


@dataclass_transform(frozen_default=True)
class Record:
    """A record: its fields are its annotations; all are given when it is made, and none changes.

    `vars` gives them in their order, and after them what was worked out from them and kept.
    """

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[dict[str, Field[Any]]]
    else:
        __dataclass_fields__ = _FieldsOnDemand()

    def __init_subclass__(cls) -> None:
        cls.__match_args__ = tuple(cls.__annotations__)  # type: ignore[attr-defined, misc]

    def __init__(self, *values: Any, **named: Any) -> None:
        kind = type(self)
        fields = dict(zip(names(kind), values, strict=False)) | named if values else named
        if len(values) + len(named) != len(fields):
            raise _wrong(kind)
        object.__setattr__(self, "__dict__", _in_order(kind, fields))

    def __setattr__(self, name: str, value: object) -> None:
        raise _frozen(name)

    def __delattr__(self, name: str) -> None:
        raise _frozen(name)

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return NotImplemented
        return _values(self) == _values(other)

    def __hash__(self) -> int:
        return hash(_values(self))

    def __repr__(self) -> str:
        fields = ", ".join(f"{name}={value!r}" for name, value in zip(names(type(self)), _values(self), strict=True))
        return f"{type(self).__name__}({fields})"


def names(kind: type) -> tuple[str, ...]:
    """Return the field names of a record class, in order."""
    return kind.__match_args__  # type: ignore[attr-defined, no-any-return]


def made(kind: type, fields: dict[str, Any]) -> Any:
    """Make a record of its fields by name; the dict becomes its own.

    Raises TypeError unless they are just the fields of the class.
    """
    record: Any = object.__new__(kind)
    object.__setattr__(record, "__dict__", _in_order(kind, fields))
    return record


def _in_order(kind: type, fields: dict[str, Any]) -> dict[str, Any]:
    wanted = names(kind)
    if tuple(fields) == wanted:
        return fields
    if fields.keys() != set(wanted):
        raise _wrong(kind)
    return {name: fields[name] for name in wanted}


def _wrong(kind: type) -> TypeError:
    return TypeError(f"{kind.__name__} takes each of its fields once: {', '.join(names(kind))}")


def _values(record: Any) -> tuple[Any, ...]:
    return tuple(map(record.__dict__.__getitem__, names(type(record))))


def _frozen(name: str) -> AttributeError:
    from dataclasses import FrozenInstanceError

    return FrozenInstanceError(f"a record doesn't change: {name}")

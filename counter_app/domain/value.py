"""What every value of the product is made of: a frozen record that costs next to nothing to declare.

A desk declares about 300 kinds of value before it can take a card. `dataclass(frozen=True, slots=True)`
writes and compiles the source of six methods for each (0.6 ms), which was a sixth of a start; msgspec does
the same in C (0.01 ms). A value still answers `dataclasses.replace`, `fields`, `asdict` and `is_dataclass`.
"""

from __future__ import annotations

import dataclasses
from functools import cache
from inspect import get_annotations
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from msgspec import Struct, field, structs
from msgspec.structs import astuple

__all__ = ["Value", "astuple", "field", "replace"]

if TYPE_CHECKING:
    Fields = dict[str, dataclasses.Field[Any]]

V = TypeVar("V")


@cache
def _fields_of(kind: type[Struct]) -> Fields:
    """What a dataclass with the same fields would say of them; made when it is first asked for."""
    notes: dict[str, Any] = {}
    for one in reversed(kind.__mro__):
        notes.update(get_annotations(one))
    names, defaults = kind.__struct_fields__, kind.__struct_defaults__
    bare = len(names) - len(defaults)
    told: list[Any] = [(name, notes[name]) for name in names[:bare]]
    for name, default in zip(names[bare:], defaults, strict=True):
        told.append((name, notes[name], _default(default)))
    made: Any = dataclasses.make_dataclass(kind.__name__, told, eq=False, repr=False)
    return {one.name: one for one in dataclasses.fields(made)}


def _default(told: Any) -> Any:
    """A default as a dataclass says it: a value, or what makes a new one each time."""
    made = getattr(told, "factory", None)
    return dataclasses.field(default=told) if made is None else dataclasses.field(default_factory=made)


class _Told:
    """`__dataclass_fields__` of a kind of value."""

    def __get__(self, one: object, kind: type[Struct]) -> Fields:
        return _fields_of(kind)


class Value(Struct, frozen=True):
    """A frozen record: equal by its fields, hashable where they are, without room for anything else."""

    if TYPE_CHECKING:
        __dataclass_fields__: ClassVar[Fields]
    else:
        __dataclass_fields__ = _Told()


def replace(one: V, **changes: Any) -> V:
    """The same record with some fields changed, as `dataclasses.replace` says it but twenty times as fast.

    A visit and a paper are replaced at every key. TypeError for a field it does not have.
    """
    if isinstance(one, Struct):
        return structs.replace(one, **changes)
    changed: V = dataclasses.replace(one, **changes)  # type: ignore[type-var]
    return changed

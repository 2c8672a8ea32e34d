"""Frozen dataclasses to plain JSON data and back, driven by their annotations.

Used for drafts and paper contents: values whose shape is declared once, in the dataclass.
"""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """Turn a dataclass tree into dicts, lists, strings, integers, booleans and None."""
    kind = type(value)
    if kind in _LEAVES:  # most of a tree: asked first, because every draft and every fact walks it
        return value
    if kind is tuple or kind is list:
        return [to_plain(item) for item in value]
    names = _names(kind)  # type: ignore[arg-type]
    if names is not None:
        return {name: to_plain(getattr(value, name)) for name in names}
    return _rare(value)


_LEAVES = frozenset({str, int, bool, type(None)})


@cache
def _names(kind: type[Any]) -> tuple[str, ...] | None:
    return tuple(f.name for f in fields(kind)) if is_dataclass(kind) else None


def _rare(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):  # a datetime is a date too
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    return value


def from_plain(kind: type[T], plain: Mapping[str, Any]) -> T:
    """Rebuild a dataclass; names the class does not know are ignored, missing ones take defaults.

    Raises TypeError, ValueError or KeyError when the data does not fit the declaration.
    """
    hints = _hints(kind)  # type: ignore[arg-type]
    given = {name: _value(hints[name], plain[name]) for name in hints if name in plain}
    return kind(**given)


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    known = get_type_hints(kind)
    return {f.name: known[f.name] for f in fields(kind)}


def _value(hint: Any, plain: Any) -> Any:
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        inner = [arm for arm in get_args(hint) if arm is not type(None)]
        return None if plain is None else _value(inner[0], plain)
    if origin in (tuple, list):
        return origin(_value(get_args(hint)[0], item) for item in plain)
    if origin is not None and issubclass(origin, Mapping):
        return {key: _value(get_args(hint)[1], item) for key, item in plain.items()}
    return _leaf(hint, plain)


def _leaf(hint: Any, plain: Any) -> Any:
    if not isinstance(hint, type):
        return plain  # Any
    if is_dataclass(hint):
        return from_plain(hint, plain)
    if issubclass(hint, datetime | date):
        return hint.fromisoformat(plain)
    if issubclass(hint, Enum):
        return hint(plain)
    return plain

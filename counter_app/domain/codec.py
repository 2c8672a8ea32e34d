"""Frozen records to plain JSON data and back, driven by their annotations.

Used for drafts and paper contents: values whose shape is declared once, in the record.
"""

from __future__ import annotations

import json
import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache, partial
from typing import TYPE_CHECKING, Any, TypeVar, Union, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    from msgspec.json import Decoder, Encoder

T = TypeVar("T")
Reader = Callable[[Any], Any]


def to_plain(value: Any) -> Any:
    """Turn a tree of records into dicts, lists, strings, integers, booleans and None."""
    if type(value) in _LEAVES:
        return value
    writer, reader = _quick()
    try:
        return reader.decode(writer.encode(value))
    except _UNWRITABLE:
        return _walked(value)


def as_text(value: Any) -> str:
    """The same as JSON text, for what is read back by `from_plain`."""
    writer, _ = _quick()
    try:
        return writer.encode(value).decode("utf-8")
    except _UNWRITABLE:
        return json.dumps(_walked(value), ensure_ascii=False, separators=(",", ":"))


_LEAVES = frozenset({str, int, bool, type(None)})
# What the quick writer has no words for (numbers beyond 64 bits, half characters) is walked by hand.
_UNWRITABLE = (OverflowError, TypeError, UnicodeEncodeError)


@cache  # every verb knows this module, few of them write anything
def _quick() -> tuple[Encoder, Decoder[Any]]:
    from msgspec import json as quick

    return quick.Encoder(), quick.Decoder()


def _walked(value: Any) -> Any:
    kind = type(value)
    if kind in _LEAVES:
        return value
    if kind is tuple or kind is list:
        return [_walked(item) for item in value]
    if is_dataclass(kind):
        return {one.name: _walked(getattr(value, one.name)) for one in fields(kind)}
    return _rare(value)


def _rare(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):  # a datetime is a date too
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _walked(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_walked(item) for item in value]
    return value


def from_plain(kind: type[T], plain: Mapping[str, Any]) -> T:
    """Rebuild a dataclass; names the class does not know are ignored, missing ones take defaults.

    Raises TypeError, ValueError or KeyError when the data does not fit the declaration.
    """
    readers = _readers(kind)  # type: ignore[arg-type]
    given = {name: read(plain[name]) for name, read in readers.items() if name in plain}
    return kind(**given)


@cache
def _readers(kind: type[Any]) -> dict[str, Reader]:
    known = get_type_hints(kind)
    return {f.name: _reader(known[f.name]) for f in fields(kind)}


def _reader(hint: Any) -> Reader:
    """How a value of this annotation is read; found once per annotation, used for every value."""
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        inner = _reader(next(arm for arm in get_args(hint) if arm is not type(None)))
        return lambda plain: None if plain is None else inner(plain)
    if origin in (tuple, list):
        item = _reader(get_args(hint)[0])
        return lambda plain: origin(map(item, plain))
    if origin is not None and issubclass(origin, Mapping):
        value = _reader(get_args(hint)[1])
        return lambda plain: {key: value(one) for key, one in plain.items()}
    return _leaf(hint)


def _leaf(hint: Any) -> Reader:
    if not isinstance(hint, type):
        return _as_it_is  # Any
    if is_dataclass(hint):
        return partial(from_plain, hint)
    if issubclass(hint, datetime | date):
        return hint.fromisoformat
    return hint if issubclass(hint, Enum) else _as_it_is


def _as_it_is(plain: Any) -> Any:
    return plain

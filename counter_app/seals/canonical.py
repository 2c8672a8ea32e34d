"""One byte form for one value, so that hashes and signatures mean the same everywhere (RFC 8785)."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from typing import Any

import msgspec

LARGEST = 2**63 - 1
_AS_IT_IS = frozenset({str, bool, type(None)})
# A circle ends in a RecursionError while the value is put in order, so it need not be looked for again.
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False)
_QUICK = msgspec.json.Encoder(order="sorted")  # the same bytes ten times as fast; a test compares
_TEXT_KEYS = {str}
_MADE_OF = frozenset({int, dict, list, tuple})


def canonical(value: object) -> bytes:
    """The canonical JSON of strings, integers, booleans, None, lists and objects, as UTF-8.

    RFC 8785 with one narrowing and one widening for our values: fractions are refused (money is
    integer 分), and integers up to 2^63-1 keep every digit (RFC 8785 rounds above 2^53).
    Raises ValueError for anything that has no such form: floats, bytes, non-string keys, lone surrogates.
    """
    if _is_plain((value,)):  # as almost every value is; it sorts by UTF-8, and ASCII has one order
        return _QUICK.encode(value)
    return _JSON.encode(_ordered(value)).encode("utf-8")


def _is_plain(items: Collection[Any]) -> bool:
    """Whether all of it is of exactly the types below with ASCII keys, whose order nobody disputes."""
    kinds = set(map(type, items)) - _AS_IT_IS
    if not kinds:
        return True
    if not kinds <= _MADE_OF:
        return False
    for item in items:
        kind = type(item)
        if kind is int:
            within = -LARGEST <= item <= LARGEST
        elif kind is dict:
            within = _has_plain_keys(item) and _is_plain(item.values())
        else:
            within = kind in _AS_IT_IS or _is_plain(item)
        if not within:
            return False
    return True


def _has_plain_keys(value: dict[Any, Any]) -> bool:
    return not value or (set(map(type, value)) == _TEXT_KEYS and "".join(value).isascii())


def _ordered(value: Any) -> Any:
    kind = type(value)
    if kind is dict:
        keys = _sorted_keys(value)
        return {key: item if type(item := value[key]) in _AS_IT_IS else _ordered(item) for key in keys}
    if kind is list or kind is tuple:
        return [item if type(item) in _AS_IT_IS else _ordered(item) for item in value]
    if kind in _AS_IT_IS or (kind is int and -LARGEST <= value <= LARGEST):
        return value
    return _rare(value)


def _rare(value: Any) -> Any:
    """Integers (checked), and whatever is a string, a mapping or a list under another name."""
    if isinstance(value, int):
        if abs(value) > LARGEST:
            raise ValueError("an integer this large has no canonical form")
        return int(value)
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, Mapping):
        return _ordered(dict(value))
    raise ValueError(f"{type(value).__name__} has no canonical form")


def _sorted_keys(value: Mapping[Any, Any]) -> list[str]:
    keys = list(value)
    if keys and set(map(type, keys)) != {str}:
        raise ValueError("every key of an object is a string")
    if "".join(keys).isascii():
        return sorted(keys)
    # RFC 8785 sorts by UTF-16 code units: a character above U+FFFF comes before U+E000.
    return sorted(keys, key=_utf16)


def _utf16(key: str) -> bytes:
    try:
        return key.encode("utf-16-be")
    except UnicodeEncodeError as error:
        raise ValueError("a lone surrogate has no canonical form") from error

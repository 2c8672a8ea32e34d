"""Judging one envelope by itself: its shape and its hash, before any table is asked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Annotated, Any

from msgspec import Meta, Struct, ValidationError, convert

from counter_app.domain.value import Value
from counter_app.seals.canonical import LARGEST, canonical
from counter_app.seals.chain import FACT_PREFIX, link
from counter_app.seals.provider import SHA256, STANDARD

_LONGEST = 1 << 20
_KEPT = 1 << 16
_Word = Annotated[str, Meta(max_length=128)]  # these are indexed
_Name = Annotated[str, Meta(min_length=1, max_length=128)]
_Number = Annotated[int, Meta(ge=0, le=LARGEST)]


class _Shape(Struct):
    """What a table needs of an envelope; what else is in it is its sender's business."""

    event_id: _Name
    device: _Name
    kind: _Name
    hash: _Name
    business_date: _Word
    prev_hash: _Word
    epoch: _Number
    seq: _Number
    schema: _Number
    wall_ms: _Number
    body: dict[str, Any]
    case_id: _Word | None = None


class Judged(Value, frozen=True):
    """An envelope with what is wrong with it ("" = nothing). `text` is what was sent, for the record."""

    envelope: Mapping[str, Any]
    text: str
    code: str = ""

    @property
    def event_id(self) -> str:
        """The id to answer with; "" when there is none."""
        found = self.envelope.get("event_id", "")
        return found if isinstance(found, str) else ""

    @property
    def place(self) -> tuple[str, int, int]:
        """Device, epoch and dense sequence number."""
        return (self.envelope["device"], self.envelope["epoch"], self.envelope["seq"])

    @property
    def digest(self) -> str:
        """What tells one quarantined text from another."""
        return hashlib.sha256(self.text.encode("utf-8", "backslashreplace")).hexdigest()


def judge(given: Any) -> Judged:
    """Look at one envelope. Codes: `envelope-shape`, `envelope-text`, `envelope-large`, `envelope-hash`."""
    if not isinstance(given, Mapping):
        return Judged({}, repr(type(given)), "envelope-shape")
    try:
        text = canonical(given).decode("utf-8")
    except (ValueError, RecursionError):
        # It has no canonical form: keep what can be kept, so that somebody can look at it.
        return Judged(given, _whatever(given), "envelope-text")
    if len(text) > _LONGEST:
        return Judged(given, text[:_KEPT], "envelope-large")
    if not _has_shape(given):
        return Judged(given, text, "envelope-shape")
    if "\x00" in text or "\\u0000" in text:
        return Judged(given, text.replace("\x00", "\\u0000"), "envelope-text")
    try:
        right = _digest(given, text) == given["hash"]
    except ValueError:  # an algorithm this hub does not know
        right = False
    return Judged(given, text, "" if right else "envelope-hash")


def _digest(given: Mapping[str, Any], text: str) -> str:
    """The hash a fact should carry. Its text is there already: the one hash in it is cut out again.

    Raises ValueError for an algorithm nobody knows.
    """
    mark = f'"hash":"{given["hash"]}",'
    if text.count(mark) != 1:  # said twice, or written otherwise: the long way
        return link(given)
    plain = FACT_PREFIX + text.replace(mark, "", 1).encode("utf-8")
    return STANDARD.digest(str(given.get("alg", SHA256)), plain)


def _whatever(given: Mapping[str, Any]) -> str:
    try:
        return json.dumps(given, default=repr, skipkeys=True)[:_KEPT]
    except (RecursionError, ValueError):
        return f"nested too deep; keys {sorted(map(str, given))}"[:_KEPT]


def _has_shape(given: Mapping[str, Any]) -> bool:
    try:
        convert(given, _Shape)
    except ValidationError:
        return False
    return True

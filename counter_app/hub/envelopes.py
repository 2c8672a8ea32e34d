"""Judging one envelope by itself: its shape and its hash, before any table is asked."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct, ValidationError, convert

from counter_app.domain.value import Value
from counter_app.seals.canonical import LARGEST, canonical
from counter_app.seals.chain import FACT_PREFIX, link
from counter_app.seals.provider import SHA256, STANDARD

_LONGEST = 1 << 20
_KEPT = 1 << 16
_DEEP = 7  # levels: a batch, an envelope, its body, the answers, a list of rows, a row, its cells
_QUICK = msgspec.json.Encoder(order="sorted")
_NUL = b"\\u0000"
_BEGUN = hashlib.sha256(FACT_PREFIX)
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


def _plain(depth: int) -> Any:
    """The type of what is canonical as it stands, but for the order of its keys; so many levels of it."""
    whole = Annotated[int, Meta(ge=-LARGEST, le=LARGEST)]
    if depth == 0:
        return str | bool | None | whole
    within: Any = _plain(depth - 1)
    return str | bool | None | whole | list[within] | dict[str, within]


_ENVELOPE: Any = _plain(_DEEP - 1)
_INSIDE: Any = _plain(_DEEP - 2)
_SAID: Any = _plain(_DEEP - 3)
# What a counter of today sends, looked at in one go; a field nobody knows yet has to be looked at as well.
_Whole = msgspec.defstruct(
    "_Whole",
    [
        ("body", dict[str, _SAID]),
        ("actor", _INSIDE, None),
        ("mono_ms", _INSIDE, None),
        ("alg", str, SHA256),
        ("pack", _INSIDE, None),
    ],
    bases=(_Shape,),
    kw_only=True,
)
_WHOLE, _ANY = list[_Whole], list[_ENVELOPE]  # type: ignore[valid-type]
_NAMES = frozenset(_Whole.__struct_fields__)


class Judged(Value, frozen=True):
    """An envelope with what is wrong with it ("" = nothing). `text` is what was sent, for the record.

    `event_id` is what to answer with, "" when there is none; `place` is device, epoch and dense sequence
    number of an envelope with nothing wrong.
    """

    envelope: Mapping[str, Any]
    text: str
    code: str
    event_id: str
    place: tuple[str, int, int] = ("", 0, 0)

    @property
    def digest(self) -> str:
        """What tells one quarantined text from another."""
        return hashlib.sha256(self.text.encode("utf-8", "backslashreplace")).hexdigest()


def judge_all(given: Sequence[Any]) -> list[Judged]:
    """Every envelope of a batch, as `judge` does; one that is as it should be is walked in C only."""
    try:
        convert(given, _WHOLE)
        if not all(map(_NAMES.issuperset, given)):
            convert(given, _ANY)
        data = _QUICK.encode_lines(given)  # a line end inside a text is written otherwise
    except (ValueError, TypeError, RecursionError):
        return [judge(one) for one in given]
    is_odd = _is_odd(data)
    lines, texts = data.split(b"\n"), data.decode().split("\n")
    looked = map(_good, given, lines, texts)
    return [
        (None if is_odd and _is_odd(line) else good) or judge(one)
        for one, line, good in zip(given, lines, looked, strict=False)  # behind the last line is an empty one
    ]


def _good(given: Any, data: bytes, text: str) -> Judged | None:
    """An envelope of the right shape with nothing wrong; None = whatever there is, somebody must look.

    `data` and `text` are its canonical JSON.
    """
    told: str = given["hash"]
    around = data.split(b'"hash":"%b",' % told.encode())
    if len(around) != 2 or len(data) > _LONGEST:
        return None
    alg = given.get("alg", SHA256)
    if alg == SHA256:
        state = _BEGUN.copy()  # beginning one anew costs as much as hashing a fact
        state.update(around[0])
        state.update(around[1])
        digest = state.hexdigest()
    else:
        digest = _by_name(alg, around)
    if digest != told:
        return None
    return Judged(given, text, "", given["event_id"], (given["device"], given["epoch"], given["seq"]))


def _by_name(alg: Any, around: Sequence[bytes]) -> str:
    """The hash by another algorithm; "" for one nobody knows."""
    try:
        return STANDARD.digest(alg, FACT_PREFIX + b"".join(around))
    except ValueError:
        return ""


def _is_odd(data: bytes) -> bool:
    """Whether a NUL or a character above U+FFFF is in JSON text.

    Only beside such a character do keys sorted by code point stand otherwise than RFC 8785 wants them.
    """
    if _NUL in data:
        return True
    return b"\xf0" in data or b"\xf1" in data or b"\xf2" in data or b"\xf3" in data or b"\xf4" in data


def judge(given: Any) -> Judged:
    """Look at one envelope. Codes: `envelope-shape`, `envelope-text`, `envelope-large`, `envelope-hash`."""
    if not isinstance(given, Mapping):
        return Judged({}, repr(type(given)), "envelope-shape", "")
    text, code = _looked_at(given)
    said = given.get("event_id", "")
    event_id = said if isinstance(said, str) else ""
    if code:
        return Judged(given, text, code, event_id)
    return Judged(given, text, "", event_id, (given["device"], given["epoch"], given["seq"]))


def _looked_at(given: Mapping[str, Any]) -> tuple[str, str]:
    """What to keep of an envelope, and what is wrong with it."""
    try:
        text = canonical(given).decode("utf-8")
    except (ValueError, RecursionError):
        # It has no canonical form: keep what can be kept, so that somebody can look at it.
        return _whatever(given), "envelope-text"
    if len(text) > _LONGEST:
        return text[:_KEPT], "envelope-large"
    if not _has_shape(given):
        return text, "envelope-shape"
    if "\x00" in text or "\\u0000" in text:
        return text.replace("\x00", "\\u0000"), "envelope-text"
    try:
        right = _digest(given, text) == given["hash"]
    except ValueError:  # an algorithm this hub does not know
        right = False
    return text, "" if right else "envelope-hash"


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

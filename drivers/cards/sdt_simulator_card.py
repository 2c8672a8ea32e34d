"""A described identity card and the reader module it lies on, as answers to SDT commands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from drivers.cards import sdt

_PHOTO = bytes(range(256)) * 4
_MARKS = {kind: mark for mark, (kind, _) in sdt.LAYOUTS.items()}
_DATES = ("birth_date", "valid_from", "valid_to")


class BadIdCard(ValueError):
    """The description makes no card; the text says why."""


@dataclass(frozen=True)
class IdCardSpec:
    """What lies on the card, and how it and its reader misbehave.

    Dates are ISO or `长期`. `raw` replaces bytes of the text block: `{"122" = "hex"}`. Troubles: `select`,
    `read` (moved too soon), `wrong` (not an identity card), `unauthorised`, `checksum`, `half` (an answer
    that stops in the middle), `silent`, `noise` (stray bytes before each answer).
    """

    kind: str = "resident"
    name: str = field(default="", repr=False)
    idno: str = field(default="", repr=False)
    sex: str = ""
    ethnic_code: str = "01"
    birth_date: str = field(default="", repr=False)
    address: str = field(default="", repr=False)
    new_address: str = field(default="", repr=False)
    issuer: str = ""
    valid_from: str = "2016-05-01"
    valid_to: str = "2036-05-01"
    foreign_name: str = field(default="", repr=False)
    nationality: str = ""
    pass_no: str = field(default="", repr=False)
    issue_count: str = ""
    photo: str = ""
    trouble: str = ""
    raw: Mapping[str, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, given: Mapping[str, Any], **person: str) -> IdCardSpec:
        """The card of a description; `person` fills, cut to size, what it does not say. Raises BadIdCard."""
        known = {f.name for f in fields(cls)}
        if strange := sorted(set(given) - known):
            raise BadIdCard("不认识的词：" + "、".join(strange))
        mark = _MARKS.get(str(given.get("kind", "resident")), " ")
        places = sdt.LAYOUTS[mark][1]
        usual = {
            "issuer": "1500" if mark == "I" else "示例市公安局",
            **{k: v for k, v in person.items() if v},
        }
        told: dict[str, Any] = {k: v for k, v in usual.items() if k in places}
        for key in ("name", "address"):  # as the maker of the card does
            told[key] = told.get(key, "")[: places.get(key, (0, 0))[1] // 2]
        told.update(given)
        raw: Mapping[str, str] = dict(told.pop("raw", {}))
        spec = cls(raw=raw, **{key: str(value) for key, value in told.items()})
        number = spec.idno
        if len(number) == 18 and number[:17].isdecimal():  # the other fields follow from a usual number
            born = f"{number[6:10]}-{number[10:12]}-{number[12:14]}"
            sex = "1" if int(number[16]) % 2 else "2"
            spec = replace(spec, birth_date=spec.birth_date or born, sex=spec.sex or sex)
        spec.text()
        return spec

    def text(self) -> bytes:
        """The 256 bytes of text. Raises BadIdCard when something does not fit."""
        if self.kind not in _MARKS:
            raise BadIdCard("kind: " + "、".join(_MARKS))
        mark = _MARKS[self.kind]
        block = bytearray(" ".encode("utf-16-le") * (sdt.TEXT // 2))
        block[248:250] = mark.encode("utf-16-le")
        for key, (at, length) in sdt.LAYOUTS[mark][1].items():
            value = self._value(key).encode("utf-16-le")
            if len(value) > length:
                raise BadIdCard(f"{key}: 太长")
            block[at : at + len(value)] = value
        for offset, text in self.raw.items():
            given = bytes.fromhex(text)
            block[int(offset) : int(offset) + len(given)] = given
        return bytes(block[: sdt.TEXT])

    def picture(self) -> bytes:
        """The compressed photo."""
        return bytes.fromhex(self.photo) if self.photo else _PHOTO

    def _value(self, key: str) -> str:
        if key == "foreign_name_more":
            return self.foreign_name[35:]
        if key == "foreign_name" and self.kind == "foreigner_2023":
            return self.foreign_name[:35]
        value: str = getattr(self, key)
        return value.replace("-", "") if key in _DATES else value


class Module:
    """The reader: a card lies on it or not; what was selected is found again only after it was lifted."""

    def __init__(self) -> None:
        self._card: IdCardSpec | None = None
        self._found = False
        self._selected = False
        self.searches = 0

    def lay(self, card: IdCardSpec) -> None:
        """Lay a card on the reader."""
        self._card, self._found, self._selected = card, False, False

    def lift(self) -> None:
        """Take the card away."""
        self._card, self._found, self._selected = None, False, False

    @property
    def trouble(self) -> str:
        """How the card or the reader misbehaves now."""
        return self._card.trouble if self._card is not None else ""

    @property
    def read_once(self) -> bool:
        """Whether the lying card was selected."""
        return self._selected

    def answer(self, body: bytes) -> bytes:
        """The body of the answer to the body of a command."""
        command = body[:2]
        if command in (sdt.RESET, sdt.STATUS):
            return _status(sdt.OK)
        if self.trouble == "unauthorised":
            return _status(0x66)
        work = {
            sdt.FIND: self._find,
            sdt.SELECT: self._select,
            sdt.READ_BASE: self._base,
            sdt.READ_ADDRESS: self._address,
        }.get(command)
        return work() if work else _status(0x21)

    def _find(self) -> bytes:
        self.searches += 1
        if self._card is None or self._selected:
            return _status(sdt.NONE)
        self._found = True
        return _status(sdt.FOUND) + bytes(4)

    def _select(self) -> bytes:
        if self._card is None or not self._found or self.trouble == "select":
            return _status(sdt.NOT_SELECTED)
        self._selected = True
        return _status(sdt.OK) + bytes(8)

    def _base(self) -> bytes:
        if self._card is None or not self._selected or self.trouble == "read":
            return _status(0x41)
        if self.trouble == "wrong":
            return _status(0x40)
        text, photo = self._card.text(), self._card.picture()
        lengths = len(text).to_bytes(2, "big") + len(photo).to_bytes(2, "big")
        return _status(sdt.OK) + lengths + text + photo

    def _address(self) -> bytes:
        if self._card is None or not self._selected:
            return _status(0x41)
        if not self._card.new_address:
            return _status(sdt.ABSENT)
        padded = self._card.new_address.ljust(sdt.ADDRESS // 2)
        return _status(sdt.OK) + padded.encode("utf-16-le")[: sdt.ADDRESS]


def on_the_wire(body: bytes, trouble: str) -> bytes:
    """The frame of an answer, damaged as the trouble says."""
    whole = sdt.frame(body)
    if trouble == "silent":
        return b""
    if trouble == "checksum":
        return whole[:-1] + bytes([whole[-1] ^ 0x55])
    if trouble == "half":
        return whole[: len(whole) // 2]
    return b"\x00\xaa\xaa\x96" + whole if trouble == "noise" else whole


def _status(code: int) -> bytes:
    return bytes([0, 0, code])

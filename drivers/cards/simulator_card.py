"""A social-security card made of a description: what it answers to each command, without any transport.

The card answers as real ones do: T=0 with 61xx after SELECT, 6Cxx when Le is not the record's length,
6A83 for an unknown record, 6982 for what a version-3 card shows only after PSAM authentication.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from drivers.cards.simulator_safe import DEMO_KEY, INSTRUCTIONS, Safe
from drivers.cards.social_security import AID, RECORDS

_V3_FREE = frozenset({"EF05:01", "EF05:03", "EF05:05", "EF05:06"})


class BadCard(ValueError):
    """A word or value of a card description that means nothing; the text names it."""


@dataclass(frozen=True)
class CardSpec:
    """One card as people describe it. Dates are ISO; `*_hex` and `records` are raw bytes as hex.

    Troubles: `mute_after` n answers nothing after n commands, `pull_after` n leaves the reader instead of
    answering the command after n, `mute_reset` gives no ATR, `slow_ms` waits before each answer, `aid`
    is another application's, `locked` refuses SELECT, `protected` lists `EF06` or `EF05:07` to deny.
    `pin` opens nothing but is checked, `pin_tries` how often it may still be wrong; `module_key` is what the
    hall's key module must know, `algorithm` what the card calls it (01 DES, 03 SM4).
    """

    name: str = field(default="", repr=False)
    idno: str = field(default="", repr=False)
    version: str = "2.00"
    card_no: str = ""
    card_id: str = ""
    region: str = "370000"
    issued_on: str = "2016-05-01"
    expires_on: str = "2036-04-30"
    sex: str = ""
    ethnic_code: str = "01"
    birth_place: str = ""
    birth_date: str = ""
    atr: str = ""
    name_hex: str = field(default="", repr=False)
    name_split: int = 30
    pad: str = "00"
    records: Mapping[str, str] = field(default_factory=dict, repr=False)
    protected: tuple[str, ...] | None = None
    psam: bool = False
    aid: str = ""
    locked: bool = False
    mute_reset: bool = False
    mute_after: int = -1
    pull_after: int = -1
    slow_ms: int = 0
    le_strict: bool = True
    fci: bool = False
    pin: str = field(default="123456", repr=False)
    pin_tries: int = 6
    module_key: str = field(default=DEMO_KEY, repr=False)
    algorithm: str = "03"

    @staticmethod
    def of(given: Mapping[str, Any], **known: Any) -> CardSpec:
        """Read a description; `known` are values it need not repeat. Raises BadCard."""
        types = {f.name: type(f.default) for f in fields(CardSpec)}
        types |= {"records": dict, "protected": tuple}
        values = {key: value for key, value in known.items() if value}
        for key, value in given.items():
            if key not in types:
                raise BadCard(f"“{key}”")
            shown = tuple(value) if isinstance(value, list) else value
            shown = shown.isoformat() if isinstance(shown, datetime.date) else shown
            if type(shown) is not types[key]:
                raise BadCard(f"“{key}” = {value!r}")
            values[key] = shown
        return CardSpec(**values)


class VirtualCard:
    """The card of one description, powered again at each reset."""

    def __init__(self, spec: CardSpec) -> None:
        self.spec = spec
        self._aid = _hex(spec.aid, "aid") if spec.aid else AID
        self._records = _records(spec)
        self._denied = _denied(spec)
        card_id = self._records["EF05:01"][2:].hex() if "EF05:01" in self._records else ""
        self._safe = Safe(card_id, spec.module_key, spec.pin, spec.pin_tries)
        self.reset()

    def reset(self) -> None:
        """Forget what was selected, as a power cycle does."""
        self._selected = False
        self._file = ""
        self._waiting = b""
        self._safe.reset()

    def atr(self) -> bytes:
        """Answer to reset: 3B6D0000 and 13 historical bytes."""
        if self.spec.atr:
            return _hex(self.spec.atr, "atr")
        region = _region(self.spec)
        return bytes.fromhex("3B6D0000" + "0081544C9686" + region[2:4] + region[:2] + region[4:6]) + bytes(4)

    def answer(self, command: bytes) -> bytes:
        """Data and status bytes for one command APDU."""
        if len(command) < 4:
            return b"\x67\x00"
        ins = command[1]
        if ins == 0xC0:
            return self._rest(command)
        if ins == 0xA4:
            return self._select(command)
        if ins == 0xB2:
            return self._read(command)
        if ins in INSTRUCTIONS:
            return self._safe.answer(command) if self._selected else b"\x69\x85"
        return b"\x6d\x00"

    def _rest(self, command: bytes) -> bytes:
        data, self._waiting = self._waiting, b""
        wanted = command[4] if len(command) > 4 else 0
        return data[: wanted or 256] + b"\x90\x00" if data else b"\x69\x85"

    def _select(self, command: bytes) -> bytes:
        data = command[5 : 5 + command[4]] if len(command) > 5 else b""
        if command[2] == 0x04:
            return self._select_application(data)
        if not self._selected:
            return b"\x69\x85"
        name = data.hex().upper()
        if name not in ("EF05", "EF06"):
            return b"\x6a\x82"
        self._file = name
        return b"\x90\x00"

    def _select_application(self, name: bytes) -> bytes:
        self._selected = name == self._aid
        self._safe.reset()
        self._file = ""
        if not self._selected:
            return b"\x6a\x82"
        if self.spec.locked:
            self._selected = False
            return b"\x6a\x81"
        answer = bytes.fromhex("6F") + bytes([len(name) + 8, 0x84, len(name)]) + name
        answer += bytes.fromhex("9F0C038601" + self.spec.algorithm)
        if self.spec.fci:
            return answer + b"\x90\x00"
        self._waiting = answer
        return bytes([0x61, len(answer)])

    def _read(self, command: bytes) -> bytes:
        if not self._file:
            return b"\x69\x86"
        place = self._place(command[2], command[3] & 0x07)
        if place not in self._records:
            return b"\x6a\x83"
        if not self._safe.unlocked and (self._file in self._denied or place in self._denied):
            return b"\x69\x82"
        record = self._records[place]
        wanted = command[4] if len(command) > 4 else 0
        if self.spec.le_strict and wanted != len(record):
            return bytes([0x6C, len(record)])
        return record[: wanted or 256] + b"\x90\x00"

    def _place(self, number: int, mode: int) -> str:
        """Mode 000 reads by identifier, 100 by position in the file."""
        own = [place for place in self._records if place.startswith(self._file)]
        if mode == 4:
            return own[number - 1] if 0 < number <= len(own) else ""
        return f"{self._file}:{number:02X}"


def _hex(text: str, key: str) -> bytes:
    try:
        return bytes.fromhex(text)
    except ValueError as error:
        raise BadCard(f"“{key}”") from error


def _region(spec: CardSpec) -> str:
    if len(spec.region) != 6 or not spec.region.isdecimal():
        raise BadCard("“region”")
    return spec.region


def _denied(spec: CardSpec) -> frozenset[str]:
    if spec.protected is not None:
        return frozenset(spec.protected)
    if not spec.version.startswith("3") or spec.psam:
        return frozenset()
    return frozenset(f"{r.file}:{r.tag:02X}" for r in RECORDS) - _V3_FREE


def _records(spec: CardSpec) -> dict[str, bytes]:
    """Every record of the card as tag, length, value."""
    values = {"EF05:02": b"1", "EF05:04": bytes(12)} | _card_values(spec) | _holder_values(spec)
    if spec.version.startswith("1"):
        values.pop("EF06:4E", None)
    values |= {place: _hex(text, "records") for place, text in spec.records.items() if text}
    for place in [place for place, text in spec.records.items() if not text]:
        values.pop(place, None)
    order = sorted(values, key=lambda place: (place[:4], place[5:] == "4E", place))
    return {place: bytes([int(place[5:], 16), len(values[place])]) + values[place] for place in order}


def _card_values(spec: CardSpec) -> dict[str, bytes]:
    digest = hashlib.sha256((spec.idno + spec.card_no + spec.version).encode()).hexdigest().upper()
    card_id = spec.card_id or _region(spec) + "D156000005" + digest[:16]
    card_no = spec.card_no or digest[0].translate(str.maketrans("0123456789", "GHJKLMNPQR")) + _digits(digest)
    return {
        "EF05:01": _hex(card_id, "card_id"),
        "EF05:03": spec.version.encode("ascii", "replace")[:4],
        "EF05:05": _date(spec.issued_on, "issued_on"),
        "EF05:06": _date(spec.expires_on, "expires_on"),
        "EF05:07": _padded(card_no, 9, spec, "card_no"),
    }


def _holder_values(spec: CardSpec) -> dict[str, bytes]:
    idno = spec.idno
    known = len(idno) == 18 and idno[:17].isdecimal()
    born = spec.birth_date or (f"{idno[6:10]}-{idno[10:12]}-{idno[12:14]}" if known else "")
    sex = spec.sex or (("2", "1")[int(idno[16]) % 2] if known else "0")
    name = _hex(spec.name_hex, "name_hex") if spec.name_hex else spec.name.encode("gb18030")
    if len(name) > 50 or (len(name) > 30 and spec.version.startswith("1")):
        raise BadCard("“name” is longer than the card's records")
    pad = _hex(spec.pad, "pad")
    first, more = name[: spec.name_split], name[spec.name_split :]
    return {
        "EF06:08": _padded(idno, 18, spec, "idno"),
        "EF06:09": first.ljust(30, pad),
        "EF06:4E": more.ljust(20, pad),
        "EF06:0A": sex.encode("ascii", "replace"),
        "EF06:0B": _hex(spec.ethnic_code or "00", "ethnic_code"),
        "EF06:0C": _hex(spec.birth_place or (idno[:6] if known else "000000"), "birth_place"),
        "EF06:0D": _date(born, "birth_date"),
    }


def _digits(digest: str) -> str:
    return f"{int(digest[1:9], 16) % 100_000_000:08d}"


def _padded(text: str, length: int, spec: CardSpec, key: str) -> bytes:
    value = text.encode("gb18030")
    if len(value) > length:
        raise BadCard(f"“{key}” is longer than {length}")
    return value.ljust(length, _hex(spec.pad, "pad"))


def _date(text: str, key: str) -> bytes:
    return _hex(text.replace("-", "") or "00000000", key)

"""The social-security card (SSSE) as a conversation of APDUs, free of readers and operating systems.

Rules from LD/T 32, LD/T 33 and the manuals of card SDKs as collected in the project's card facts: the
application is selected by AID, never guessed from the ATR; records are read by identifier (P1 = tag);
each record is tag, length, value, and the length in the record counts, not Le.
"""

from __future__ import annotations

import datetime
import unicodedata
from dataclasses import dataclass
from typing import Callable, Dict, List, Mapping, Optional, Protocol, Tuple

from drivers.protocols import CardRead, Fault

AID = bytes.fromhex("7378312E73682EC9E7BBE1B1A3D5CF")  # "sx1.sh." + GBK 社会保障
_EF05 = "EF05"
_EF06 = "EF06"
_PADDING = b"\x00\x20\xff"
_GET_RESPONSE = "00C00000"
_MOST_ANSWERS = 8  # a card that keeps saying 61xx must not hold the reader for ever


class CardChannel(Protocol):
    """The two things the protocol needs of a powered card."""

    def atr(self) -> bytes:
        """The whole answer to reset."""

    def transmit(self, command: bytes) -> bytes:
        """Send one command APDU; returns data and the two status bytes. Raises Fault."""


@dataclass(frozen=True)
class _Record:
    """Where one value lies: file, tag, value length and how the bytes are to be read."""

    key: str
    file: str
    tag: int
    length: int
    kind: str  # hex | text | date | digits


# Tags and lengths of SSSE EF05/EF06; the name extension 4E exists from version 2 on.
RECORDS = (
    _Record("card_id", _EF05, 0x01, 16, "hex"),
    _Record("spec_version", _EF05, 0x03, 4, "text"),
    _Record("issued_on", _EF05, 0x05, 4, "date"),
    _Record("expires_on", _EF05, 0x06, 4, "date"),
    _Record("card_no", _EF05, 0x07, 9, "text"),
    _Record("idno", _EF06, 0x08, 18, "text"),
    _Record("name", _EF06, 0x09, 30, "text"),
    _Record("name_more", _EF06, 0x4E, 20, "text"),
    _Record("sex", _EF06, 0x0A, 1, "text"),
    _Record("ethnic_code", _EF06, 0x0B, 1, "digits"),
    _Record("birth_place", _EF06, 0x0C, 3, "digits"),
    _Record("birth_date", _EF06, 0x0D, 4, "date"),
)
# A counter cannot do without these; the others are taken when they are there.
_NEEDED = ("idno", "name", "card_no", "card_id", "spec_version", "issued_on", "expires_on")
_KEYS = tuple(record.key for record in RECORDS if record.key != "name_more")


@dataclass(frozen=True)
class _Got:
    """What reading one record came to: its value bytes, or absent or denied."""

    value: Optional[bytes] = None
    denied: bool = False


def read(
    channel: CardChannel, reader: str, unlock: Optional[Callable[[CardChannel], None]] = None
) -> CardRead:
    """Read everything the card gives without PSAM or PIN; `unlock` is called where that is not enough.

    `missing` names, in the card's order, the needed keys that are absent and every key the card denied
    or whose bytes are not what they should be; `raw` keeps those bytes as hex under `EF06:09`. Nothing is
    repaired: a certificate number is handed on as the card has it.
    Raises Fault `card-wrong`, `card-locked`, `card-data` or what the channel raises.
    """
    select(channel)
    got = _gather(channel)
    if unlock is not None and any(got[key].denied for key in _NEEDED):
        unlock(channel)
        got = _gather(channel)
    return _assemble(got, channel.atr().hex().upper(), reader)


def _gather(channel: CardChannel) -> Dict[str, _Got]:
    got: Dict[str, _Got] = {}
    for file in (_EF05, _EF06):
        open_error = _select_file(channel, file)
        for record in RECORDS:
            if record.file == file:
                got[record.key] = open_error or _read_record(channel, record)
    return got


def exchange(channel: CardChannel, command: bytes) -> Tuple[bytes, int]:
    """One command with the T=0 answers 61xx and 6Cxx followed up; returns data and status word."""
    data = b""
    answer = channel.transmit(command)
    for _ in range(_MOST_ANSWERS):
        if len(answer) < 2:
            raise Fault("card-data", f"answer of {len(answer)} bytes")
        sw1, sw2 = answer[-2], answer[-1]
        if sw1 == 0x6C:
            command = _with_le(command, sw2)
            answer = channel.transmit(command)
        elif sw1 == 0x61:
            data += answer[:-2]
            answer = channel.transmit(bytes.fromhex(_GET_RESPONSE) + bytes([sw2]))
        else:
            return data + answer[:-2], sw1 << 8 | sw2
    raise Fault("card-data", "endless answer")


def _with_le(command: bytes, le: int) -> bytes:
    """The same command asking for `le` bytes; a command that carries data gets Le behind it."""
    header = 5 + command[4] if len(command) > 5 else 4
    return command[:header] + bytes([le])


def select(channel: CardChannel) -> bytes:
    """Select the application; what it says of itself (FCI). Raises Fault `card-wrong`, `card-locked` …"""
    command = bytes.fromhex("00A40400") + bytes([len(AID)]) + AID
    told, status = exchange(channel, command)
    if status == 0x6700:  # some cards insist on Le
        told, status = exchange(channel, command + b"\x00")
    if status in (0x6A81, 0x6283, 0x9303):
        raise Fault("card-locked", f"{status:04X}")
    if status in (0x6A82, 0x6A86, 0x6A88, 0x6985, 0x6D00, 0x6E00, 0x6999):
        raise Fault("card-wrong", f"{status:04X}")
    if status != 0x9000:
        raise Fault("card-data", f"SELECT {status:04X}")
    return told


def _select_file(channel: CardChannel, file: str) -> Optional[_Got]:
    """Select an elementary file; both forms of P1 are in use. Returns why its records cannot be had."""
    status = 0
    for head in ("00A4020002", "00A4000002"):
        _, status = exchange(channel, bytes.fromhex(head + file))
        if status == 0x9000:
            return None
        if status == 0x6982:
            return _Got(denied=True)
    raise Fault("card-data", f"{file} {status:04X}")


def _read_record(channel: CardChannel, record: _Record) -> _Got:
    data, status = exchange(channel, bytes([0x00, 0xB2, record.tag, 0x00, record.length + 2]))
    if status in (0x6982, 0x6985, 0x6987, 0x6988):
        return _Got(denied=True)
    if status in (0x6A83, 0x6A82, 0x6A88):
        return _Got()
    if status not in (0x9000, 0x6282):
        raise Fault("card-data", f"{record.file} {record.tag:02X} {status:04X}")
    if len(data) < 2 or data[0] != record.tag or len(data) - 2 < data[1]:
        raise Fault("card-data", f"{record.file} {record.tag:02X}")
    return _Got(data[2 : 2 + data[1]])


def _assemble(got: Mapping[str, _Got], atr: str, reader: str) -> CardRead:
    values: Dict[str, str] = {}
    missing: List[str] = []
    raw: Dict[str, str] = {}
    for record in RECORDS:
        if record.key == "name_more":
            continue
        parts = [record] if record.key != "name" else [r for r in RECORDS if r.key in ("name", "name_more")]
        value = _name(got) if record.key == "name" else _plain(got[record.key], record.kind)
        values[record.key] = value or ""
        if value is None or (not value and (record.key in _NEEDED or got[record.key].denied)):
            missing.append(record.key)
        if value is None:
            raw.update({f"{p.file}:{p.tag:02X}": _hex(got[p.key]) for p in parts if got[p.key].value})
    region = values["card_id"][:6]
    return CardRead(
        reader=reader,
        atr=atr,
        region=region if region.isdecimal() else "",
        complete=not missing,
        missing=tuple(missing),
        raw=raw,
        **values,
    )


def _hex(got: _Got) -> str:
    return (got.value or b"").hex().upper()


def _plain(got: _Got, kind: str) -> Optional[str]:
    """The value as text; "" when the card has none, None when its bytes are not of this kind."""
    value = (got.value or b"").rstrip(_PADDING if kind == "text" else b"")
    if not value.strip(b"\x00\xff"):
        return ""
    if kind == "hex":
        return value.hex().upper()
    if kind == "digits":
        return value.hex() if value.hex().isdecimal() else None
    return _date(value.hex()) if kind == "date" else _text(value)


def _name(got: Mapping[str, _Got]) -> Optional[str]:
    """Records 09 and 4E joined as bytes before decoding: a character may be split over the two.

    Where 4E is denied and 09 is filled to its last byte the name may be cut, so it is not a name.
    """
    first, more = got["name"], got["name_more"]
    if more.denied and first.value and first.value == first.value.rstrip(_PADDING):
        return None
    joined = ((first.value or b"") + (more.value or b"")).rstrip(_PADDING)
    return _text(joined) if joined else ""


def _text(value: bytes) -> Optional[str]:
    try:
        text = value.decode("gb18030")
    except UnicodeDecodeError:
        return None
    # Private-use characters stay: older cards carry rare names there. Control characters are no text.
    return text if not any(unicodedata.category(char) == "Cc" for char in text) else None


def _date(digits: str) -> Optional[str]:
    if len(digits) != 8 or not digits.isdecimal():
        return None
    try:
        return datetime.date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).isoformat()
    except ValueError:
        return None

"""The language of resident-ID readers (SAM_A modules, GA/T 467): frames, and what the text block says.

Free of ports and threads. Frame `AA AA AA 96 69 | length (2) | … | XOR`; the length counts everything after
itself, the XOR covers the length too. The text block is 256 bytes of UTF-16LE whose layout the two bytes at
248 decide.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Any, Dict, List, Mapping, Optional, Tuple

from drivers.cards.card_dates import iso_date
from drivers.protocols import Fault, IdCardRead

HEAD = bytes.fromhex("AAAAAA9669")
RESET, STATUS = b"\x10\xff", b"\x11\xff"
FIND, SELECT = b"\x20\x01", b"\x20\x02"
READ_BASE, READ_ADDRESS = b"\x30\x01", b"\x30\x03"
OK, FOUND, NONE, NOT_SELECTED, ABSENT = 0x90, 0x9F, 0x80, 0x81, 0x91
TEXT, ADDRESS = 256, 70
_MARK = 248
_LONGEST = 0x1000  # the longest answer of the standard is 0x090A
_CARD_MOVED = (NOT_SELECTED, 0x31, 0x32, 0x33, 0x41, 0x47)
_LINK_TROUBLE = (0x10, 0x11, 0x21, 0x24)

# key -> offset and length in bytes, by the mark at 248
_SHARED = {"sex": (30, 2), "birth_date": (36, 16), "idno": (122, 36)}
_VALID = {"valid_from": (188, 16), "valid_to": (204, 16)}
LAYOUTS: Mapping[str, Tuple[str, Mapping[str, Tuple[int, int]]]] = {
    " ": (
        "resident",
        {
            "name": (0, 30),
            **_SHARED,
            "ethnic_code": (32, 4),
            "address": (52, 70),
            "issuer": (158, 30),
            **_VALID,
        },
    ),
    "J": (
        "hmt",
        {
            "name": (0, 30),
            **_SHARED,
            "address": (52, 70),
            "issuer": (158, 30),
            **_VALID,
            "pass_no": (220, 18),
            "issue_count": (238, 4),
        },
    ),
    "I": (
        "foreigner",
        {
            "foreign_name": (0, 120),
            "sex": (120, 2),
            "idno": (122, 30),
            "nationality": (152, 6),
            "name": (158, 30),
            **_VALID,
            "birth_date": (220, 16),
            "issuer": (240, 8),
        },
    ),
    "Y": (
        "foreigner_2023",
        {
            "name": (0, 30),
            **_SHARED,
            "issue_count": (32, 4),
            "foreign_name": (52, 70),
            "foreign_name_more": (220, 22),
            **_VALID,
            "nationality": (242, 6),
        },
    ),
}
_DATES = ("birth_date", "valid_from", "valid_to")
# What a counter needs of a card whose layout has it.
_NEEDED = ("name", "idno", "sex", "ethnic_code", "birth_date", "address", "issuer", "valid_from", "valid_to")


@dataclass(frozen=True)
class Answer:
    """One reply of a reader: its three status bytes and the data behind them."""

    status: bytes
    data: bytes = b""

    @property
    def code(self) -> int:
        """The third status byte, which says how it went."""
        return self.status[2]


def frame(body: bytes) -> bytes:
    """The frame around a command or an answer."""
    counted = (len(body) + 1).to_bytes(2, "big") + body
    return HEAD + counted + bytes([_xor(counted)])


class Splitter:
    """Finds whole frames in a stream of bytes; what lies between frames is skipped."""

    def __init__(self) -> None:
        self._bytes = bytearray()

    def feed(self, data: bytes) -> List[bytes]:
        """The bodies of the frames that are now whole. Raises Fault `device-broken` for a damaged one."""
        self._bytes += data
        bodies: List[bytes] = []
        while True:
            start = self._bytes.find(HEAD)
            if start < 0:
                del self._bytes[: max(0, len(self._bytes) - len(HEAD) + 1)]
                return bodies
            del self._bytes[:start]
            body = self._whole()
            if body is None:
                return bodies
            bodies.append(body)

    def _whole(self) -> Optional[bytes]:
        if len(self._bytes) < 7:
            return None
        length = int.from_bytes(self._bytes[5:7], "big")
        if not 2 <= length <= _LONGEST:
            del self._bytes[:]
            raise Fault("device-broken", "frame length " + str(length))
        if len(self._bytes) < 7 + length:
            return None
        counted, check = bytes(self._bytes[5 : 6 + length]), self._bytes[6 + length]
        del self._bytes[: 7 + length]
        if _xor(counted) != check:
            raise Fault("device-broken", "frame checksum")
        return counted[2:]


def answer_of(body: bytes) -> Answer:
    """The answer in a frame. Raises Fault `device-broken`."""
    if len(body) < 3:
        raise Fault("device-broken", "answer of " + str(len(body)) + " bytes")
    return Answer(body[:3], body[3:])


def refusal(answer: Answer) -> Fault:
    """What a status other than success means, as a Fault with advice of its own."""
    shown = answer.status.hex().upper()
    if answer.code == NONE:
        return Fault("card-none", "")
    if answer.code in _CARD_MOVED:
        return Fault("idcard-again", shown)
    if answer.code == 0x40:
        return Fault("idcard-wrong", shown)
    if answer.code in _LINK_TROUBLE:
        return Fault("device-broken", shown)
    return Fault("reader-refused", shown)


def base_of(data: bytes) -> Tuple[bytes, bytes]:
    """Text and photo in the data of a base reading. Raises Fault `card-data`."""
    text, photo = (int.from_bytes(data[at : at + 2], "big") for at in (0, 2))
    if len(data) < 4 or text != TEXT or len(data) != 4 + text + photo:
        raise Fault("card-data", "base " + str(len(data)) + " bytes")
    return data[4 : 4 + text], data[4 + text :]


def card_of(text: bytes, photo: bytes, address: bytes, reader: str) -> IdCardRead:
    """The person of a text block; `address` is the newer one, empty where the card has none.

    Nothing is repaired: a field whose bytes are no text or no date is empty and named in `missing`.
    Raises Fault `card-data` when the block is of no known layout.
    """
    if len(text) != TEXT:
        raise Fault("card-data", "text " + str(len(text)) + " bytes")
    mark = text[_MARK : _MARK + 2].decode("utf-16-le", "replace").replace("\x00", " ")
    if mark not in LAYOUTS:
        raise Fault("card-data", "layout " + text[_MARK : _MARK + 2].hex())
    kind, places = LAYOUTS[mark]
    values = {key: _field(key, text[at : at + length]) for key, (at, length) in places.items()}
    if address:
        values["address"] = _text(address)
    _join_names(values)
    missing = tuple(key for key in _NEEDED if key in values and not values[key])
    told: Dict[str, Any] = {key: value or "" for key, value in values.items()}
    return IdCardRead(reader, photo=photo, kind=kind, complete=not missing, missing=missing, **told)


def _join_names(values: Dict[str, Optional[str]]) -> None:
    """A long foreign name lies in two places; who has no Chinese name is called by the foreign one."""
    more = values.pop("foreign_name_more", "")
    if more and values.get("foreign_name") is not None:
        values["foreign_name"] = (values["foreign_name"] or "") + more
    if values.get("name") == "":
        values["name"] = values.get("foreign_name", "")


def _field(key: str, value: bytes) -> Optional[str]:
    text = _text(value)
    if key not in _DATES or not text:
        return text
    return text if key == "valid_to" and text == "长期" else iso_date(text)


def _text(value: bytes) -> Optional[str]:
    """The text without its padding, None when the bytes are none.

    Private-use characters stay: older cards carry rare names there.
    """
    try:
        text = value.decode("utf-16-le").rstrip(" \x00")
    except UnicodeDecodeError:
        return None
    return None if any(_is_no_letter(char) for char in text) else text


def _is_no_letter(char: str) -> bool:
    return unicodedata.category(char) == "Cc" or ord(char) & 0xFFFE == 0xFFFE


def _xor(data: bytes) -> int:
    check = 0
    for byte in data:
        check ^= byte
    return check

"""What the vendor libraries of social-security readers answer: the record of a card, and return codes.

Record: parts joined by `|` with one more at the end; at least 9, also 11 and 12 occur. Codes as in the
published tables; below -0x6000 a code is a card's status word with a minus sign.
"""

from __future__ import annotations

import re
from typing import Dict, List, Optional

from drivers.cards.card_dates import iso_date
from drivers.host.library import message_of, text_of
from drivers.protocols import CardRead, Fault

_FEWEST, _MOST = 9, 16
_KEYS = (
    "region",
    "idno",
    "card_no",
    "card_id",
    "name",
    "atr",
    "spec_version",
    "issued_on",
    "expires_on",
)
_NEEDED = ("idno", "name", "card_no", "card_id", "spec_version", "issued_on", "expires_on")
_SHAPES = {
    "region": r"\d{6}",
    "idno": r"[0-9A-Za-z]{1,30}",
    "card_no": r"[0-9A-Za-z]{1,20}",
    "card_id": r"[0-9A-Fa-f]{32}",
    "atr": r"(?:[0-9A-Fa-f]{2}){1,33}",
    "spec_version": r"\d\.\d{1,2}",
}
NEEDS_HSM = (-2201, -2202, -2203, -27272, -24)
_CODES: Dict[int, str] = {
    -1: "card-wrong",
    -2: "card-none",
    -3: "card-mute",
    -4: "card-mute",
    -5: "device-unavailable",
    -11: "reader-none",
    -12: "reader-none",
    -13: "vendor-refused",
    -14: "vendor-refused",
    -15: "device-broken",
    -20: "card-data",
    -21: "card-fake",
    -22: "card-data",
    -23: "card-data",
    -25: "hsm-refused",
    -31: "pin-cancelled",
    -32: "pin-timeout",
    -33: "pin-refused",
    -34: "pin-refused",
    -35: "pin-refused",
    -36: "pin-refused",
    -41: "card-data",
    -42: "card-data",
    -51: "pin-wrong",
    -52: "pin-locked",
    **{code: "card-needs-key" for code in NEEDS_HSM},
}
_WORDS: Dict[int, str] = {  # status words of the card
    0x6A82: "card-wrong",
    0x6A81: "card-locked",
    0x6283: "card-locked",
    0x9303: "card-locked",
    0x6983: "pin-locked",
    0x6982: "card-needs-key",
    0x6A88: "card-needs-key",
    0x6300: "card-fake",
}


def fault_of(code: int, text: bytes) -> Fault:
    """What a return code other than 0 means; `text` is what the library wrote beside it."""
    name = _CODES.get(code)
    if name is None and -0xFFFF <= code <= -0x6000:
        word = -code
        if word & 0xFFF0 == 0x63C0:
            tries = word & 0x0F
            return Fault("pin-wrong" if tries else "pin-locked", str(tries))
        return Fault(_WORDS.get(word, "card-data"), format(word, "04X"))
    if name == "pin-wrong":
        found = re.search(r"\d", message_of(text))
        return Fault(name, found[0] if found else "未知")
    words = message_of(text)
    return Fault(name or "vendor-refused", str(code) + ("　" + words if words else ""))


def parts_of(record: bytes, fewest: int = _FEWEST) -> List[str]:
    """The parts of a record. Raises Fault `card-data`."""
    text = text_of(record)
    parts = (text[:-1] if text.endswith("|") else text).split("|")
    if not fewest <= len(parts) <= _MOST:
        raise Fault("card-data", str(len(parts)) + " parts")
    return parts


def card_of(record: bytes, reader: str, proof: str = "") -> CardRead:
    """The card of a record of `iReadCardBas`; nothing is repaired.

    A part that is not what it should be is empty, named in `missing` and kept as hex in `raw`. A number
    with a wrong check digit is handed on as it is. Raises Fault `card-data`.
    """
    parts = parts_of(record)
    values: Dict[str, str] = {}
    raw: Dict[str, str] = {}
    for n, key in enumerate(_KEYS):
        part = parts[n]
        value = _checked(key, part.strip())
        values[key] = value or ""
        if value is None:
            raw[key] = part.encode("gb18030").hex().upper()
    missing = tuple(key for key in _KEYS if key in raw or (key in _NEEDED and not values[key]))
    return CardRead(reader, complete=not missing, missing=missing, raw=raw, proof=proof, **values)


def _checked(key: str, part: str) -> Optional[str]:
    """The value, "" when the card has none, None when it is not of its kind."""
    if not part:
        return ""
    if key in ("issued_on", "expires_on"):
        return iso_date(part)
    if key == "name":
        return None if any(ord(char) < 32 for char in part) else part
    return part if re.fullmatch(_SHAPES[key], part) else None

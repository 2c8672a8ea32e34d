"""Invented people whose numbers, names and illnesses nobody else has, and looking for them in any bytes.

All certificate numbers of one flock begin with the same fourteen digits, all names with the same three
characters: so a byte string is searched for a few patterns, not for each person in each coding.
"""

from __future__ import annotations

import base64
import hashlib
import math
import secrets
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from counter_app.domain.idnumbers import check_digit

CODINGS = ("utf-8", "utf-16-le", "gb18030")
HASHES = ("md5", "sha1", "sha256", "sm3")


@dataclass(frozen=True)
class Canary:
    number: str
    name: str
    tel: str


@dataclass
class Flock:
    """`count` people with a mark of this run, and one illness in free words."""

    count: int
    people: list[Canary] = field(default_factory=list)

    def __post_init__(self) -> None:
        rare = [chr(0x4E00 + secrets.randbelow(0x5000)) for _ in range(3)]
        day = f"{1950 + secrets.randbelow(40)}{1 + secrets.randbelow(9):02d}{10 + secrets.randbelow(18)}"
        self.number, self.tel = f"371102{day}", f"199{secrets.randbelow(10**5):05d}"
        self.name, self.illness = "尉迟" + rare[0], f"罕见病{rare[1]}{rare[2]}型"
        for nth in range(self.count):
            front = f"{self.number}{nth:03d}"
            name = self.name + chr(0x5B50 + nth)
            self.people.append(Canary(front + check_digit(front), name, f"{self.tel}{nth:03d}"))

    def patterns(self) -> dict[str, bytes]:
        """What to look for, by a name that says what and how; hexadecimal is looked for in lower case."""
        found: dict[str, bytes] = {}
        whats = {"number": self.number, "name": self.name, "tel": self.tel, "illness": self.illness}
        for what, text in whats.items():
            for coding in CODINGS:
                data = text.encode(coding)
                found[f"{what} {coding}"] = data
                found[f"{what} {coding} hex"] = data.hex().encode()
                for shift in range(3):
                    found[f"{what} {coding} base64 {shift}"] = _base64(data, shift)
        return found

    def digests(self, most: int) -> dict[str, bytes]:
        """Plain hashes of whole numbers: whoever has a list of numbers finds the person by them."""
        found: dict[str, bytes] = {}
        for canary in self.people[:most]:
            for kind in HASHES:
                raw = hashlib.new(kind, canary.number.encode()).digest()
                found[f"{kind} {canary.number}"] = raw[:12]
                found[f"{kind} {canary.number} hex"] = raw[:12].hex().encode()
                found[f"{kind} {canary.number} base64"] = base64.b64encode(raw[:12])
        return found


def _base64(data: bytes, shift: int) -> bytes:
    """How bytes look in base64 when they begin at any place of a group of three.

    Only the letters that nothing before and behind them can change: fewer would be met by chance.
    """
    whole, bits = base64.b64encode(bytes(shift) + data), 8 * (shift + len(data))
    return whole[math.ceil(8 * shift / 6) : bits // 6]


def sightings(patterns: dict[str, bytes], data: bytes) -> list[str]:
    """Which patterns are in some bytes."""
    low = data.lower()
    return [name for name, pattern in patterns.items() if pattern in (low if name.endswith("hex") else data)]


def search(patterns: dict[str, bytes], *places: Path) -> list[str]:
    """`file: what` for everything found in files, in their names, and inside zips."""
    found = []
    for file, data in _files(places):
        found += [f"{file}: {name}" for name in sightings(patterns, data + b"\n" + file.name.encode())]
        if data[:2] == b"PK":
            with zipfile.ZipFile(BytesIO(data)) as packed:
                for part in packed.namelist():
                    found += [f"{file}/{part}: {n}" for n in sightings(patterns, packed.read(part))]
    return found


def _files(places: tuple[Path, ...]) -> Iterator[tuple[Path, bytes]]:
    for place in places:
        for file in [place] if place.is_file() else sorted(place.rglob("*")):
            if file.is_file() and not file.is_symlink():
                yield file, file.read_bytes()

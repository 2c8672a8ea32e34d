"""By what a hall knows a person without knowing them: one keyed digest for all its machines."""

from __future__ import annotations

import hashlib
import hmac
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

_MARK = re.compile(r"p([1-9][0-9]{0,8})\.[0-9a-f]{32}")


@dataclass(frozen=True, slots=True, repr=False)
class PeopleKeys:
    """The keys of a hall by version. The highest is in use; older ones find who was written down before.

    Its repr shows nothing. A key is 32 bytes, hexadecimal text for a file.
    """

    keys: Mapping[int, bytes] = field(default_factory=dict)

    def of(self, certno: str) -> tuple[str, ...]:
        """The marks of a person, the one in use first; none for nobody in particular or without keys."""
        plain = normal(certno)
        if not plain:
            return ()
        return tuple(_mark(version, self.keys[version], plain) for version in sorted(self.keys, reverse=True))

    def as_plain(self) -> dict[str, str]:
        """For a file of its own (0600); never for a log."""
        return {str(version): key.hex() for version, key in self.keys.items()}


def from_plain(plain: Mapping[str, str]) -> PeopleKeys:
    """What `as_plain` gave. Raises ValueError for anything else."""
    return PeopleKeys({int(version): bytes.fromhex(text) for version, text in plain.items()})


def version_of(mark: str) -> int:
    """The version of the key behind a mark; 0 for what no hall's key made."""
    found = _MARK.fullmatch(mark)
    return int(found[1]) if found is not None else 0


def normal(certno: str) -> str:
    """A certificate number as every reader means it: no blanks, full-width letters made plain, capitals."""
    return "".join(unicodedata.normalize("NFKC", certno).split()).upper()


def _mark(version: int, key: bytes, plain: str) -> str:
    digest = hmac.new(key, plain.encode("utf-8"), hashlib.sha256).hexdigest()[:32]
    return f"p{version}.{digest}"

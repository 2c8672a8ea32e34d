"""The keys of one device, and the `Secrets` port made from them."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.hall_fields import HallFields
from counter_app.seals.provider import (
    AES_256_GCM,
    ED25519,
    KEY_BYTES,
    SM4_GCM,
    STANDARD,
    CryptoProvider,
    key_id,
    new_key,
)

_OWN, _FOR_HALL = "s", "h"  # with this device's own key; with the hall's, which every device of it can open
_CIPHERS = {"1": AES_256_GCM, "4": SM4_GCM}  # the second letter of a mark: s1, h1, s4, h4
_FILE = "s1"


@dataclass(frozen=True, slots=True, repr=False)
class DeviceKeys:
    """Every secret of a store, each for one purpose, 32 bytes each. Its repr shows nothing.

    `fields` are the field keys by version: sealing uses the highest, opening the one named in the
    sealed value, so a key can be renewed without touching what was sealed before.
    """

    database: bytes = field(default_factory=new_key)
    journal: bytes = field(default_factory=new_key)
    pages: bytes = field(default_factory=new_key)
    signing: bytes = field(default_factory=new_key)
    blind: bytes = field(default_factory=new_key)
    fields: Mapping[int, bytes] = field(default_factory=lambda: {1: new_key()})

    @property
    def public_key(self) -> bytes:
        """The device's Ed25519 public key."""
        return STANDARD.public_key(ED25519, self.signing)

    def as_plain(self) -> dict[str, str]:
        """For a keyring to keep; never for a log."""
        names = ("database", "journal", "pages", "signing", "blind")
        plain = {name: getattr(self, name).hex() for name in names}
        return plain | {f"field.{version}": key.hex() for version, key in self.fields.items()}


def keys_from_plain(plain: Mapping[str, str]) -> DeviceKeys:
    """Rebuild what `as_plain` gave. Raises Problem `store-key` when a key is missing or cut short."""
    try:
        keys = {name: bytes.fromhex(text) for name, text in plain.items()}
        fields = {int(name[6:]): key for name, key in keys.items() if name.startswith("field.")}
        single = {name: key for name, key in keys.items() if not name.startswith("field.")}
        if not fields or len(single) != 5 or any(len(key) != KEY_BYTES for key in keys.values()):
            raise ValueError("a key is missing or cut short")
        return DeviceKeys(fields=fields, **single)
    except (ValueError, TypeError, AttributeError) as error:
        raise Problem("store-key") from error


@dataclass(frozen=True, slots=True, repr=False)
class DeviceSecrets:
    """The `Secrets` port: seals single values, finds equal ones, signs with the device key."""

    keys: DeviceKeys
    provider: CryptoProvider = STANDARD
    hall: HallFields | None = None
    cipher: str = AES_256_GCM
    _key_id: str = ""

    def __post_init__(self) -> None:
        # Deriving the public half costs as much as a signature; it never changes.
        object.__setattr__(self, "_key_id", key_id(self.keys.public_key))

    def seal(self, value: str, where: str) -> str:
        """Seal one sensitive value; `where` (`case_id|key`) must be given again to open it."""
        whose, keys = self._in_use
        letter = next(letter for letter, cipher in _CIPHERS.items() if cipher == self.cipher)
        return _sealed(self.provider, whose + letter, keys, value, where)

    def open(self, sealed: str, where: str) -> str:
        """Open what `seal` made at the same place. Raises Problem `seal-broken`."""
        return _opened(self.provider, sealed, where, self._keys_behind)

    def for_hall(self, sealed: str, where: str) -> str | None:
        """A sealed value as every device of the hall opens it; None before the hall's keys are here.

        Raises Problem `seal-broken`.
        """
        if not is_own(sealed):
            return sealed
        if self.hall is None or not self.hall.keys:
            return None
        return self.seal(self.open(sealed, where), where)

    @property
    def _in_use(self) -> tuple[str, Mapping[int, bytes]]:
        """The hall's keys where it has any, else this device's own."""
        if self.hall is not None and self.hall.keys:
            return _FOR_HALL, self.hall.keys
        return _OWN, self.keys.fields

    def _keys_behind(self, whose: str) -> Mapping[int, bytes]:
        if whose == _OWN:
            return self.keys.fields
        if whose == _FOR_HALL and self.hall is not None:
            return self.hall.keys
        raise ValueError("a mark of nobody here")

    def seal_file(self, data: bytes, where: str) -> bytes:
        """Seal a whole file; `where` (`archive|name`) must be given again to open it."""
        version = max(self.keys.fields)
        sealed = self.provider.seal(AES_256_GCM, self.keys.fields[version], data, _bound_file(where))
        return f"{_FILE}.{version}.".encode("ascii") + sealed

    def open_file(self, sealed: bytes, where: str) -> bytes:
        """Open what `seal_file` made at the same place. Raises Problem `seal-broken`."""
        try:
            mark, version, data = sealed.split(b".", 2)
            key = self.keys.fields[int(version)]
        except (ValueError, KeyError) as error:
            raise Problem("seal-broken") from error
        if mark != _FILE.encode("ascii"):
            raise Problem("seal-broken")
        return self.provider.open(AES_256_GCM, key, data, _bound_file(where))

    def blind(self, value: str) -> str:
        """Keyed digest (HMAC-SHA-256, first 16 bytes, hex) by which equal values find each other."""
        return hmac.new(self.keys.blind, value.encode("utf-8"), hashlib.sha256).hexdigest()[:32]

    def sign(self, message: bytes) -> Mapping[str, str]:
        """`{alg, key_id, sig}` over a message with the device key; `sig` is base64url."""
        signature = self.provider.sign(ED25519, self.keys.signing, message)
        return {"alg": ED25519, "key_id": self._key_id, "sig": base64url.encode(signature)}


def sealed_for_hall(value: str, where: str, keys: Mapping[int, bytes]) -> str:
    """A value as every device of a hall opens it, by who holds the hall's keys."""
    return _sealed(STANDARD, _FOR_HALL + "1", keys, value, where)


def open_for_hall(sealed: str, where: str, keys: Mapping[int, bytes]) -> str | None:
    """A value sealed for the hall, by who holds the hall's keys; None for one of a device's own key.

    Raises Problem `seal-broken`.
    """
    if is_own(sealed):
        return None
    return _opened(STANDARD, sealed, where, lambda whose: keys)


def _sealed(provider: CryptoProvider, mark: str, keys: Mapping[int, bytes], value: str, where: str) -> str:
    """Under the newest of the keys; `mark` says whose they are and, by its second letter, the cipher."""
    version = max(keys)
    sealed = provider.seal(_CIPHERS[mark[1:]], keys[version], value.encode("utf-8"), _bound(where))
    return f"{mark}.{version}.{base64url.encode(sealed)}"


def _opened(
    provider: CryptoProvider, sealed: str, where: str, keys_of: Callable[[str], Mapping[int, bytes]]
) -> str:
    try:
        mark, version, text = sealed.split(".")
        cipher, key = _CIPHERS[mark[1:]], keys_of(mark[:1])[int(version)]
        data = base64url.decode(text)
    except (ValueError, KeyError) as error:
        raise Problem("seal-broken") from error
    return provider.open(cipher, key, data, _bound(where)).decode("utf-8")


def is_own(sealed: str) -> bool:
    """Whether a value was sealed with a device's own key, and not for its hall."""
    return sealed.startswith(_OWN)


def hall_version(sealed: str) -> int | None:
    """Which of a hall's keys a value was sealed with; None for what no hall's key opens."""
    whose, _, rest = sealed.partition(".")
    version = rest.partition(".")[0]
    is_known = whose[:1] == _FOR_HALL and whose[1:] in _CIPHERS and version.isascii() and version.isdecimal()
    return int(version) if is_known else None


def _bound(where: str) -> bytes:
    return b"ow1.field|" + where.encode("utf-8")


def _bound_file(where: str) -> bytes:
    return b"ow1.file|" + where.encode("utf-8")

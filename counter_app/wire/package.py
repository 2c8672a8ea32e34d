"""The one container for whatever travels by USB stick or hub: manifest, hashes, records, signature.

One UTF-8 JSON document (`.ow1p`); see docs/ways-in.md. The signature is over the manifest, the
manifest holds the hash of every record, so that nothing can be changed, left out, added or reordered.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec

from counter_app.problems import Problem
from counter_app.seals.canonical import canonical
from counter_app.seals.provider import SHA256, STANDARD
from counter_app.seals.trust import TrustStore
from counter_app.wire.envelope import Signature

FORMAT = "ow1p"
LARGEST = 16 << 20
MOST_RECORDS = 5000


class Sender(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who made a package: a stable code, and the name the window shows."""

    id: str
    name: str


class Manifest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is signed. `kind` says what the records are; moments are ISO 8601 with an offset.

    `hashes` holds the hex SHA-256 of the canonical JSON of each record, in order.
    """

    version: int
    package_id: str
    kind: str
    made_at: str
    expires_at: str
    sender: Sender
    hashes: list[str]


class Package(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A whole package, as it lies on a stick or in a request."""

    format: str
    manifest: Manifest
    records: list[dict[str, Any]]
    signature: Signature


def message_of(manifest: Manifest) -> bytes:
    """The canonical bytes a package's signature is over."""
    return canonical({"for": "ow1.package", "manifest": msgspec.to_builtins(manifest)})


def pack(
    head: Mapping[str, Any],
    records: Sequence[Mapping[str, Any]],
    sign: Callable[[bytes], Mapping[str, str]],
) -> bytes:
    """A signed package. `head` is the manifest without `version` and `hashes`; `sign` is `Secrets.sign`."""
    hashes = [digest(record) for record in records]
    manifest = msgspec.convert({**head, "version": 1, "hashes": hashes}, Manifest)
    signature = dict(sign(message_of(manifest)))
    plain = {"format": FORMAT, "manifest": msgspec.to_builtins(manifest), "records": list(records)}
    return canonical({**plain, "signature": signature})


def unpack(data: bytes, trust: TrustStore, now: datetime, kind: str) -> Package:
    """A package that somebody we believe signed, whole, in time, and of the kind wanted.

    Raises Problem `package-broken` (not one, too large, a record changed), `package-signer` (a key we do
    not know), `package-signature`, `package-expired`, `package-kind`.
    """
    package = _decoded(data)
    if package.signature.key_id not in trust.keys:
        raise Problem("package-signer", "signature", package.signature.key_id[:32])
    try:
        signature = msgspec.to_builtins(package.signature)
        is_signed = trust.verify(message_of(package.manifest), signature)
        hashes = [digest(record) for record in package.records]
    except (ValueError, RecursionError) as error:
        raise Problem("package-broken", "records", "有不能规范化的内容") from error
    if not is_signed:
        raise Problem("package-signature", "signature", package.manifest.sender.name[:40])
    if hashes != package.manifest.hashes:
        raise Problem("package-broken", "records", "内容与清单不一致")
    if package.manifest.kind != kind:
        raise Problem("package-kind", "kind", package.manifest.kind[:40])
    if now > _moment(package.manifest.expires_at, "expires_at"):
        raise Problem("package-expired", "expires_at", package.manifest.expires_at[:10])
    return package


def looked_at(document: dict[str, Any]) -> tuple[Package, str]:
    """A package whose signature is for others to judge, and its canonical text. Raises `package-broken`."""
    try:
        data = canonical(document)
        package = _decoded(data)
        hashes = [digest(record) for record in package.records]
    except (ValueError, RecursionError) as error:
        raise Problem("package-broken", "records", "有不能规范化的内容") from error
    if hashes != package.manifest.hashes:
        raise Problem("package-broken", "records", "内容与清单不一致")
    return package, data.decode("utf-8")


def digest(record: Mapping[str, Any]) -> str:
    """The hash of one record. Raises ValueError for what has no canonical form (fractions)."""
    return STANDARD.digest(SHA256, canonical(dict(record)))


def _decoded(data: bytes) -> Package:
    if len(data) > LARGEST:
        raise Problem("package-broken", "", f"超过 {LARGEST >> 20} MB")
    try:
        package = msgspec.json.decode(data, type=Package)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Problem("package-broken", "", str(error)[:120]) from error
    if package.format != FORMAT or package.manifest.version != 1:
        raise Problem("package-broken", "format", "不是本程序认识的版本")
    if len(package.records) > MOST_RECORDS:
        raise Problem("package-broken", "records", f"超过 {MOST_RECORDS} 件")
    return package


def _moment(text: str, where: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Problem("package-broken", where, "时间格式不对") from error
    if found.tzinfo is None:
        raise Problem("package-broken", where, "时间没有时区")
    return found

"""Records carried home by stick: sealed for the hall's hub, taken in by any counter of it, each once.

Exporting deletes nothing: the same records wait here and are sent when the line is back; the hub knows
them then. A counter that takes a package in while its own line is cut keeps it and hands it on.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Protocol

from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.seals import base64url
from counter_app.seals.files import write_private
from counter_app.seals.provider import ED25519, STANDARD, key_id
from counter_app.sync.member import Member
from counter_app.wire.package import MOST_RECORDS, pack
from counter_app.wire.sealed import KIND, SUFFIX, Cover, split, wrap

FOLDER = "carried"
EXPORTED = "exported.json"
DONE = ".done"
_GOOD_FOR = timedelta(days=366)
Records = Sequence[Mapping[str, Any]]


class Taking(Protocol):
    """What a hub offers."""

    def take_package(self, request_id: str, data: bytes) -> Mapping[str, Any]:
        """Take a sealed package in; once. Raises Problem."""


class Exported(Value, frozen=True):
    """One file of a package: its name, how many records, its SHA-256."""

    file: str
    records: int
    sha256: str


def export(records: Records, folder: Path, member: Member, key: bytes, now: datetime) -> Sequence[Exported]:
    """Seal waiting records for the hall's hub into files of a folder, at most `MOST_RECORDS` each.

    The same records give the same package id, so that an export done twice is one package with one of two
    outsides; the hub takes either, and knows each record. Raises Problem `hub-keys` for a device that
    joined before its hub told keys, `store-write`.
    """
    if not member.box_key or not member.hub_key:
        raise Problem("hub-keys", "hub", "本设备登记时大厅服务还没有封包密钥，请重新登记")
    made = []
    for start in range(0, len(records), MOST_RECORDS):
        made.append(_one(records[start : start + MOST_RECORDS], folder, member, key, now))
    return made


def note_exported(data: Path, records: Records) -> None:
    """Remember that exactly these waiting records were carried out."""
    write_private(data / EXPORTED, json.dumps({"waiting": _digest(records)}).encode())


def left_behind(data: Path, records: Records) -> int:
    """How many waiting records would be lost with this folder; 0 when they were exported as they stand."""
    try:
        told = json.loads((data / EXPORTED).read_text("ascii")).get("waiting", "")
    except (OSError, ValueError, AttributeError):
        told = ""
    return 0 if not records or told == _digest(records) else len(records)


def keep(data: Path, package: bytes) -> Path:
    """Keep a package of somebody else until the hub can be told; the same twice is one file.

    Raises Problem `package-broken`, `store-write`.
    """
    split(package)
    file = data / FOLDER / f"{hashlib.sha256(package).hexdigest()}{SUFFIX}"
    try:
        file.parent.mkdir(mode=0o700, exist_ok=True)
        if not file.exists() and not file.with_suffix(DONE).exists():
            write_private(file, package)
    except OSError as error:
        raise Problem("store-write", file.name, error.strerror or "") from error
    return file


def hand_on(data: Path, hub: Taking) -> int:
    """Hand kept packages to the hub; how many it took. What it refuses for good is noted as refused."""
    taken = 0
    for file in sorted((data / FOLDER).glob(f"*{SUFFIX}")):
        try:
            told = dict(hub.take_package(file.stem, file.read_bytes()))
        except Problem as problem:
            if problem.retry or not problem.code.startswith("package-"):
                break  # the hub is away or fenced: all of them wait
            told = {"refused": problem.code}
        write_private(file.with_suffix(DONE), json.dumps(told).encode())
        file.unlink()
        taken += "refused" not in told
    return taken


def _one(records: Records, folder: Path, member: Member, key: bytes, now: datetime) -> Exported:
    first, last = records[0], records[-1]
    name = f"{first['device'][:8]}-{first['epoch']}-{first['seq']}-{last['seq']}-{_digest(records)[:8]}"
    head = {
        "package_id": name,
        "kind": KIND,
        "made_at": now.isoformat(timespec="seconds"),
        "expires_at": (now + _GOOD_FOR).isoformat(timespec="seconds"),
        "sender": {"id": str(first["device"]), "name": member.device},
    }
    cover = Cover(hub=key_id(base64url.decode(member.hub_key)), hall=member.hall, package_id=name)
    data = wrap(cover, pack(head, records, _signer(key)), base64url.decode(member.box_key))
    file = folder / f"{name}{SUFFIX}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_private(file, data)
    except OSError as error:
        raise Problem("store-write", file.name, error.strerror or "") from error
    return Exported(file.name, len(records), hashlib.sha256(data).hexdigest())


def _signer(key: bytes) -> Any:
    name = key_id(STANDARD.public_key(ED25519, key))

    def sign(message: bytes) -> Mapping[str, str]:
        signature = STANDARD.sign(ED25519, key, message)
        return {"alg": ED25519, "key_id": name, "sig": base64url.encode(signature)}

    return sign


def _digest(records: Records) -> str:
    return hashlib.sha256("\n".join(str(one["event_id"]) for one in records).encode()).hexdigest()

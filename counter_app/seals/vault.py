"""A sealed folder: every file encrypted, all of them named and hashed in one signed manifest.

The manifest is in clear and holds nothing about a person, so anybody with the public key can tell whether
a single byte has changed, without being able to read any of it.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.seals.canonical import canonical
from counter_app.seals.files import sync_folder, write_private
from counter_app.seals.trust import TrustStore

MANIFEST, SIGNATURE, SUFFIX = "manifest.json", "manifest.sig", ".sealed"
FORMAT = 1
Seal = Callable[[bytes, str], bytes]
Sign = Callable[[bytes], Mapping[str, str]]


class Damage(Value, frozen=True):
    """One thing that is not as it was sealed: which file, a code, and words for people."""

    file: str
    code: str
    text: str


def write(folder: Path, about: Mapping[str, Any], files: Mapping[str, bytes], seal: Seal, sign: Sign) -> None:
    """Seal files into a new folder.

    `seal` gets the bytes and the place they are bound to. The folder is there whole or not at all.
    Raises Problem `archive-there` when the folder exists, `store-write`.
    """
    if folder.exists():
        raise Problem("archive-there", folder.name, folder.name)
    draft = folder.with_name(f".{folder.name}.new")
    try:
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700, parents=True)
        rows = [
            _put(draft, name, seal(data, f"{folder.name}|{name}")) for name, data in sorted(files.items())
        ]
        manifest = canonical({**about, "format": FORMAT, "files": rows})
        write_private(draft / MANIFEST, manifest)
        write_private(draft / SIGNATURE, canonical(dict(sign(manifest))))
        draft.replace(folder)
        sync_folder(folder.parent)
    except OSError as error:
        raise Problem("store-write", folder.name, error.strerror or "") from error


def read_manifest(folder: Path) -> dict[str, Any]:
    """What the folder says it holds. Raises ValueError or OSError for anything that is no manifest."""
    manifest = json.loads((folder / MANIFEST).read_bytes())
    if not isinstance(manifest, dict) or not isinstance(manifest.get("files"), list):
        raise ValueError("no manifest")
    return manifest


def digest_of(folder: Path) -> str:
    """The SHA-256 of the manifest, by which a fact names the whole folder."""
    return hashlib.sha256((folder / MANIFEST).read_bytes()).hexdigest()


def check(folder: Path, trust: TrustStore) -> list[Damage]:
    """Everything that differs from what was sealed and signed; empty when nothing does."""
    try:
        data = (folder / MANIFEST).read_bytes()
        rows = {row["name"]: (row["size"], row["sha256"]) for row in read_manifest(folder)["files"]}
    except (OSError, ValueError, KeyError, TypeError):
        return [Damage(MANIFEST, "manifest", "清单缺失或无法读取")]
    found = [] if _is_signed(folder, data, trust) else [Damage(SIGNATURE, "signature", "清单与签名不符")]
    for name, expected in sorted(rows.items()):
        found += _compared(folder / (name + SUFFIX), name, expected)
    there = {str(f.relative_to(folder)) for f in folder.rglob("*") if not f.is_dir()}
    known = {name + SUFFIX for name in rows} | {MANIFEST, SIGNATURE}
    return found + [Damage(name, "extra", "清单中没有这个文件") for name in sorted(there - known)]


def read(folder: Path, name: str, unseal: Seal) -> bytes:
    """One file, opened. Raises Problem `seal-broken`, `not-found`."""
    try:
        return unseal((folder / (name + SUFFIX)).read_bytes(), f"{folder.name}|{name}")
    except OSError as error:
        raise Problem("not-found", folder.name, name) from error


def _put(folder: Path, name: str, sealed: bytes) -> dict[str, Any]:
    file = folder / (name + SUFFIX)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_private(file, sealed)
    return {"name": name, "size": len(sealed), "sha256": hashlib.sha256(sealed).hexdigest()}


def _is_signed(folder: Path, manifest: bytes, trust: TrustStore) -> bool:
    try:
        signature = json.loads((folder / SIGNATURE).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(signature, dict) and trust.verify(manifest, signature)


def _compared(file: Path, name: str, expected: tuple[int, str]) -> list[Damage]:
    try:
        data = file.read_bytes()
    except OSError:
        return [Damage(name, "missing", "文件缺失")]
    if len(data) != expected[0]:
        return [Damage(name, "size", f"文件长度由 {expected[0]} 变为 {len(data)} 字节")]
    if hashlib.sha256(data).hexdigest() != expected[1]:
        return [Damage(name, "changed", "文件内容已被改动")]
    return []

"""A pack on its way through the hall: a folder as one word of reference data, and a folder again."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from counter_app.catalog.load import load_catalogue
from counter_app.catalog.shelf import head_of
from counter_app.catalog.signing import SIGNATURE
from counter_app.problems import Problem
from counter_app.seals.canonical import canonical

PACK = "pack:"  # how the words of packs are called, beside those about single types
_LARGEST = 8 << 20


def parcel(folder: Path) -> tuple[str, Mapping[str, Any]]:
    """Name and body of the word that carries a pack: `{pack, version_text, files}`.

    Raises what `load_catalogue` raises, Problem `pack-empty` for a pack without name or version: nobody
    sends to a whole hall what no desk could use.
    """
    load_catalogue(folder)
    head = head_of(folder)
    if not head.name or not head.version:
        raise Problem("pack-empty", str(folder), "_pack.toml")
    files = sorted(file for file in folder.rglob("*") if file.suffix == ".toml" or file.name == SIGNATURE)
    told = {file.relative_to(folder).as_posix(): file.read_text("utf-8") for file in files}
    return f"{PACK}{head.name}-{head.version}", {
        "pack": head.name,
        "version_text": head.version,
        "files": told,
    }


def digest(body: Mapping[str, Any]) -> str:
    """What tells one parcel from another. Raises Problem `pack-broken` for one that is none."""
    try:
        return hashlib.sha256(canonical(body)).hexdigest()
    except (ValueError, RecursionError) as error:
        raise _broken("", "内容不能读") from error


def unpack(body: Mapping[str, Any], folder: Path) -> None:
    """Lay a parcel out in a folder that is empty. Raises Problem `pack-broken` before anything is written."""
    files = body.get("files")
    if not isinstance(files, Mapping) or not files:
        raise _broken("", "没有文件")
    if sum(len(text) for text in files.values() if isinstance(text, str)) > _LARGEST:
        raise _broken("", "太大")
    for name, text in files.items():
        if not isinstance(text, str) or not _is_inside(str(name)):
            raise _broken(str(name)[:80], "文件名或内容不对")
    for name, text in files.items():
        place = folder / str(name)
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        place.write_text(text, "utf-8", newline="")


def _is_inside(name: str) -> bool:
    """A name that stays in the folder, on every system, and is a file of a pack."""
    parts = PurePosixPath(name).parts
    plain = 0 < len(parts) <= 4 and all(_is_plain(part) for part in parts) and "/".join(parts) == name
    return plain and (name.endswith(".toml") or name == SIGNATURE)


def _is_plain(part: str) -> bool:
    return part not in ("", ".", "..") and not any(sign in part for sign in '\\:*?"<>|\x00')


def _broken(where: str, why: str) -> Problem:
    return Problem("pack-broken", where, why)

"""What the hall's IT person sends to whoever helps: how the machine is, and nothing of anybody served at it.

Every part is an allow-list: versions, settings whose values cannot be secret, devices, sizes of files by
kind, the log's tail once more made discreet. Names of files inside the data folder are not told, nor are its
paths.
"""

from __future__ import annotations

import json
import os
import platform
import shutil
import sys
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import asdict, fields
from io import BytesIO
from pathlib import Path
from typing import Any

import sqlcipher3

from counter_app import __version__, logs
from counter_app.problems import Problem
from counter_app.seals.files import write_private
from counter_app.settings import SETTINGS_FILE, Settings, load
from drivers import registry

_LINES = 2000
# Secrets, addresses, names of people's places: told only as "set" or "empty".
_HIDDEN = ("_url", "_pin", "_token_file", "_folder", "_image", "_notice", "_name", "_fonds", "_org")
_ALSO_HIDDEN = ("hub", "catalog", "key_module")
_KINDS = {"store": "*.db*", "journal": "journal/*", "pages": "blobs/*/*", "archives": "archive/**/*"}
_MORE_KINDS = {"logs": "logs/*", "papers": "papers/*", "backups": "backups/*/manifest.json"}
Ask = Callable[[], Mapping[str, Any]]


def bundle(folder: Path, file: Path, ask_store: Ask) -> tuple[str, ...]:
    """Write the zip and give the names of its parts.

    `ask_store` gives counts and findings of the store; a Problem it raises is told instead of them. Raises
    Problem `store-write`.
    """
    parts = {
        "about.json": _json(about()),
        "settings.json": _json(settings_told(folder)),
        "devices.json": _json([asdict(state) for state in registry.states()]),
        "health.json": _json({**_disk(folder), "store": _asked(ask_store)}),
        "log.txt": _log(folder).encode("ascii"),
    }
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in parts.items():
            out.writestr(name, data)
    try:
        write_private(file, packed.getvalue())
    except OSError as error:
        raise Problem("store-write", str(file), error.strerror or type(error).__name__) from error
    return tuple(parts)


def about() -> dict[str, str]:
    """Versions of program, language, system and database."""
    return {
        "program": __version__,
        "python": sys.version.split()[0],
        "system": platform.platform(),
        "machine": platform.machine(),
        "sqlite": sqlcipher3.sqlite_version,
        "cpus": str(os.cpu_count()),
    }


def settings_told(folder: Path) -> dict[str, Any]:
    """The settings that differ from their defaults; of one that could hold a secret only that it is set."""
    try:
        chosen = load(folder / SETTINGS_FILE)
    except Problem as problem:
        return {"problem": problem.code}
    told: dict[str, Any] = {}
    for one in fields(Settings):
        value = getattr(chosen, one.name)
        if value != one.default:
            told[one.name] = "(set)" if _is_hidden(one.name) else _plain(value)
    return told


def _is_hidden(name: str) -> bool:
    return name.endswith(_HIDDEN) or name in _ALSO_HIDDEN


def _plain(value: Any) -> Any:
    return logs.discreet(value) if isinstance(value, str) else value


def _disk(folder: Path) -> dict[str, Any]:
    kinds = {}
    for kind, pattern in (_KINDS | _MORE_KINDS).items():
        sizes = [file.stat().st_size for file in folder.glob(pattern) if file.is_file()]
        kinds[kind] = {"files": len(sizes), "bytes": sum(sizes)}
    return {"free_bytes": shutil.disk_usage(folder).free, "kinds": kinds}


def _asked(ask_store: Ask) -> Mapping[str, Any]:
    try:
        return ask_store()
    except Problem as problem:
        return {"problem": problem.code}


def _log(folder: Path) -> str:
    lines: list[str] = []
    for file in sorted((folder / logs.FOLDER).glob(f"{logs.FILE}*"), reverse=True):
        lines += file.read_text("utf-8", "replace").splitlines()
    return "".join(logs.discreet(line) + "\n" for line in lines[-_LINES:])


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, indent=1, default=str).encode("utf-8")

"""Where a package may lie: a file, a folder, or whatever stick is in the machine."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QStorageInfo

from counter_app.problems import Problem

PACKAGES = "*.ow1p"
MOUNTS = ("/media/", "/run/media/", "/mnt/", "/Volumes/")


def chosen(typed: str) -> Path:
    """The package that is meant: a path as typed or copied; of a folder, or of the sticks, the newest one.

    May wait for a slow stick, so never on the UI thread. Raises Problem `not-found`.
    """
    told = typed.strip().strip('"')
    if told and not Path(told).is_dir():
        return Path(told)
    found = newest([Path(told)] if told else sticks())
    if found is None:
        raise Problem("not-found", "file", told or "U 盘上的 .ow1p 文件")
    return found


def place_for(typed: str) -> str:
    """Where a package is put: a folder as typed or copied, else the first stick that can be written to;
    "" where there is none.
    """
    told = typed.strip().strip('"')
    found = [one for one in sticks() if os.access(one, os.W_OK)] if not told else []
    return told or (str(found[0]) if found else "")


def newest(folders: Iterable[Path]) -> Path | None:
    """The package written last in some folders; a folder that cannot be read has none."""
    dated: list[tuple[float, Path]] = []
    for folder in folders:
        try:
            dated += [(file.stat().st_mtime, file) for file in folder.glob(PACKAGES) if file.is_file()]
        except OSError:
            continue
    return max(dated)[1] if dated else None


def sticks() -> list[Path]:
    """The volumes somebody has put in: not the system's own."""
    ready = [v for v in QStorageInfo.mountedVolumes() if v.isValid() and v.isReady() and not v.isRoot()]
    paths = [volume.rootPath() for volume in ready]
    return [Path(path) for path in paths if path[1:2] == ":" or path.startswith(MOUNTS)]

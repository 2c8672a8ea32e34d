"""The packs of one desk, as that desk would choose them today."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_app.clock import WallClock
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.catalog.model import Catalogue
    from counter_app.catalog.shelf import Shelf


def desk_shelf(folder: Path) -> Shelf:
    """Where the packs of a data folder stand, its setting `catalog` included. Raises Problem `setting-…`."""
    from counter_app.bootstrap import pack_shelf
    from counter_app.settings import SETTINGS_FILE, load

    return pack_shelf(folder, load(folder / SETTINGS_FILE).catalog)


def desk_packs(folder: Path) -> tuple[Catalogue, tuple[Problem, ...]]:
    """What a desk on this folder works with today, and what it refused. Raises Problem `store-missing`."""
    if not folder.is_dir():
        raise Problem("store-missing", str(folder), str(folder))
    return desk_shelf(folder).chosen(WallClock().now().date())


def finding(fault: Problem) -> dict[str, Any]:
    """A refused pack in the shape of `catalog check`: `where` is file:line, or a folder."""
    place, _, line = fault.where.rpartition(":")
    if not line.isdecimal():
        place, line = fault.where, "0"
    return {"file": place, "line": int(line), "code": fault.code, "text": fault.cause}

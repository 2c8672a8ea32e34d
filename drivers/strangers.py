"""Drivers of other packages, found by the entry-point group `onewindow.drivers` of whatever is installed.

Each entry point is called as its driver's full id and leads to its DRIVER:

    [project.entry-points."onewindow.drivers"]
    "cards.acme" = "onewindow_acme:DRIVER"
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from drivers.protocols import Driver

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

GROUP = "onewindow.drivers"
_ID = re.compile(r"[a-z][a-z_]*\.[a-z][a-z0-9_]*")


@dataclass(frozen=True)
class Stranger:
    """One driver of another package, or why there is none; `package` is what was installed."""

    full_id: str
    package: str
    driver: Driver | None
    because: str = ""


def strangers(only: str = "") -> Iterator[Stranger]:
    """Every driver of other packages; with `only` no other is imported. A broken one is a row."""
    from importlib.metadata import entry_points  # reads every package's files: not for a desk's first second

    for point in entry_points(group=GROUP):
        if not only or point.name == only:
            yield _looked_at(point)


def _looked_at(point: EntryPoint) -> Stranger:
    package = point.dist.name if point.dist is not None else point.module
    try:
        driver = point.load()
    except (Exception, SystemExit) as error:  # whatever a stranger does at its import stops nobody
        return Stranger(point.name, package, None, f"驱动包 {package} 有错（{type(error).__name__}）")
    if not isinstance(driver, Driver) or not _ID.fullmatch(point.name) or driver.full_id != point.name:
        return Stranger(point.name, package, None, f"驱动包 {package} 的 DRIVER 写得不对")
    folder = point.dist.locate_file("") if point.dist is not None else ""
    home = f"{point.module}:{point.attr or 'DRIVER'}@{folder}"
    return Stranger(point.name, package, replace(driver, home=home))

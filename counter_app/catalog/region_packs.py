"""The region packs alone: sums need parameters, not ninety transaction types."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import resources
from counter_app.catalog.model import Region
from counter_app.catalog.reading import Finding, open_sheet
from counter_app.catalog.regions import region
from counter_app.problems import Problem, Problems


def load_regions(folder: Path | None = None) -> Mapping[str, Region]:
    """Read the region folders below `folder`, or those that ship with the program.

    Places (区划) are left out. Raises Problems `pack-broken` with file and line of every fault.
    """
    findings: list[Finding] = []
    found: dict[str, Region] = {}
    for name, files in _texts(folder).items():
        sheets = [sheet for file, text in files.items() if (sheet := open_sheet(file, text, findings))]
        found[name], _ = region(name, sheets, ())
    if findings:
        raise Problems([Problem("pack-broken", f"{f.file}:{f.line}", f.text) for f in sorted(set(findings))])
    return found


def _texts(folder: Path | None) -> dict[str, dict[str, bytes]]:
    if folder is None:
        return {
            place.rsplit("/", 1)[-1]: {
                file: resources.read_bytes(file) for file in resources.names(place, ".toml")
            }
            for place in resources.folders("regions")
        }
    if not folder.is_dir():
        raise Problem("pack-empty", str(folder), str(folder))
    places = sorted(entry for entry in folder.iterdir() if entry.is_dir() and not entry.name.startswith("_"))
    return {
        place.name: {f"{place.name}/{file.name}": file.read_bytes() for file in sorted(place.glob("*.toml"))}
        for place in places
    }

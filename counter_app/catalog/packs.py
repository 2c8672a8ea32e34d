"""The files of a pack, read into types and regions together with everything that is wrong with them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path

import resources
from counter_app.catalog import build, regions
from counter_app.catalog.build import Common
from counter_app.catalog.compiled import built_in
from counter_app.catalog.model import Choice, Offer, Origin, Region, TransactionType
from counter_app.catalog.reading import Finding, Row, Sheet, open_sheet
from counter_app.problems import Problem

Lists = tuple[tuple[Choice, ...], tuple[Choice, ...]]


@dataclass(slots=True)
class Reading:
    """A catalogue as far as it could be read, with everything that is wrong with it."""

    types: dict[str, TransactionType] = field(default_factory=dict)
    regions: dict[str, Region] = field(default_factory=dict)
    common: Common = field(default_factory=Common)
    pack: Row | None = None
    findings: list[Finding] = field(default_factory=list)
    sheets: dict[str, Sheet] = field(default_factory=dict)

    def at(self, type_: TransactionType, *path: str | int) -> Origin:
        """Where a key of a type stands."""
        found = self.sheets.get(type_.id)
        return found.origin(path) if found else type_.origin


def read(folder: Path | None = None, exact: bool = True) -> Reading:
    """Read everything that can be read; faults become findings (with their lines when `exact`)."""
    reading = Reading()
    files = _files(folder)
    shared = open_sheet("catalog/_common.toml", files.pop("catalog/_common.toml"), reading.findings, exact)
    pack = open_sheet("catalog/_pack.toml", files.pop("catalog/_pack.toml"), reading.findings, exact)
    reading.common = build.common(shared) if shared else Common()
    reading.pack = pack.row("pack") if pack else None
    version = reading.pack.get("version", "") if reading.pack else ""
    places = _list(files, "admdvs", reading.findings)
    diseases = _list(files, "diseases", reading.findings)
    sheets: dict[str, list[Sheet]] = {}
    for file, text in sorted(files.items()):
        if file.rsplit("/", 1)[-1].startswith("_"):  # lists with readers of their own, as holidays
            continue
        sheet = open_sheet(file, text, reading.findings, exact)
        if sheet is None:
            continue
        if file.startswith("regions/"):
            sheets.setdefault(file.split("/")[1], []).append(sheet)
        else:
            _add_type(reading, sheet, version)
    for name, parts in sheets.items():
        _add_region(reading, name, parts, (places, diseases))
    return reading


def _add_type(reading: Reading, sheet: Sheet, version: str) -> None:
    pack = f"{reading.pack.get('name', '')}-{version}" if reading.pack else ""
    made = build.transaction(sheet, reading.common, pack)
    stem = sheet.file.rsplit("/", 1)[-1].removesuffix(".toml")
    if made.id != stem:
        sheet.fault("wrong-file", ("id",), f"文件名应与事项编号一致：{made.id}.toml")
    reading.sheets[made.id or stem] = sheet
    reading.types[made.id or stem] = replace(made, version=made.version or version)


def _add_region(reading: Reading, name: str, sheets: list[Sheet], lists: Lists) -> None:
    made, promises = regions.region(name, sheets, *lists)
    reading.regions[name] = made
    for row in promises:
        _promise(reading, name, row)
    for sheet in sheets:
        for type_id, value in sheet.row("region").get("offers", {}).items():
            row = sheet.row(
                "offer", {"mode": value} if isinstance(value, str) else value, ("offers", type_id)
            )
            _offer(reading, name, type_id, sheet, build.offer(row))


def _promise(reading: Reading, region: str, row: Row) -> None:
    type_id = row.get("type", "")
    if type_id not in reading.types:
        text = f"承诺时限指向没有的事项 {type_id}"
        reading.findings.append(Finding(row.origin.file, row.origin.line, "dangling", text))
        return
    type_ = reading.types[type_id]
    key = (region, row.get("situation", ""))
    limits, days = type_.limits, row.get("days", 0)
    if row.get("target"):
        limits = replace(limits, targets={**limits.targets, key: days})
    else:
        limits = replace(limits, promised={**limits.promised, key: days})
    reading.types[type_id] = replace(type_, limits=limits)


def _offer(reading: Reading, region: str, type_id: str, sheet: Sheet, offer: Offer) -> None:
    if type_id not in reading.types:
        sheet.fault("dangling", ("offers", type_id), f"没有事项 {type_id}")
        return
    type_ = reading.types[type_id]
    reading.types[type_id] = replace(type_, offered_in={**type_.offered_in, region: offer})


def _list(files: dict[str, bytes], name: str, findings: list[Finding]) -> tuple[Choice, ...]:
    """A national list, `regions/_<name>.toml`: one table, code = label or code = { label, aliases }."""
    file = f"regions/_{name}.toml"
    sheet = open_sheet(file, files.pop(file), findings)
    table = sheet.data.get(name) if sheet else None
    if sheet is None or not isinstance(table, dict):
        return ()
    made = []
    for code, value in table.items():
        whole = {"label": value} if isinstance(value, str) else value
        row = sheet.row("listed", whole, (name, code))
        made.append(Choice(code, row.get("label", ""), row.get("aliases", ())))
    return tuple(made)


# --- files ----------------------------------------------------------------------------------------


def _files(folder: Path | None) -> dict[str, bytes]:
    """Texts by their name below `resources`: those of the folder laid over our own, file by file.

    A folder with a `_pack.toml` of its own is a whole pack: only the national lists and shared parts it
    lacks are ours.
    """
    found = _on_disk(folder) if folder is not None else {}
    is_whole = "catalog/_pack.toml" in found
    for name in built_in():
        is_shared = name.rsplit("/", 1)[-1].startswith("_")
        if name not in found and (is_shared or not is_whole):
            found[name] = resources.read_bytes(name)
    return found


def _on_disk(folder: Path) -> dict[str, bytes]:
    if not folder.is_dir():
        raise Problem("pack-empty", str(folder), str(folder))
    places = folder / "regions"
    base = folder / "catalog" if (folder / "catalog").is_dir() else folder
    found = {f"catalog/{file.name}": file.read_bytes() for file in base.glob("*.toml")}
    for file in [*places.glob("*.toml"), *places.glob("*/*.toml")]:
        found[f"regions/{file.relative_to(places).as_posix()}"] = file.read_bytes()
    if not found:
        raise Problem("pack-empty", str(folder), str(folder))
    return found

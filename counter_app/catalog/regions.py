"""Region packs: the TOML files of one folder, read as one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from counter_app.catalog.model import Choice, Entry, Hours, Parameter, Region, WindowGroup
from counter_app.catalog.reading import Row, Sheet

_ELEMENTS = ("criteria", "procedure", "review", "benefit")  # the four elements of a disease (X15, X16)


def region(
    name: str, sheets: Iterable[Sheet], places: tuple[Choice, ...], diseases: tuple[Choice, ...] = ()
) -> tuple[Region, list[Row]]:
    """One region and its promises (which belong to the types). File names inside a folder are free.

    A region's own diseases stand before the national list and replace equal codes there.
    """
    rows = [sheet.row("region") for sheet in sheets]
    single: dict[str, Any] = {}
    for row in rows:
        single |= {key: value for key, value in row.values.items() if not isinstance(value, tuple | dict)}
    agency = {key: value for row in rows for key, value in row.get("agency", {}).items()}
    texts = {key: value for row in rows for key, value in row.get("texts", {}).items()}
    made = Region(
        id=single.get("id", name),
        name=single.get("name", name),
        agency=agency,
        texts=texts,
        groups=tuple(_group(item) for item in _all(rows, "window_group")),
        parameters=tuple(_parameter(item) for item in _all(rows, "parameter")),
        admdvs=places,
        institutions=tuple(_institution(item) for item in _all(rows, "institutions")),
        diseases=_laid_over([_disease(item) for item in _all(rows, "diseases")], diseases),
        hours=tuple(_hours(item) for item in _all(rows, "hours")),
        entries=tuple(_entry(item) for item in _all(rows, "entry")),
        admdvs_code=single.get("admdvs_code", ""),
        version=single.get("version", ""),
        pack=f"{name}-{single.get('version', '')}",
    )
    return made, _all(rows, "promise")


def _laid_over(own: list[Choice], national: tuple[Choice, ...]) -> tuple[Choice, ...]:
    codes = {choice.code for choice in own}
    return (*own, *(choice for choice in national if choice.code not in codes))


def _all(rows: Iterable[Row], name: str) -> list[Row]:
    return [item for row in rows for item in row.get(name, ())]


def _group(row: Row) -> WindowGroup:
    names = (row.get("id", ""), row.get("name", ""))
    return WindowGroup(*names, row.get("domains", ()), row.get("windows", ()), row.get("source", ""))


def _entry(row: Row) -> Entry:
    plain = {key: value for key, value in row.values.items() if key != "default"}
    return Entry(**{"id": "", "book": "", "label": ""} | plain, is_default=row.get("default", False))


def _parameter(row: Row) -> Parameter:
    return Parameter(
        name=row.get("name", ""),
        value=row.get("value"),
        valid_from=row.get("valid_from"),
        valid_to=row.get("valid_to"),
        source=row.get("source", ""),
        is_default=row.get("default", False),
        unit=row.get("unit", ""),
        note=row.get("note", ""),
    )


def _institution(row: Row) -> Choice:
    tags = (*row.get("kinds", ()), *(("demo",) if row.get("demo") else ()))
    return Choice(
        row.get("code", ""),
        row.get("label", ""),
        row.get("aliases", ()),
        tags,
        source=row.get("source", ""),
        ended=row.get("agreement") == "ended",
    )


def _disease(row: Row) -> Choice:
    tags = (row.get("channel"),) if row.get("channel") else ()
    about = tuple((key, row.get(key)) for key in _ELEMENTS if row.get(key))
    names = (row.get("code", ""), row.get("label", ""))
    return Choice(*names, row.get("aliases", ()), tags, about, row.get("source", ""))


def _hours(row: Row) -> Hours:
    span = (row.get("season", ""), row.get("from", ""), row.get("to", ""))
    return Hours(*span, row.get("open", ()), row.get("source", ""))

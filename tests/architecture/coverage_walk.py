"""What carries each row of the source list: walked from the things themselves, drawn as docs/coverage.md."""

from __future__ import annotations

import ast
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from counter_app.catalog.load import load_catalogue
from counter_app.catalog.model import Catalogue, Region
from counter_app.catalog.papers import PAPERS
from counter_app.services import reports
from ui.registry import pages

ROOT = Path(__file__).resolve().parents[2]
BY_HAND = Path(__file__).with_name("coverage_rows.toml")
KINDS = ("type", "parameter", "page", "paper", "report", "test", "none")
# How many rows each of the five published documents gave, by the letter of their ids.
ROWS = {"K": 93, "R": 121, "Z": 68, "J": 92, "X": 67}
PLACES = {"K": "kuitun", "R": "rizhao", "Z": "zaozhuang", "J": "jiaozhou", "X": "county57"}
HEAD = """# What carries each row of the sources

Five published documents were taken apart into 441 rows (K 奎屯, R 日照, Z 枣庄, J 胶州, X a county of 57
diseases). Each row is answered by one thing that can be found: a type (`catalog list`), a regional value
(`regions show`, by its name, id, code or season, or the region itself), a page of the desk, a paper, a report
(`reports list`), or a test (`pytest --collect-only`). `none`: no matter of the counter, in the row's words.

This page is written by `pytest tests/architecture/test_coverage.py --rewrite-golden`; the test is red when a
row's thing is gone.

| row | kind | target |
|---|---|---|
"""


class Carried(NamedTuple):
    """One line of the table."""

    row: str
    kind: str
    target: str


@dataclass(frozen=True)
class Found:
    """Everything that exists, and which rows it says it carries. `cites`: row to targets, best first."""

    exist: Mapping[str, frozenset[str]]
    cites: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)


def every_row() -> Iterator[str]:
    """The ids of all rows in their order."""
    for letter, count in ROWS.items():
        yield from (f"{letter}{n:02d}" for n in range(1, count + 1))


def walk() -> Found:
    """Look at the packs, the registries and the tests as they are now."""
    packs = load_catalogue()
    cites: dict[str, dict[str, list[str]]] = {"report": {}, "parameter": {}, "type": {}}
    for report in reports.by_id().values():
        _cite(cites["report"], report.id, report.definition.sources)
    for region in packs.regions.values():
        for name, source in _values(region):
            own = [row for row in source.split() if PLACES.get(row[0]) == region.id]
            _cite(cites["parameter"], name, own)
    for type_ in packs.types.values():
        _cite(cites["type"], type_.id, type_.source_rows)
    exist = {
        "type": frozenset(packs.types),
        "parameter": frozenset(_parameters(packs)),
        "page": frozenset(pages()),
        "paper": frozenset(PAPERS),
        "report": frozenset(reports.by_id()),
        "test": frozenset(_tests()),
    }
    ordered = {kind: {row: tuple(names) for row, names in of.items()} for kind, of in cites.items()}
    return Found(exist, ordered)


def _cite(cites: dict[str, list[str]], target: str, rows: object) -> None:
    assert isinstance(rows, tuple | list)
    for row in rows:
        cites.setdefault(str(row), []).append(target)


def _values(region: Region) -> Iterator[tuple[str, str]]:
    """Every value of a region that names its rows, under the name `regions show` gives it."""
    yield from ((item.name, item.source) for item in region.parameters)
    yield from ((item.id, item.source) for item in region.entries)
    yield from ((item.id, item.source) for item in region.groups)
    yield from ((item.season, item.source) for item in region.hours)
    yield from ((item.code, item.source) for item in (*region.diseases, *region.institutions))


def _parameters(packs: Catalogue) -> Iterator[str]:
    for region in packs.regions.values():
        yield region.id
        yield from (name for name, _ in _values(region))
        yield from (place.code for place in region.admdvs)


def _tests() -> Iterator[str]:
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.parse(file.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                yield f"{file.relative_to(ROOT).as_posix()}::{node.name}"


def by_hand() -> dict[str, Carried]:
    """The rows decided by hand. Raises AssertionError for a row that is decided twice."""
    found: dict[str, Carried] = {}
    for kind, rows in tomllib.loads(BY_HAND.read_text("utf-8")).items():
        for row, target in rows.items():
            assert row not in found, f"{row} is decided twice"
            found[row] = Carried(row, kind, target)
    return found


def table(found: Found, hand: Mapping[str, Carried]) -> tuple[list[Carried], list[str]]:
    """One line per row, and what is wrong: a row nothing carries, or a thing that is not there."""
    lines, faults = [], []
    for row in every_row():
        line = hand.get(row) or _derived(found, row)
        if line is None:
            faults.append(f"{row}: nothing carries it")
            continue
        lines.append(line)
        if line.kind != "none" and line.target not in found.exist[line.kind]:
            faults.append(f"{row}: there is no {line.kind} {line.target}")
        if line.kind == "type" and line.target not in found.cites["type"].get(row, ()):
            faults.append(f"{row}: {line.target} does not name it")
    return lines, faults


def _derived(found: Found, row: str) -> Carried | None:
    """Who says that it carries the row: a report before a value, a value before a whole type."""
    for kind in ("report", "parameter", "type"):
        for target in found.cites.get(kind, {}).get(row, ()):
            return Carried(row, kind, target)
    return None


def text(lines: list[Carried]) -> str:
    """The page as it stands in docs/."""
    return HEAD + "".join(f"| {line.row} | {line.kind} | {line.target} |\n" for line in lines)

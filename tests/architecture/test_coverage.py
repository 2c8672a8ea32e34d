"""docs/coverage.md: every row of the sources is carried by something; its going is seen."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest

from tests.architecture.coverage_walk import (
    KINDS,
    ROOT,
    Carried,
    Found,
    by_hand,
    every_row,
    table,
    text,
    walk,
)

PAGE = ROOT / "docs" / "coverage.md"
NO_MATTER = ("背景", "宣传", "柜面不涉及", "非柜面", "无柜面", "不入柜面", "后台")
MOST_WITHOUT = 60


@pytest.fixture(scope="module")
def found() -> Found:
    return walk()


@pytest.fixture(scope="module")
def hand() -> dict[str, Carried]:
    return by_hand()


def test_every_row_is_carried_by_something_that_is_there(
    found: Found, hand: dict[str, Carried], request: pytest.FixtureRequest
) -> None:
    lines, faults = table(found, hand)
    assert faults == []
    if request.config.getoption("--rewrite-golden"):
        PAGE.write_text(text(lines), "utf-8")
    assert PAGE.read_text("utf-8") == text(lines), "write it anew with --rewrite-golden"


def test_the_page_has_one_line_per_row() -> None:
    lines = [line for line in PAGE.read_text("utf-8").splitlines() if line.startswith("| ")][1:]
    cells = [tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines]
    assert [row for row, _, _ in cells] == list(every_row())
    assert len(cells) == 441
    assert {kind for _, kind, _ in cells} <= set(KINDS)
    assert all(target for _, _, target in cells)


def test_few_rows_are_no_matter_of_the_counter_and_say_so_themselves(
    found: Found, hand: dict[str, Carried]
) -> None:
    without = [line for line in table(found, hand)[0] if line.kind == "none"]
    assert len(without) < MOST_WITHOUT
    assert [line for line in without if not any(word in line.target for word in NO_MATTER)] == []


def test_a_row_belongs_to_one_line_and_is_one_of_the_sources(found: Found, hand: dict[str, Carried]) -> None:
    known = set(every_row())
    assert set(hand) <= known
    for kind, cites in found.cites.items():
        assert set(cites) <= known, kind
    assert max(Counter(line.row for line in table(found, hand)[0]).values()) == 1


def used(found: Found, hand: dict[str, Carried]) -> list[Carried]:
    """One line of each kind that points at something."""
    lines = table(found, hand)[0]
    return [next(line for line in lines if line.kind == kind) for kind in KINDS if _points(kind, lines)]


def _points(kind: str, lines: list[Carried]) -> bool:
    return kind != "none" and any(line.kind == kind for line in lines)


def without(found: Found, gone: Carried) -> Found:
    """The same walk after a thing was removed: it exists no more and cites nothing."""
    exist = {**found.exist, gone.kind: found.exist[gone.kind] - {gone.target}}
    cites = {
        kind: {
            row: tuple(name for name in names if (kind, name) != (gone.kind, gone.target))
            for row, names in of.items()
        }
        for kind, of in found.cites.items()
    }
    return replace(found, exist=exist, cites=cites)


def test_removing_what_carries_a_row_is_seen(found: Found, hand: dict[str, Carried]) -> None:
    before = table(found, hand)
    gone = used(found, hand)
    assert {line.kind for line in gone} >= {"type", "parameter", "paper", "report", "test"}
    for line in gone:
        assert table(without(found, line), hand) != before, line


def test_every_single_target_is_missed(found: Found, hand: dict[str, Carried]) -> None:
    lines = table(found, hand)[0]
    for line in {(line.kind, line.target): line for line in lines if line.kind != "none"}.values():
        after, faults = table(without(found, line), hand)
        assert faults or after != lines, line


def test_a_type_that_stops_naming_a_row_is_seen(found: Found, hand: dict[str, Carried]) -> None:
    types = {row: tuple(n for n in names if row != "K11") for row, names in found.cites["type"].items()}
    _, faults = table(replace(found, cites={**found.cites, "type": types}), hand)
    assert faults == ["K11: MT02 does not name it"]

"""The map from fault to test to mutant is true, whole and written down."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.faults.document import DOCUMENT, MUTANTS, document, killer, table

ROOT = Path(__file__).resolve().parents[2]
ENTRIES = [*table()["promise"], *table()["fault"]]


@cache
def _names(file: str) -> frozenset[str]:
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    return frozenset(node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_fault_and_every_promise_stands_there_once() -> None:
    assert [one["id"] for one in table()["fault"]] == list(range(1, 70))
    assert [one["id"] for one in table()["promise"]] == [f"I{nth}" for nth in range(1, 17)]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda one: str(one["id"]))
def test_what_is_named_exists(entry: dict[str, Any]) -> None:
    for test in entry["tests"]:
        file, _, name = test.partition("::")
        assert name in _names(file), test
    missing = [name for name in entry["mutants"] if not (MUTANTS / f"{name}.patch").is_file()]
    assert missing == []
    assert entry["tests"]
    assert entry["mutants"]
    assert "open" not in entry, "every fault is met"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda one: str(one["id"]))
def test_everything_is_red_without_its_mechanism(entry: dict[str, Any]) -> None:
    killers = {killer(name).split("[")[0].rpartition("::")[2] for name in entry["mutants"]}
    assert killers & {test.rpartition("::")[2] for test in entry["tests"]}, killers


def test_the_document_is_made_from_the_map() -> None:
    written = DOCUMENT.read_text("utf-8")
    assert written == document(), "write docs/faults.md anew: python -m tests.faults.document"

"""Every refusal has its words: a code nobody wrote a row for would reach a clerk as an unknown trouble."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.problems import ROWS, Problem

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("counter_app", "ui", "drivers", "resources")


def _raised(*rooms: str) -> Iterator[tuple[str, str, str]]:
    """`(where, class, code)` of every literal code handed to Fault or Problem."""
    for room in rooms:
        for file in sorted((ROOT / room).rglob("*.py")):
            for node in ast.walk(ast.parse(file.read_text("utf-8"))):
                if not isinstance(node, ast.Call) or not node.args:
                    continue
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                first = node.args[0]
                if name in {"Fault", "Problem"} and isinstance(first, ast.Constant):
                    yield f"{file.relative_to(ROOT)}:{node.lineno}", name, str(first.value)


def test_every_fault_of_a_driver_has_a_row() -> None:
    codes = [(where, code) for where, name, code in _raised("drivers") if name == "Fault"]
    assert codes, "the walk finds no Fault at all"
    assert [(where, code) for where, code in codes if code not in ROWS] == []


def test_every_problem_has_a_row() -> None:
    codes = [(where, code) for where, name, code in _raised(*ROOMS) if name == "Problem"]
    assert codes, "the walk finds no Problem at all"
    assert [(where, code) for where, code in codes if code not in ROWS] == []


@pytest.mark.parametrize("code", ROWS)
def test_a_row_tells_cause_and_advice(code: str) -> None:
    row = ROWS[code]
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", code)
    for words in (row.title, row.cause, row.advice):
        assert words.strip() == words
        assert re.search(r"[\u4e00-\u9fff]", words) or words.rstrip("。") == "{detail}"
        assert set(re.findall(r"\{[^}]*\}", words)) <= {"{detail}"}
    assert row.advice.rstrip("。") != "{detail}", "an advice that is only detail may be empty"
    assert row.advice.endswith("。")
    assert not row.title.endswith("。")


def test_an_unknown_code_still_speaks() -> None:
    problem = Problem("no-such-code", detail="x")
    assert problem.code == "no-such-code"
    assert problem.advice

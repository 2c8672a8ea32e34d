"""The arithmetic of the benchmarks, and that floors stay bare."""

from __future__ import annotations

import ast
from contextlib import nullcontext
from pathlib import Path

import pytest

from benchmarks.figure import Check, Figure, quantile, ratio
from benchmarks.runner import measure

ROOT = Path(__file__).resolve().parents[2]
FLOORS = sorted((ROOT / "benchmarks" / "floors").glob("*.py"))
ROOMS = {"counter_app", "ui", "drivers", "resources", "benchmarks", "tests"}


@pytest.mark.parametrize(
    ("share", "expected"), [(0.5, 50.0), (0.95, 95.0), (0.99, 99.0), (1.0, 100.0), (0.001, 1.0)]
)
def test_a_quantile_is_a_sample(share: float, expected: float) -> None:
    assert quantile([float(n) for n in range(100, 0, -1)], share) == expected


def test_a_ratio_compares_medians() -> None:
    assert ratio("ms")({"ours.ms": [3.0, 9.0, 300.0], "floor.ms": [1.0, 3.0, 5.0]}) == 3.0


@pytest.mark.parametrize(("at_most", "expected"), [(True, False), (False, True)])
def test_a_limit_has_a_good_side(at_most: bool, expected: bool) -> None:
    check = Check("x", lambda s: s["ours.ms"][0], 2.0, at_most)
    assert check.holds({"ours.ms": [2.5]}) is expected


def test_floor_and_ours_take_turns_and_the_first_of_each_is_not_counted() -> None:
    ran: list[str] = []

    def side(name: str, value: float) -> object:
        def run(_: object) -> dict[str, list[float]]:
            ran.append(name)
            return {"ms": [value]}

        return run

    checks = (Check("ours ÷ floor", ratio("ms"), 1.5),)
    figure = Figure("x", "X", {"ms": "ms"}, side("o", 4), side("f", 2), checks, lambda _: nullcontext())  # type: ignore[arg-type]
    report = measure(figure, 4)
    assert "".join(ran) == "of" + "foof" * 2
    assert report["samples"] == {"ours.ms": [4] * 4, "floor.ms": [2] * 4}
    assert report["checks"] == [
        {"label": "ours ÷ floor", "value": 2.0, "limit": 1.5, "side": "at most", "ok": False}
    ]
    assert report["ok"] is False


@pytest.mark.parametrize("file", FLOORS, ids=lambda f: f.stem)
def test_a_floor_imports_nothing_of_ours_and_is_short(file: Path) -> None:
    imported = set()
    for node in ast.walk(ast.parse(file.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported |= {alias.name.split(".")[0] for alias in node.names}
        if isinstance(node, ast.ImportFrom):
            imported.add((node.module or "").split(".")[0])
    assert imported & ROOMS == set()
    assert len(file.read_text("utf-8").splitlines()) <= 120

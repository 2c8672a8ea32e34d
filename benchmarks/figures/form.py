"""The largest form of all types, built, laid out and painted, against its widgets laid out bare."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.figure import Check, Figure, ratio
from benchmarks.runner import run_script
from benchmarks.screen import screen

COUNT = 12


@dataclass(frozen=True)
class Place:
    """`tree` says which widgets stand in the form; `environment` leads to the screen."""

    tree: Path
    environment: dict[str, str]


@contextmanager
def _prepare(folder: Path) -> Iterator[Place]:
    tree = folder / "tree.json"
    with screen() as painted:
        with tempfile.TemporaryDirectory(dir=folder) as first:
            run_script("product/forms.py", first, "1", str(tree), environment=painted)
        yield Place(tree, painted)


def _ours(place: Place) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory(dir=place.tree.parent) as folder:
        return run_script("product/forms.py", folder, str(COUNT), environment=place.environment)


def _floor(place: Place) -> dict[str, list[float]]:
    return run_script("floors/bare_form.py", str(place.tree), str(COUNT), environment=place.environment)


FIGURE = Figure(
    "form",
    "the largest form built ÷ the same widgets with the same words and style laid out bare",
    {"ms": "ms"},
    ours=_ours,
    floor=_floor,
    checks=(Check("medians, ours ÷ floor", ratio("ms"), 2.0),),
    prepare=_prepare,
    rounds=8,
)

"""A receipt with layout, QR, signature and attachment against a bare page with the same text and fonts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figure import Check, Figure, ratio
from benchmarks.runner import run_script

COUNT = 15


@contextmanager
def _prepare(folder: Path) -> Iterator[Path]:
    page = folder / "page.json"
    with tempfile.TemporaryDirectory(dir=folder) as first:
        run_script("product/receipts.py", first, "1", str(page))
    yield page


def _ours(page: Path) -> dict[str, list[float]]:
    with tempfile.TemporaryDirectory(dir=page.parent) as folder:
        return run_script("product/receipts.py", folder, str(COUNT))


def _floor(page: Path) -> dict[str, list[float]]:
    return run_script("floors/bare_page.py", str(page), str(COUNT))


FIGURE = Figure(
    "receipt",
    "a receipt ÷ a bare ReportLab page with the same text and fonts",
    {"ms": "ms"},
    ours=_ours,
    floor=_floor,
    checks=(Check("medians, ours ÷ floor", ratio("ms"), 2.0),),
    prepare=_prepare,
    rounds=6,
)

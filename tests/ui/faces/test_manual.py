"""The pictures of the operator's manual: each is made here, by one command, from pages with real content."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from tests.album.desk import SCENES
from tests.ui.conftest import quiet

ROOT = Path(__file__).resolve().parents[3]
MANUAL = ROOT / "docs" / "manual.zh-CN.md"
FOLDER = ROOT / "docs" / "pictures" / "manual"
NAMES = tuple(re.findall(r"\(pictures/manual/([\w-]+)\.png\)", MANUAL.read_text("utf-8")))
SIZE = (1280, 672)
APART = 0.05  # share of points that may differ: a clock, another machine's letters


@pytest.mark.parametrize("name", [pytest.param(one, marks=pytest.mark.long) for one in NAMES])
def test_a_picture_is_what_the_page_looks_like(
    name: str, stand: Any, qtbot: Any, request: pytest.FixtureRequest
) -> None:
    def make(view: Any, simulated: Any = None) -> Any:
        return stand(view, SIZE, "light", 100, simulated)

    made = SCENES[name](qtbot, make)
    quiet(qtbot, made)
    now = made.window.grab().toImage()
    file = FOLDER / f"{name}.png"
    if request.config.getoption("--rewrite-golden"):
        FOLDER.mkdir(exist_ok=True)
        now.save(str(file))
    assert unlike(now, QImage(str(file))) < APART


def test_every_picture_is_there_and_every_one_is_used() -> None:
    assert NAMES
    assert {file.stem for file in FOLDER.glob("*.png")} == set(NAMES)
    assert set(NAMES) <= set(SCENES)


def test_another_page_is_another_picture() -> None:
    first, second = (QImage(str(FOLDER / f"{name}.png")) for name in NAMES[:2])
    assert unlike(first, first) == 0
    assert unlike(first, second) > APART


def unlike(one: QImage, other: QImage) -> float:
    """The share of sampled points that differ; 1 when the sizes do."""
    if one.size() != other.size():
        return 1.0
    step = 4
    points = [(x, y) for x in range(0, one.width(), step) for y in range(0, one.height(), step)]
    apart = sum(
        abs(one.pixelColor(*at).lightness() - other.pixelColor(*at).lightness()) > 48 for at in points
    )
    return apart / len(points)

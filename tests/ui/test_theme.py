from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QColor

import resources
from tests.ui.checks import ratio
from ui import theme

PAIRS = [
    *((text, ground) for text in ("text", "text2") for ground in ("bg", "surface", "strip", "hover", "fill")),
    *((kind, f"{kind}_bg") for kind in ("ok", "warn", "err", "info", "defer", "quiet")),
    ("on_primary", "primary"),
    ("on_primary", "primary_hover"),
    ("on_bar", "bar"),
    ("on_bar2", "bar"),
    ("on_bar", "bar_field"),
    ("on_select", "select"),
    ("off", "off_bg"),
    ("off", "surface"),
    ("text2", "quiet_bg"),
    *((text, ground) for text in ("on_board", "on_board2", "missed") for ground in ("board", "board_row")),
    ("on_call", "call"),
    ("on_call", "flash"),
]


@pytest.mark.parametrize(("name", "least"), [("light", 4.5), ("contrast", 7.0)])
def test_every_pair_of_words_and_ground_can_be_read(name: str, least: float) -> None:
    colours = theme.load(name, 100).colours
    weak = [(a, b) for a, b in PAIRS if ratio(QColor(colours[a]), QColor(colours[b])) < least]
    assert weak == []


@pytest.mark.parametrize("name", theme.NAMES)
def test_edges_of_controls_and_focus_can_be_seen(name: str) -> None:
    colours = theme.load(name, 100).colours
    for edge, ground in (("border", "surface"), ("border", "bg"), ("focus", "fill"), ("focus", "surface")):
        assert ratio(QColor(colours[edge]), QColor(colours[ground])) >= 3.0, (edge, ground)


def test_both_themes_name_the_same_colours() -> None:
    assert theme.load("light", 100).colours.keys() == theme.load("contrast", 100).colours.keys()


def test_the_style_sheet_is_filled_and_scaled() -> None:
    text = theme.load("light", 150).style_sheet()
    assert "@" not in re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    assert not re.search(r"\dsu", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))
    assert "font-size: 24px" in text  # 16 at 150 %


def test_no_font_of_the_sheet_is_below_13() -> None:
    text = resources.read_bytes("themes/desk.qss").decode("utf-8")
    sizes = [int(size) for size in re.findall(r"font-size: (\d+)su", text)]
    assert sizes
    assert min(sizes) >= theme.SMALLEST_PX


def test_no_colour_is_written_in_code() -> None:
    import pathlib

    import ui

    root = pathlib.Path(ui.__file__).parent
    found = [
        f"{file.name}: {line.strip()}"
        for file in root.rglob("*.py")
        for line in file.read_text("utf-8").splitlines()
        if re.search(r"#[0-9a-fA-F]{6}\b|#[0-9a-fA-F]{3}\b[\"';]|setStyleSheet\(\"", line)
    ]
    assert found == []


def test_text_size_steps_stop_at_the_ends() -> None:
    assert [theme.step(100, 1), theme.step(150, 1), theme.step(100, -1), theme.step(150, 0)] == [
        125,
        150,
        100,
        100,
    ]


def test_an_unknown_theme_falls_back() -> None:
    assert theme.load("neon", 180) == theme.load("light", 100)

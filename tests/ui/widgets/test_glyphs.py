"""A character no font can draw is told by its code point, wherever words stand."""

from __future__ import annotations

from typing import Any

from ui.widgets.basic import Elided, label, put_text
from ui.widgets.glyphs import is_drawn, legible

NOWHERE = "\U0003fffd"  # no character is there, and so no font has it
COMMON = "李桂芳䶮𠲎·"


def test_what_can_be_drawn_stays(qapp: Any) -> None:
    assert legible(COMMON) == COMMON
    assert all(is_drawn(char) for char in "䶮𠲎𬱖")


def test_what_cannot_is_told_by_its_code(qapp: Any) -> None:
    assert legible(f"王{NOWHERE}明") == "王〔U+3FFFD〕明"


def test_every_kind_of_words_says_so(qtbot: Any) -> None:
    made, line = label(NOWHERE), Elided(NOWHERE)
    qtbot.addWidget(made)
    qtbot.addWidget(line)
    assert made.text() == "〔U+3FFFD〕"
    put_text(made, f"李{NOWHERE}")
    assert made.text() == "李〔U+3FFFD〕"
    assert line.whole == line.accessibleName() == "〔U+3FFFD〕"

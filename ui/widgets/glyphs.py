"""Characters no font of this machine can draw: told by their code point, never by an empty box."""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtGui import QFont, QTextLayout

# Where holes are: what is younger than the fonts, private characters of old cards, the planes above the BMP.
_DOUBTFUL = re.compile(r"[\u9fa6-\u9fff\ue000-\uf8ff\U00020000-\U0010ffff]")


def legible(text: str) -> str:
    """A text in which `〔U+31350〕` stands for each character that would be an empty box."""
    return _DOUBTFUL.sub(lambda found: found[0] if is_drawn(found[0]) else chip(found[0]), text)


def chip(char: str) -> str:
    """How a character without glyph is written."""
    return f"〔U+{ord(char):04X}〕"


@lru_cache(maxsize=4096)
def is_drawn(char: str) -> bool:
    """Whether some font here has the character; a font stands in for another, so all are asked."""
    layout = QTextLayout(char, QFont())
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    glyphs = [glyph for run in layout.glyphRuns() for glyph in run.glyphIndexes()]
    return bool(glyphs) and 0 not in glyphs

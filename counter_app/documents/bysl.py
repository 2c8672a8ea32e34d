"""不予受理通知书: why the application is not taken in, and where to go instead."""

from __future__ import annotations

from counter_app.documents.letter import letter, matter, numbered
from counter_app.documents.registry import Paper

PAPER = Paper(
    "BYSL",
    "不予受理通知书",
    letter("bysl", matter, numbered("不予受理的理由", "reasons"), numbered("依据", "basis")),
)

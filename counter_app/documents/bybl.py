"""不予办理决定书: the application was examined and refused."""

from __future__ import annotations

from counter_app.documents.letter import letter, matter, numbered
from counter_app.documents.registry import Paper

PAPER = Paper(
    "BYBL", "不予办理决定书", letter("bybl", matter, numbered("理由", "reasons"), numbered("依据", "basis"))
)

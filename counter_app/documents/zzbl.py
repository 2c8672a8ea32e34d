"""终止办理通知书: the matter is ended without a decision."""

from __future__ import annotations

from counter_app.documents.letter import letter, matter, numbered
from counter_app.documents.registry import Paper

PAPER = Paper(
    "ZZBL",
    "终止办理通知书",
    letter("zzbl", matter, numbered("终止的原因", "reasons"), numbered("依据", "basis")),
)

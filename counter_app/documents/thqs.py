"""原件退还签收单: originals go back to their owner."""

from __future__ import annotations

from counter_app.documents import material_parts, parts
from counter_app.documents.registry import Paper

PAPER = Paper(
    "THQS",
    "原件退还签收单",
    "thqs",
    parts.paper(
        parts.opening,
        parts.matter,
        material_parts.returned,
        parts.notices(),
        parts.signing("领取人签收", "经办人", seal=False),
    ),
    seals=(),
)

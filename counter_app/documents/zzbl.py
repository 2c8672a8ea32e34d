"""终止办理通知书: the matter is ended without a decision."""

from __future__ import annotations

from counter_app.documents import material_parts, parts
from counter_app.documents.registry import Paper

PAPER = Paper(
    "ZZBL",
    "终止办理通知书",
    "zzbl",
    parts.paper(
        parts.opening,
        parts.matter,
        parts.numbered("终止的原因", "reasons"),
        parts.numbered("依据", "basis"),
        material_parts.returned,
        parts.notices(),
        parts.signing(),
    ),
)

"""送达回证: that a decision reached its addressee, when, how and into whose hands."""

from __future__ import annotations

from counter_app.documents import handing, parts
from counter_app.documents.registry import Paper

PAPER = Paper(
    "SDHZ",
    "送达回证",
    "sdhz",
    parts.paper(
        parts.opening,
        parts.matter,
        handing.served,
        handing.service,
        parts.told("说明", "notices"),
        parts.signing("受送达人（签名或盖章）", "送达人（签名）"),
    ),
)

"""撤回申请确认书: the applicant takes the application back."""

from __future__ import annotations

from counter_app.documents import material_parts, parts
from counter_app.documents.registry import Paper

PAPER = Paper(
    "CHSQ",
    "撤回申请确认书",
    "chsq",
    parts.paper(
        parts.opening,
        parts.matter,
        parts.numbered("撤回原因", "reasons"),
        parts.told("申请人确认", "confirmed", small=False),
        material_parts.returned,
        parts.notices(),
        parts.signing("申请人（代办人）签字或按指印"),
    ),
)

"""撤回申请确认书: the applicant takes the application back."""

from __future__ import annotations

from counter_app.documents.letter import letter, matter, numbered
from counter_app.documents.registry import Paper

PAPER = Paper(
    "CHSQ",
    "撤回申请确认书",
    letter("chsq", matter, numbered("撤回原因", "reasons"), signer="申请人（代办人）签字"),
)

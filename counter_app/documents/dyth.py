"""待遇退回通知书: what was paid too much, or on untrue statements, is asked back."""

from __future__ import annotations

from counter_app.documents import parts, words
from counter_app.documents.registry import Paper

PAPER = Paper(
    "DYTH",
    "待遇退回通知书",
    "dyth",
    parts.paper(
        parts.opening,
        parts.key(
            ("应退回金额", lambda c: words.yuan(c.amount)),
            ("咨询电话", lambda c: c.agency.tel or words.HOTLINE),
        ),
        parts.matter,
        parts.numbered("退回的原因", "reasons"),
        parts.numbered("依据", "basis"),
        parts.notices(),
        parts.signing(),
    ),
)

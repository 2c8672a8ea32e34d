"""不予受理通知书: why the application is not taken in, and where to go instead."""

from __future__ import annotations

from counter_app.documents import parts, words
from counter_app.documents.registry import Paper

PAPER = Paper(
    "BYSL",
    "不予受理通知书",
    "bysl",
    parts.paper(
        parts.opening,
        parts.key(
            ("您可以到这里办理或咨询", lambda c: c.go_to),
            ("咨询电话", lambda c: c.agency.tel or words.HOTLINE),
        ),
        parts.matter,
        parts.reception,
        parts.numbered("不予受理的理由", "reasons"),
        parts.numbered("依据", "basis"),
        parts.notices(),
        parts.signing(),
    ),
)

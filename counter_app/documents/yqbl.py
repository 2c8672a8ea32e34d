"""延期办理告知书: the matter needs longer than promised."""

from __future__ import annotations

from counter_app.documents import parts, words
from counter_app.documents.registry import Paper

PAPER = Paper(
    "YQBL",
    "延期办理告知书",
    "yqbl",
    parts.paper(
        parts.opening,
        parts.key(
            ("预计办结日", words.due),
            ("咨询电话", lambda c: c.agency.tel or words.HOTLINE),
        ),
        parts.matter,
        parts.numbered("延期的原因", "reasons"),
        parts.numbered("依据", "basis"),
        parts.notices(),
        parts.signing(),
    ),
)

"""异议复核答复书: an objection was looked into again and the decision stands."""

from __future__ import annotations

from counter_app.documents import parts, words
from counter_app.documents.registry import Paper

PAPER = Paper(
    "YYDF",
    "异议复核答复书",
    "yydf",
    parts.paper(
        parts.opening,
        parts.key(
            ("答复日期", lambda c: words.day(c.issued_at)),
            ("咨询电话", lambda c: c.agency.tel or words.HOTLINE),
        ),
        parts.matter,
        parts.numbered("复核意见", "reasons"),
        parts.numbered("依据", "basis"),
        parts.notices(),
        parts.signing(),
    ),
)

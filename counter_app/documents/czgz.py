"""业务冲正告知书: what was done is taken back, because it was wrong."""

from __future__ import annotations

from counter_app.documents import parts, words
from counter_app.documents.registry import Paper

PAPER = Paper(
    "CZGZ",
    "业务冲正告知书",
    "czgz",
    parts.paper(
        parts.opening,
        parts.key(
            ("冲正日期", lambda c: words.day(c.issued_at)),
            ("咨询电话", lambda c: c.agency.tel or words.HOTLINE),
        ),
        parts.matter,
        parts.numbered("冲正的原因", "reasons"),
        parts.numbered("依据", "basis"),
        parts.notices(),
        parts.signing(),
    ),
)

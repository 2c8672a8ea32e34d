"""特别程序告知书: expert review, a visit, an inquiry stop the clock; for how long, and what follows."""

from __future__ import annotations

from counter_app.documents import handing, parts, words
from counter_app.documents.registry import Paper

PAPER = Paper(
    "TBCX",
    "特别程序告知书",
    "tbcx",
    parts.paper(
        parts.opening,
        parts.key(
            ("特别程序", lambda c: c.procedure),
            ("最长用时", lambda c: words.working_days(c.procedure_days)),
            ("咨询电话", lambda c: c.agency.tel or words.HOTLINE),
        ),
        parts.matter,
        handing.procedure,
        parts.numbered("启动理由", "reasons"),
        parts.numbered("依据", "basis"),
        parts.notices(),
        parts.signing(),
    ),
)

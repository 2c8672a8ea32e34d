"""办结通知书: the matter is done."""

from __future__ import annotations

from counter_app.documents import parts, words
from counter_app.documents.registry import Paper

PAPER = Paper(
    "BJTZ",
    "办结通知书",
    "bjtz",
    parts.paper(
        parts.opening,
        parts.key(
            ("办理结果", lambda _: "已办结"),
            ("办结日期", lambda c: words.day(c.issued_at)),
            ("咨询电话", lambda c: c.agency.tel or words.HOTLINE),
        ),
        parts.matter,
        parts.numbered("办理结果", "reasons"),
        parts.validity,
        parts.answers,
        parts.notices("no_fee"),
        parts.signing(),
    ),
)

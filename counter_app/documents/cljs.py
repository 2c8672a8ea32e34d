"""材料接收凭证: materials were taken, nothing is decided yet."""

from __future__ import annotations

from counter_app.documents import material_parts, parts, words
from counter_app.documents.registry import Paper

PAPER = Paper(
    "CLJS",
    "材料接收凭证",
    "cljs",
    parts.paper(
        parts.opening,
        parts.key(
            ("当前状态", lambda _: "已接收，尚未受理"),
            ("接收日期", lambda c: words.day(c.submitted_at or c.issued_at)),
            ("咨询电话", lambda c: c.agency.tel or words.HOTLINE),
        ),
        parts.applicant,
        parts.reception,
        material_parts.materials,
        parts.offline,
        parts.notices("no_fee", "truth"),
        parts.signing(),
    ),
)

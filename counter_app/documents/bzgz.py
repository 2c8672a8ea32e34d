"""一次性补正告知书: everything that is missing, said once."""

from __future__ import annotations

from counter_app.documents import material_parts, parts, words
from counter_app.documents.registry import Paper

PAPER = Paper(
    "BZGZ",
    "一次性补正告知书",
    "bzgz",
    parts.paper(
        parts.opening,
        parts.key(
            ("请在此日前补正", lambda c: words.day(c.reply_by)),
            ("补正地点", lambda c: c.agency.hall or "原窗口或任一综合窗口"),
            ("咨询电话", lambda c: c.agency.tel or words.HOTLINE),
        ),
        parts.matter,
        parts.reception,
        parts.numbered("需要补正的内容", "corrections"),
        material_parts.materials,
        parts.numbered("依据", "basis"),
        parts.notices("no_fee"),
        parts.signing(),
    ),
)

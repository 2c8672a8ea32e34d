"""受理通知书: the promise a citizen takes home for a matter that takes time (24 items, hall practice §3)."""

from __future__ import annotations

from counter_app.documents import material_parts, parts, words
from counter_app.documents.registry import Paper

PAPER = Paper(
    "SLTZ",
    "受理通知书",
    "sltz",
    parts.paper(
        parts.opening,
        parts.key(
            ("受理日期", lambda c: words.day(c.accepted_at)),
            ("应办结日", words.due),
            ("咨询电话", lambda c: c.agency.tel or words.HOTLINE),
        ),
        parts.applicant,
        parts.handling,
        material_parts.materials,
        parts.answers,
        parts.limits,
        parts.offline,
        parts.notices("not_approval", "truth", "fee_and_copies"),
        parts.signing(),
    ),
    copies=2,
)

"""业务办理回执: the one page for a matter done on the spot."""

from __future__ import annotations

from counter_app.documents import material_parts, parts, words
from counter_app.documents.registry import Paper

PAPER = Paper(
    "YWHZ",
    "业务办理回执",
    "ywhz",
    parts.paper(
        parts.opening,
        parts.key(
            ("办理结果", lambda _: "已当场办结"),
            ("办结时间", lambda c: words.moment(c.accepted_at)),
            ("咨询电话", lambda c: c.agency.tel or words.HOTLINE),
        ),
        parts.applicant,
        parts.handling,
        parts.answers,
        material_parts.materials,
        parts.offline,
        parts.notices("no_fee", "truth"),
        parts.signing(),
    ),
)

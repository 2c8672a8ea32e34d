"""一次性告知单: what to bring, told before anybody stands in line twice."""

from __future__ import annotations

from counter_app.documents import material_parts, parts, words
from counter_app.documents.registry import Paper
from counter_app.domain.papers import PaperContent


def limit(content: PaperContent) -> str:
    """The promised limit, else the statutory one."""
    days = content.statutory_days if content.promised_days is None else content.promised_days
    return words.working_days(days)


PAPER = Paper(
    "YCGZ",
    "一次性告知单",
    "ycgz",
    parts.paper(
        parts.opening,
        parts.key(
            ("办理地点", lambda c: c.agency.hall),
            ("办理时限", limit),
            ("咨询电话", lambda c: c.agency.tel or words.HOTLINE),
        ),
        parts.consulted,
        material_parts.needed,
        parts.numbered("办理依据", "basis"),
        parts.numbered("不予受理的情形", "reasons"),
        parts.limits,
        parts.notices("no_fee"),
        parts.signing("领取人", seal=False),
    ),
    seals=(),
)

"""转办（移送）单: a case goes to another desk, window or organisation, with its papers and its time limit."""

from __future__ import annotations

from counter_app.documents import handing, parts
from counter_app.documents.registry import Paper

PAPER = Paper(
    "ZBYS",
    "转办（移送）单",
    "zbys",
    parts.paper(
        parts.opening,
        parts.matter,
        handing.hands("转办双方", "转出", "转入"),
        parts.numbered("转办（移送）理由", "reasons"),
        parts.limits,
        handing.sheets,
        parts.told("转办须知", "notices"),
        parts.signing("转出人（签名）", "接收人（签名）"),
    ),
    copies=2,
)

"""查询结果单: what was found for somebody who asked; no certificate, and who asked stands on it."""

from __future__ import annotations

from counter_app.documents import handing, parts
from counter_app.documents.registry import Paper

PAPER = Paper(
    "CXJG",
    "查询结果单",
    "cxjg",
    parts.paper(
        parts.opening,
        handing.insured,
        handing.results("查询结果"),
        parts.offline,
        parts.notices(),
        parts.signing("查询人签收", seal=False),
    ),
    seals=(),
)

"""原件交接单: originals go from the front to the back or home again, counted page by page."""

from __future__ import annotations

from counter_app.documents import handing, parts
from counter_app.documents.registry import Paper

PAPER = Paper(
    "YJJJ",
    "原件交接单",
    "yjjj",
    parts.paper(
        parts.opening,
        parts.matter,
        handing.hands("交接双方", "移交人", "接收人"),
        handing.sheets,
        parts.told("交接须知", "notices"),
        parts.signing("移交人（签名）", "接收人（签名）", seal=False),
    ),
    seals=(),
    copies=2,
)

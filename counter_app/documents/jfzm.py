"""参保缴费证明: that somebody is insured, as the data say on a day."""

from __future__ import annotations

from counter_app.documents import handing, parts
from counter_app.documents.registry import Paper

PAPER = Paper(
    "JFZM",
    "参保缴费证明",
    "jfzm",
    parts.paper(
        parts.opening,
        handing.insured,
        handing.results("参保情况"),
        parts.notices(),
        parts.signing("经办人"),
    ),
)

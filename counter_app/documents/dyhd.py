"""待遇核定（支付）通知书: what will be paid, and how it was worked out."""

from __future__ import annotations

from counter_app.documents import parts, words
from counter_app.documents.registry import Paper

PAPER = Paper(
    "DYHD",
    "待遇核定（支付）通知书",
    "dyhd",
    parts.paper(
        parts.opening,
        parts.key(
            ("核定金额", lambda c: words.yuan(c.amount)),
            ("收款账户", lambda c: f"尾号 {c.account_tail}" if c.account_tail else ""),
            ("咨询电话", lambda c: c.agency.tel or words.HOTLINE),
        ),
        parts.matter,
        parts.sums,
        parts.validity,
        parts.numbered("说明", "reasons"),
        parts.numbered("依据", "basis"),
        parts.notices(),
        parts.signing(),
    ),
)

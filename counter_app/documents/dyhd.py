"""待遇核定（支付）通知书: what will be paid, and how it was worked out."""

from __future__ import annotations

from counter_app.documents.letter import letter, matter, numbered, sums
from counter_app.documents.registry import Paper

PAPER = Paper("DYHD", "待遇核定（支付）通知书", letter("dyhd", matter, sums, numbered("说明", "reasons")))

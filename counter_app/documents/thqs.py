"""原件退还签收单: originals go back to their owner."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.letter import letter, matter
from counter_app.documents.registry import Paper

PAPER = Paper(
    "THQS",
    "原件退还签收单",
    letter("thqs", matter, parts.materials, signer="领取人签收", seal=False),
    seals=(),
)

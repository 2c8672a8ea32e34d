"""一次性告知单: what to bring, told before anybody stands in line twice."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.letter import letter, matter, numbered
from counter_app.documents.registry import Paper

PAPER = Paper(
    "YCGZ",
    "一次性告知单",
    letter(
        "ycgz",
        matter,
        parts.materials,
        numbered("不予受理的情形", "reasons"),
        parts.limits,
        signer="领取人",
        seal=False,
    ),
    seals=(),
)

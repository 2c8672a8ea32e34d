"""证明事项告知承诺书: a written promise in place of a certificate."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.registry import Paper
from counter_app.documents.rqcn import copies

PAPER = Paper(
    "GZCN",
    "证明事项告知承诺书",
    "gzcn",
    parts.paper(
        parts.opening,
        parts.matter,
        parts.numbered("一、以承诺代替证明的事项", "commitments"),
        parts.told("二、经办机构告知", "told"),
        parts.told("三、申请人承诺", "promised", small=False),
        parts.signing("承诺人（代办人）签字或按指印"),
        copies,
    ),
    copies=2,
)

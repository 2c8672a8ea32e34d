"""一次性补正告知书: everything that is missing, said once."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.letter import letter, numbered
from counter_app.documents.registry import Paper

PAPER = Paper(
    "BZGZ",
    "一次性补正告知书",
    letter("bzgz", parts.applicant, numbered("需要补正的内容", "corrections"), parts.materials),
)

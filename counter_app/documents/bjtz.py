"""办结通知书: the matter is done."""

from __future__ import annotations

from counter_app.documents.letter import letter, matter, numbered
from counter_app.documents.registry import Paper

PAPER = Paper("BJTZ", "办结通知书", letter("bjtz", matter, numbered("办理结果", "reasons")))

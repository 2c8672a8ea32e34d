"""延期办理告知书: the matter needs longer than promised."""

from __future__ import annotations

from counter_app.documents.letter import letter, matter, numbered
from counter_app.documents.registry import Paper

PAPER = Paper("YQBL", "延期办理告知书", letter("yqbl", matter, numbered("延期的原因", "reasons")))

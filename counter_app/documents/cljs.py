"""材料接收凭证: materials were taken, nothing is decided yet."""

from __future__ import annotations

from counter_app.documents import parts
from counter_app.documents.letter import letter
from counter_app.documents.registry import Paper

PAPER = Paper("CLJS", "材料接收凭证", letter("cljs", parts.applicant, parts.handling, parts.materials))

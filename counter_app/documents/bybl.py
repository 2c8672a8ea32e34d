"""不予办理决定书 (不予支付决定书 where money is refused): examined and refused, with reasons and remedies."""

from __future__ import annotations

from counter_app.documents import parts, words
from counter_app.documents.blocks import Block, Opening
from counter_app.documents.registry import Paper
from counter_app.documents.sentences import Form
from counter_app.domain.papers import PaperContent


def opening(content: PaperContent, form: Form) -> list[Block]:
    """What was decided; with a sum, that it is not paid."""
    return [Opening(form.text("opening_payment") or form.text("opening"))]


PAPER = Paper(
    "BYBL",
    "不予办理决定书",
    "bybl",
    parts.paper(
        opening,
        parts.key(
            ("不予支付金额", lambda c: words.yuan(c.amount)),
            ("决定日期", lambda c: words.day(c.issued_at)),
            ("咨询电话", lambda c: c.agency.tel or words.HOTLINE),
        ),
        parts.matter,
        parts.numbered("理由", "reasons"),
        parts.numbered("依据", "basis"),
        parts.steps,
        parts.notices(),
        parts.signing(),
    ),
    payment_title="不予支付决定书",
)

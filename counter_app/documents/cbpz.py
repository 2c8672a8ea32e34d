"""基本医疗保险参保凭证: what the next place needs to take an insurance relation over."""

from __future__ import annotations

from counter_app.documents import handing, parts
from counter_app.documents.blocks import Block, Facts, Heading
from counter_app.documents.registry import Paper
from counter_app.documents.sentences import Form
from counter_app.domain.papers import PaperContent


def from_agency(content: PaperContent, form: Form) -> list[Block]:
    """The agency the other place writes to."""
    agency = content.agency
    pairs = (
        ("经办机构", agency.name or agency.region_name),
        ("联系电话", agency.tel),
        ("联系地址", agency.address),
    )
    return [Heading("转出地经办机构"), Facts(pairs)]


PAPER = Paper(
    "CBPZ",
    "基本医疗保险参保凭证",
    "cbpz",
    parts.paper(
        parts.opening,
        handing.insured,
        handing.results("参保情况"),
        from_agency,
        parts.notices(),
        parts.signing("经办人"),
    ),
)

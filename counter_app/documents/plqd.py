"""批量业务受理清单: one paper for everybody of an employer's or a village's list."""

from __future__ import annotations

from counter_app.documents import parts, words
from counter_app.documents.blocks import Block, Facts, Heading, Table
from counter_app.documents.registry import Paper
from counter_app.documents.sentences import Form
from counter_app.domain.papers import PaperContent

_COLUMNS = ((6, "序"), (16, "姓名"), (27, "证件号码"), (29, "受理编号"), (22, "办理情况"))


def handed_in(content: PaperContent, form: Form) -> list[Block]:
    """Whose list it is, who brought it, and about what."""
    owner = [("单位名称", content.emp_name), ("统一代码", content.uscc)] if content.emp_name else []
    tail = f"后四位 {content.agent_certno_tail}" if content.agent_certno_tail else ""
    pairs = [
        *owner,
        ("名单经办人", content.agent_name),
        ("经办人证件", tail),
        ("办理事项", parts.matter_name(content)),
        *((answer.label, answer.value) for answer in content.answers),
        ("受理时间", words.moment(content.accepted_at)),
        ("受理窗口", words.window(content)),
        ("受理人", words.clerk(content)),
    ]
    return [Heading("名单与事项"), Facts(tuple(pairs))]


def listed(content: PaperContent, form: Form) -> list[Block]:
    """Everybody by name, masked, each with a number of their own."""
    rows = tuple(
        (
            str(nth),
            one.name,
            one.certno,
            one.number,
            f"{one.outcome}\n{words.day(one.due_on)}前办结" if one.due_on else one.outcome,
        )
        for nth, one in enumerate(content.people, 1)
    )
    return [Heading("人员清单"), Table(_COLUMNS, rows)] if rows else []


PAPER = Paper(
    "PLQD",
    "批量业务受理清单",
    "plqd",
    parts.paper(
        parts.opening,
        parts.key(
            ("批次编号", lambda c: c.number),
            ("本次受理", lambda c: f"{len(c.people)} 人"),
            ("咨询电话", lambda c: c.agency.tel or words.HOTLINE),
        ),
        handed_in,
        listed,
        parts.offline,
        parts.notices("truth"),
        parts.signing("名单经办人签收"),
    ),
    copies=2,
)

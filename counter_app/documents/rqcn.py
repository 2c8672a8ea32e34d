"""容缺受理告知承诺书: above, what the agency says; below, what the applicant promises and signs."""

from __future__ import annotations

from counter_app.documents import material_parts, parts, words
from counter_app.documents.blocks import Block, Divide, Heading, Key, Listed, Table, Text
from counter_app.documents.registry import Paper
from counter_app.documents.sentences import Form
from counter_app.domain.papers import PaperContent


def missing(content: PaperContent, form: Form) -> list[Block]:
    """What is to be brought, in which form, by when and where."""
    columns = ((6, "序"), (50, "材料名称"), (17, "形式与份数"), (27, "补交期限"))
    rows = tuple(
        (str(n), item.name, words.shape(item), words.day(item.due_on))
        for n, item in enumerate(material_parts.late(content), 1)
    )
    return [Heading("容缺材料"), Table(columns, rows)] if rows else []


def deadline(content: PaperContent, form: Form) -> list[Block]:
    """The earliest day counts: nothing may be late."""
    days = [item.due_on for item in material_parts.late(content) if item.due_on]
    where = content.agency.hall or "原窗口或任一综合窗口"
    return [Key((("请在此日前补交", words.day(min(days, default=""))), ("补交地点", where)))]


def promise(content: PaperContent, form: Form) -> list[Block]:
    """The lower half: the applicant's own words."""
    lines = [*form.lines("promised"), form.text("committed")]
    return [
        Divide(),
        Heading("第二部分　申请人承诺"),
        Listed(tuple(line for line in lines if line)),
    ]


def copies(content: PaperContent, form: Form) -> list[Block]:
    """Who keeps which sheet."""
    return [Text(form.common.text("two_copies"), small=True)]


PAPER = Paper(
    "RQCN",
    "容缺受理告知承诺书",
    "rqcn",
    parts.paper(
        parts.heading("第一部分　经办机构告知"),
        parts.opening,
        deadline,
        parts.matter,
        missing,
        parts.told("告知内容", "told"),
        parts.signing("经办人"),
        promise,
        parts.signing("申请人（代办人）签字或按指印", seal=False),
        copies,
    ),
    copies=2,
)

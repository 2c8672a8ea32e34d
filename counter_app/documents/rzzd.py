"""日终扎账单: what must be equal, line by line, with every difference by its name; signed by two."""

from __future__ import annotations

from counter_app.documents import parts, words
from counter_app.documents.blocks import Block, Facts, Heading, Listed, Table, Text
from counter_app.documents.registry import Paper
from counter_app.documents.sentences import Form
from counter_app.domain.papers import PaperContent

_COLUMNS = ((17, "项目"), (20, "应"), (37, "实"), (9, "差"), (17, "结论"))


def day(content: PaperContent, form: Form) -> list[Block]:
    """Which day, which window, who opened and who closes."""
    pairs = (
        ("业务日期", words.day(content.as_of)),
        ("窗口", words.window(content)),
        ("开班时间", words.moment(content.submitted_at)),
        ("扎账时间", words.moment(content.issued_at)),
        ("开班两人", content.helper),
        ("经办人", content.giver),
        ("复核人", content.taker),
    )
    return [Heading("班次"), Facts(pairs)]


def sheet(content: PaperContent, form: Form) -> list[Block]:
    """One row a comparison."""
    rows = tuple(
        (line.name, line.left, line.right, str(line.difference), "不符，见下" if line.note else "相符")
        for line in content.tally
    )
    return [Heading("核对结果"), Table(_COLUMNS, rows, right=(3,))]


def differences(content: PaperContent, form: Form) -> list[Block]:
    """What differs, by name, and why."""
    if not content.reasons:
        return [Heading("差异与说明"), Text("各项相符，没有差异。")]
    return [Heading("差异与说明"), Listed(tuple(content.reasons))]


PAPER = Paper(
    "RZZD",
    "日终扎账单",
    "rzzd",
    parts.paper(
        parts.opening,
        day,
        sheet,
        differences,
        parts.numbered("登记事项", "told"),
        parts.told("封存", "notices"),
        parts.signing("经办人（签名）", "复核人（签名）", seal=False),
    ),
    seals=(),
)

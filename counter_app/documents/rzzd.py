"""日终扎账单: what must be equal, line by line, with every difference by its name; signed by two."""

from __future__ import annotations

from counter_app.documents import parts, words
from counter_app.documents.blocks import Block, Facts, Heading, Listed, Opening, Table, Text
from counter_app.documents.registry import Paper
from counter_app.documents.sentences import Form
from counter_app.domain.papers import PaperContent, PaperTally

_COLUMNS = ((17, "项目"), (20, "应"), (37, "实"), (9, "差"), (17, "结论"))


def opening(content: PaperContent, form: Form) -> list[Block]:
    """What this sheet does: the whole day, or what was left of it (补充)."""
    return [Opening(form.text("opening_rest" if content.completes else "opening"))]


def closing(content: PaperContent, form: Form) -> list[Block]:
    """What is put away with it."""
    if content.completes:
        return parts.told("归档", "notices_rest")(content, form)
    return parts.told("封存", "notices")(content, form)


def day(content: PaperContent, form: Form) -> list[Block]:
    """Which day, which window, who opened and who closes."""
    pairs = (
        ("业务日期", words.day(content.as_of)),
        ("窗口", words.window(content)),
        *([("补充的扎账单", content.completes)] if content.completes else []),
        ("开班时间", words.moment(content.submitted_at)),
        ("补充核对时间" if content.completes else "扎账时间", words.moment(content.issued_at)),
        ("开班两人", content.helper),
        ("经办人", content.giver),
        ("复核人", content.taker),
    )
    return [Heading("班次"), Facts(pairs)]


def sheet(content: PaperContent, form: Form) -> list[Block]:
    """One row a comparison."""
    rows = tuple(
        (line.name, line.left, line.right, _difference(line), _verdict(line)) for line in content.tally
    )
    return [Heading("核对结果"), Table(_COLUMNS, rows, right=(3,))]


def _difference(line: PaperTally) -> str:
    return str(line.difference) if line.is_checked else "—"


def _verdict(line: PaperTally) -> str:
    if not line.is_checked:
        return "未核"
    return "不符，见下" if line.note else "相符"


def differences(content: PaperContent, form: Form) -> list[Block]:
    """What differs, by name, and why."""
    if not content.reasons:
        checked = "已核对的" if any(not line.is_checked for line in content.tally) else ""
        return [Heading("差异与说明"), Text(f"{checked}各项相符，没有差异。")]
    return [Heading("差异与说明"), Listed(tuple(content.reasons))]


PAPER = Paper(
    "RZZD",
    "日终扎账单",
    "rzzd",
    parts.paper(
        opening,
        day,
        sheet,
        differences,
        parts.numbered("登记事项", "told"),
        closing,
        parts.signing("经办人（签名）", "复核人（签名）", seal=False),
    ),
    seals=(),
)

"""Parts of papers on which something changes hands: originals, a case, a decision; and what was asked for."""

from __future__ import annotations

from counter_app.documents import parts, words
from counter_app.documents.blocks import Block, Facts, Heading, Table
from counter_app.documents.parts import Part
from counter_app.documents.sentences import Form
from counter_app.domain.papers import PaperBundle, PaperContent

BOXES, IN_LINE = 32, 8  # pages with a box of their own (more are counted in the last one); boxes in a line


def hands(heading: str, gives: str, takes: str) -> Part:
    """From whom to whom, both by name, and when."""

    def part(content: PaperContent, form: Form) -> list[Block]:
        pairs = (
            (gives, _named(content.giver_post, content.giver)),
            (takes, _named(content.taker_post, content.taker)),
            ("交接时间", words.moment(content.issued_at)),
            ("办理期限", words.day(content.reply_by)),
        )
        return [Heading(heading), Facts(pairs)]

    return part


def sheets(content: PaperContent, form: Form) -> list[Block]:
    """What is handed over, with a box to tick for every page."""
    if not content.bundles:
        return []
    rows = [
        (str(n), one.name, words.FORMS.get(one.form, one.form), str(one.pages), boxes(one))
        for n, one in enumerate(content.bundles, 1)
    ]
    rows.append(("", f"合计 {len(rows)} 种", "", str(sum(b.pages for b in content.bundles)), ""))
    columns = ((5, "序"), (35, "材料名称"), (12, "形式"), (8, "页数"), (40, "逐页清点（√）"))
    return [Heading("交接的材料"), Table(columns, tuple(rows), right=(3,))]


def boxes(bundle: PaperBundle) -> str:
    """One box per page; a long bundle ends with the number of its last page."""
    marks = [f"□{n}" for n in range(1, min(bundle.pages, BOXES) + 1)]
    lines = [" ".join(marks[n : n + IN_LINE]) for n in range(0, len(marks), IN_LINE)]
    if bundle.pages > BOXES:
        lines.append(f"…… □{bundle.pages}")
    return "\n".join((*lines, bundle.note) if bundle.note else lines)


def served(content: PaperContent, form: Form) -> list[Block]:
    """The papers that are served: title and number."""
    rows = tuple((str(n), one.name, one.note) for n, one in enumerate(content.bundles, 1))
    columns = ((6, "序"), (46, "送达文书"), (48, "文书编号"))
    return [Heading("送达的文书"), Table(columns, rows)] if rows else []


def service(content: PaperContent, form: Form) -> list[Block]:
    """How and where it was served, with room for what only happens on the spot."""
    pairs = (
        ("受送达人", content.taker or content.emp_name or content.applicant_name),
        ("送达方式", content.result_delivery),
        ("送达地点", content.taker_post),
        ("送达人", content.giver),
        ("收到时间", "　　　年　　月　　日　　时　　分"),
        ("代收人及关系", "　"),
        ("拒收或未达事由", "　"),
        ("见证人", "　"),
    )
    return [Heading("送达情况"), Facts(pairs)]


def procedure(content: PaperContent, form: Form) -> list[Block]:
    """Which procedure stops the clock, how long, and what that does to the last day."""
    estimated = form.common.text("estimated") if content.due_is_estimated else ""
    pairs = (
        ("特别程序", content.procedure),
        ("最长用时", words.working_days(content.procedure_days)),
        ("开始日期", words.day(content.valid_from)),
        ("预计结束", words.day(content.valid_to)),
        ("顺延后应办结日", words.day(content.due_on) + (estimated if content.due_on else "")),
    )
    return [Heading("不计入办理时限的程序"), Facts(pairs)]


def results(heading: str) -> Part:
    """What was found, label by label, and as of when."""

    def part(content: PaperContent, form: Form) -> list[Block]:
        pairs = [(one.label, one.value) for one in content.results]
        pairs.append(("数据截至", words.day(content.as_of)))
        return [Heading(heading), Facts(tuple(pairs))]

    return part


def insured(content: PaperContent, form: Form) -> list[Block]:
    """Whom a certificate is about, and who had it printed."""
    pairs = [*parts.who(content), ("险种", words.INSURANCE.get(content.insutype, content.insutype))]
    pairs += [("参保地", content.insuplc), *parts.agent(content)]
    asked = [("申请内容", "；".join(f"{a.label}：{a.value}" for a in content.answers))]
    return [Heading("参保人" if not content.emp_name else "参保单位"), Facts((*pairs, *asked))]


def _named(post: str, name: str) -> str:
    return "　".join(part for part in (post, name) if part)

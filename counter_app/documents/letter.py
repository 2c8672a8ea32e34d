"""Papers that are letters: an opening, some blocks, notices, signatures; the words come from a form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from counter_app.documents import parts, words
from counter_app.documents.sheet import Sheet
from counter_app.domain.papers import PaperContent

Block = Callable[[Sheet, PaperContent], None]


def letter(name: str, *blocks: Block, signer: str = "申请人（代办人）签收", seal: bool = True) -> Block:
    """A compose function from the form `name` (opening, notices) and the given blocks."""

    def compose(sheet: Sheet, content: PaperContent) -> None:
        form = words.form(name)
        sheet.paragraph(fill(form["opening"], content), gap=4)
        for block in blocks:
            block(sheet, content)
        lines = [fill(line, content) for line in form.get("notices", [])]
        parts.notices(sheet, content, [*lines, content.remedy, parts.enquiries(content)])
        parts.signatures(sheet, content, signer, seal)

    return compose


def fill(sentence: str, content: PaperContent) -> str:
    """A sentence with its places filled; one that needs something unknown is left out whole."""
    known = values(content)
    for place in _places(sentence):
        if not known.get(place):
            return ""
    return sentence.format(**known)


def values(content: PaperContent) -> dict[str, Any]:
    """What a form's sentence may name in braces."""
    return {
        "applicant": content.emp_name or content.applicant_name,
        "type": content.type_name,
        "accepted": words.day(content.accepted_at),
        "submitted": words.day(content.submitted_at),
        "issued": words.day(content.issued_at),
        "due": words.day(content.due_on),
        "reply_by": words.day(content.reply_by),
        "go_to": content.go_to,
        "amount": words.yuan(content.amount),
        "agent": content.agent_name,
        "from": words.day(content.valid_from),
        "to": words.day(content.valid_to),
        "case": content.case_number,
        "agency": content.agency.name or content.agency.region_name,
    }


def numbered(heading: str, field: str) -> Block:
    """A block that lists a field of the content, numbered, under a heading."""

    def block(sheet: Sheet, content: PaperContent) -> None:
        lines: list[str] = getattr(content, field)
        if not lines:
            return
        sheet.heading(heading)
        for nth, line in enumerate(lines, 1):
            sheet.paragraph(f"{nth}. {line}", gap=1)

    return block


def matter(sheet: Sheet, content: PaperContent) -> None:
    """Which case the letter is about, in two lines."""
    situation = f"（{content.situation}）" if content.situation else ""
    sheet.heading("申请人与事项")
    name = "单位名称" if content.emp_name else "申请人"
    sheet.pairs(
        [
            (name, content.emp_name or content.applicant_name),
            ("受理编号", content.case_number if content.case_number != content.number else ""),
            ("证件号码", content.applicant_certno),
            ("受理日期", words.day(content.accepted_at)),
        ]
    )
    sheet.rows([("办理事项", content.type_name + situation)])


def sums(sheet: Sheet, content: PaperContent) -> None:
    """How an amount came about, step by step, and the amount."""
    if content.steps:
        sheet.heading("计算过程")
        rows = [
            [s.text, _source(s.parameter, s.region, s.effective), words.yuan(s.amount)] for s in content.steps
        ]
        sheet.table([(50, "步骤"), (30, "依据"), (20, "金额")], rows)
    if content.amount is not None:
        sheet.rows([("核定金额", words.yuan(content.amount))])


def _source(parameter: str, region: str, effective: str) -> str:
    return "，".join(part for part in (parameter, region, f"{effective} 起施行" if effective else "") if part)


def _places(sentence: str) -> list[str]:
    return [part.split("}")[0] for part in sentence.split("{")[1:]]

"""容缺受理告知承诺书: above, what the agency says; below, what the applicant promises and signs."""

from __future__ import annotations

from counter_app.documents import parts, words
from counter_app.documents.letter import matter
from counter_app.documents.registry import Paper
from counter_app.documents.sheet import MM, Sheet
from counter_app.domain.papers import PaperContent


def compose(sheet: Sheet, content: PaperContent) -> None:
    """Write both halves."""
    form = words.form("rqcn")
    late = [m for m in content.materials if m.source == "deferred"]
    sheet.heading("第一部分　经办机构告知")
    sheet.paragraph(form["opening"], gap=4)
    matter(sheet, content)
    rows = [
        [str(n), m.name, words.FORMS.get(m.form, m.form), words.day(m.due_on)] for n, m in enumerate(late, 1)
    ]
    sheet.heading("容缺材料")
    sheet.table([(6, "序"), (52, "材料名称"), (16, "形式"), (26, "补交期限")], rows)
    for nth, line in enumerate(form["told"], 1):
        sheet.paragraph(f"{nth}. {line}", 9.5, gap=1)
    parts.signatures(sheet, content, signer="经办人", seal=True)
    _cut(sheet)
    sheet.heading("第二部分　申请人承诺")
    promises = [*form["promised"]]
    if content.commitments:
        promises.append(form["committed"].format(names="、".join(content.commitments)))
    for nth, line in enumerate(promises, 1):
        sheet.paragraph(f"{nth}. {line}", gap=1)
    parts.signatures(sheet, content, signer="申请人（代办人）签字或按指印", seal=False)
    sheet.paragraph(words.form("common")["two_copies"], 9)


def _cut(sheet: Sheet) -> None:
    sheet.need(90 * MM)
    sheet.canvas.setDash(4, 3)
    sheet.rule(10)
    sheet.canvas.setDash()


PAPER = Paper("RQCN", "容缺受理告知承诺书", compose, copies=2)

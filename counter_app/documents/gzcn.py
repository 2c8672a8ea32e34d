"""证明事项告知承诺书: a written promise in place of a certificate."""

from __future__ import annotations

from counter_app.documents import parts, words
from counter_app.documents.letter import matter
from counter_app.documents.registry import Paper
from counter_app.documents.sheet import Sheet
from counter_app.domain.papers import PaperContent


def compose(sheet: Sheet, content: PaperContent) -> None:
    """Write what is told, then what is promised."""
    form = words.form("gzcn")
    sheet.paragraph(form["opening"], gap=4)
    matter(sheet, content)
    sheet.heading("一、证明事项")
    for nth, line in enumerate(content.commitments, 1):
        sheet.paragraph(f"{nth}. {line}", gap=1)
    sheet.heading("二、经办机构告知")
    for nth, line in enumerate(form["told"], 1):
        sheet.paragraph(f"{nth}. {line}", 9.5, gap=1)
    sheet.heading("三、申请人承诺")
    for nth, line in enumerate(form["promised"], 1):
        sheet.paragraph(f"{nth}. {line}", gap=1)
    parts.signatures(sheet, content, signer="承诺人（代办人）签字或按指印", seal=False)
    sheet.paragraph(words.form("common")["two_copies"], 9)


PAPER = Paper("GZCN", "证明事项告知承诺书", compose, seals=(), copies=2)

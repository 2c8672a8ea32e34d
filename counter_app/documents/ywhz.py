"""业务办理回执: the one page for a matter done on the spot."""

from __future__ import annotations

from counter_app.documents import parts, words
from counter_app.documents.registry import Paper
from counter_app.documents.sheet import Sheet
from counter_app.domain.papers import PaperContent


def compose(sheet: Sheet, content: PaperContent) -> None:
    """Write the receipt."""
    form, common = words.form("ywhz"), words.form("common")
    sheet.paragraph(form["opening"].format(when=words.moment(content.accepted_at)), gap=4)
    parts.applicant(sheet, content)
    parts.handling(sheet, content)
    parts.answers(sheet, content)
    parts.materials(sheet, content)
    committed = form["committed"].format(names="、".join(content.commitments)) if content.commitments else ""
    parts.notices(
        sheet,
        content,
        [committed, common["no_fee"], common["truth"] + common["privacy"], parts.enquiries(content)],
    )
    parts.signatures(sheet, content)


PAPER = Paper("YWHZ", "业务办理回执", compose)

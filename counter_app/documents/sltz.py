"""受理通知书: the promise a citizen takes home for a matter that takes time (24 items, hall practice §3)."""

from __future__ import annotations

from counter_app.documents import parts, words
from counter_app.documents.registry import Paper
from counter_app.documents.sheet import Sheet
from counter_app.domain.papers import PaperContent


def compose(sheet: Sheet, content: PaperContent) -> None:
    """Write the notice."""
    form, common = words.form("sltz"), words.form("common")
    sheet.paragraph(form["opening"], gap=4)
    parts.applicant(sheet, content)
    parts.handling(sheet, content)
    parts.materials(sheet, content)
    parts.answers(sheet, content)
    parts.limits(sheet, content)
    late = [m for m in content.materials if m.source == "deferred"]
    parts.notices(
        sheet,
        content,
        [
            form["deferred"].format(names="、".join(m.name for m in late)) if late else "",
            form["committed"].format(names="、".join(content.commitments)) if content.commitments else "",
            common["not_approval"],
            common["no_fee"],
            common["truth"] + common["privacy"],
            parts.enquiries(content),
            common["two_copies"],
        ],
    )
    parts.signatures(sheet, content)


PAPER = Paper("SLTZ", "受理通知书", compose, copies=2)

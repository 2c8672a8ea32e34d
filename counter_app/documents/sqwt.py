"""授权委托书: the principal lets somebody act; a blank one can be taken home."""

from __future__ import annotations

from counter_app.documents import parts, words
from counter_app.documents.registry import Paper
from counter_app.documents.sheet import Sheet
from counter_app.domain.papers import PaperContent

BLANK = "＿＿＿＿＿＿＿＿＿＿＿＿"


def compose(sheet: Sheet, content: PaperContent) -> None:
    """Write the authorisation, with lines where nothing is known yet."""
    form = words.form("sqwt")
    sheet.heading("委托人")
    sheet.pairs(
        [("姓　　名", content.applicant_name or BLANK), ("证件号码", content.applicant_certno or BLANK)]
    )
    sheet.heading("受托人")
    tail = f"后四位 {content.agent_certno_tail}" if content.agent_certno_tail else BLANK
    sheet.pairs([("姓　　名", content.agent_name or BLANK), ("证件号码", tail)])
    sheet.rows([("与委托人关系", content.agent_relation or BLANK)], label=92)
    sheet.heading("委托事项与权限")
    sheet.paragraph(form["scope"].format(type=content.type_name or BLANK), gap=3)
    until = words.day(content.valid_to) or "＿＿＿年＿＿月＿＿日"
    since = words.day(content.valid_from) or words.day(content.issued_at)
    sheet.paragraph(form["period"].format(since=since, until=until), gap=3)
    for nth, line in enumerate(form["told"], 1):
        sheet.paragraph(f"{nth}. {line}", 9.5, gap=1)
    parts.signatures(sheet, content, signer="委托人签字或按指印", seal=False)
    parts.signatures(sheet, content, signer="受托人签字", seal=False)


PAPER = Paper("SQWT", "授权委托书", compose, seals=())

"""授权委托书: the principal lets somebody act; a blank one can be taken home."""

from __future__ import annotations

from counter_app.documents import parts, words
from counter_app.documents.blocks import Block, Facts, Heading, Text
from counter_app.documents.registry import Paper
from counter_app.documents.sentences import Form
from counter_app.domain.papers import PaperContent

BLANK = "　\n　"  # an empty cell to write in
WIDE = "　" * 24 + "\n　"  # one over the whole line


def people(content: PaperContent, form: Form) -> list[Block]:
    """Both persons, with room to write what is not known."""
    tail = f"后四位 {content.agent_certno_tail}" if content.agent_certno_tail else BLANK
    principal = (
        ("姓名", content.applicant_name or BLANK),
        ("证件号码", content.applicant_certno or BLANK),
        ("联系电话", BLANK),
        ("住址", WIDE),
    )
    agent = (
        ("姓名", content.agent_name or BLANK),
        ("证件号码", tail),
        ("联系电话", BLANK),
        ("与委托人关系", content.agent_relation or BLANK),
    )
    return [Heading("委托人"), Facts(principal), Heading("受托人"), Facts(agent)]


def scope(content: PaperContent, form: Form) -> list[Block]:
    """What may be done, and for how long."""
    until = words.day(content.valid_to) or "＿＿＿＿年＿＿月＿＿日"
    return [
        Heading("委托事项与期限"),
        Text("　　" + form.text("scope", type=content.type_name or "＿＿＿＿＿＿＿＿＿＿")),
        Text("　　" + form.text("period", to=until)),
    ]


PAPER = Paper(
    "SQWT",
    "授权委托书",
    "sqwt",
    parts.paper(
        people,
        scope,
        parts.told("须知", "told"),
        parts.signing("委托人签字或按指印", "受托人签字", seal=False),
    ),
    seals=(),
)

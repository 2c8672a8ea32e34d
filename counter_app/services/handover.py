"""What a case owes its citizen on paper, and how it reaches them: 窗口、邮寄、电子、短信.

A decision the hub made has no paper yet: it is drawn up, numbered and signed when it is handed over.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from counter_app.catalog.verbs import is_money
from counter_app.domain.cases import CaseRecord, Fact, PaperRecord
from counter_app.domain.life import Life, Turn, Wish
from counter_app.domain.papers import PaperContent, PaperStep
from counter_app.policy.case_clocks import nearest
from counter_app.policy.life_rules import WAYS
from counter_app.problems import Problem
from counter_app.services import estimate
from counter_app.services.accept import issue, seals_for
from counter_app.services.contents import from_record
from counter_app.services.life import fact_of, judged, keep, life_of, record_of
from counter_app.services.office import Office
from counter_app.services.ports import Unit

_PAPERS: Mapping[str, str] = {
    "accept": "SLTZ",
    "defer": "RQCN",
    "supplement": "BZGZ",
    "return": "BZGZ",
    "decline": "BYSL",
    "refuse": "BYBL",
    "grant": "YQBL",
    "terminate": "ZZBL",
    "uphold": "YYDF",
    "reverse": "CZGZ",
    "recover": "DYTH",
    "withdraw": "CHSQ",
}
_RESULTS = frozenset({"second", "pay", "finish", "tell_result"})
_NEEDS_WORD = {"窗口": "签收情况", "邮寄": "邮件号"}


def owed(office: Office, record: CaseRecord, life: Life) -> list[tuple[Turn, str]]:
    """Turns whose paper has not been drawn up yet, with its code, in order."""
    have = Counter(paper.kind for paper in office.ports.storage.papers(record.number))
    lacking = []
    for turn in life.history:
        code = paper_of(life, turn)
        if code and have[code]:
            have[code] -= 1
        elif code:
            lacking.append((turn, code))
    return lacking


def paper_of(life: Life, turn: Turn) -> str:
    """The code of the paper a turn calls for, "" for none."""
    if turn.act in _RESULTS and turn.target == "done":
        last = [one for one in life.history if one.act == turn.act][-1]
        return ("DYHD" if is_money(life.flow) else "BJTZ") if last.id == turn.id else ""
    return _PAPERS.get(turn.act, "")


def draw_up(office: Office, unit: Unit, record: CaseRecord, life: Life, way: str = "") -> list[PaperRecord]:
    """Number, sign and queue every paper that is owed, inside an open unit."""
    made = []
    for turn, code in owed(office, record, life):
        own = unit.next_number(office.today())
        content = replace(_content(office, record, life, turn, code, own), result_delivery=way)
        made.append(issue(office, unit, record, content))
    return made


def deliver(office: Office, number: str, way: str, word: str = "") -> CaseRecord:
    """Hand over a result, or notices that wait. `word`: who signed (本人、代办人), or the mail's number.

    短信 and 电子 are queued as a fact and sent when the hub has it. Raises Problem `delivery-way`,
    `field-required`, `state-wrong` (nothing is to be handed over).
    """
    record = record_of(office, number)
    life = life_of(office, record)
    if way not in WAYS:
        raise Problem("delivery-way", "deliver", way)
    if way in _NEEDS_WORD and not word.strip():
        raise Problem("field-required", "deliver", _NEEDS_WORD[way])
    wish = Wish(office.new_id(), "deliver", detail=f"{way}：{word.strip()}".rstrip("："))
    if life.step in ("done", "refused"):
        return _moved(office, record, judged(office, record, wish), wish, way)
    if not owed(office, record, life):
        raise Problem("state-wrong", "deliver", life.step)
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        papers = draw_up(office, unit, record, life, way)
        body = {"case": record.number, "way": wish.detail, "papers": [paper.number for paper in papers]}
        unit.record(Fact("case.notified", body, record.case_id))
        _queue(unit, record, way, papers)
    return record


def _moved(office: Office, record: CaseRecord, life: Life, wish: Wish, way: str) -> CaseRecord:
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        papers = draw_up(office, unit, record, life, way)
        more = {"way": wish.detail, "papers": [paper.number for paper in papers]}
        unit.record(fact_of(record, life, wish, more))
        _queue(unit, record, way, papers)
        return keep(office, unit, record, life)


def _queue(unit: Unit, record: CaseRecord, way: str, papers: list[PaperRecord]) -> None:
    """A message to the citizen waits in the outbox; the telephone number is looked up where it is sent."""
    if way in ("短信", "电子"):
        body = {"case": record.number, "person": record.person_id, "papers": [p.kind for p in papers]}
        unit.record(Fact("sms.queued", body, record.case_id))


def _content(
    office: Office, record: CaseRecord, life: Life, turn: Turn, code: str, number: str
) -> PaperContent:
    content = replace(
        from_record(office, record, number, code),
        reasons=[turn.reason] if turn.reason else [],
        remedy=office.region.texts.get("remedy", ""),
        seals=list(seals_for(code)),
    )
    if code == "BZGZ":
        wanted = [text for text in turn.detail.split("；") if text]
        return replace(content, reasons=[], corrections=wanted or [turn.reason])
    if code in ("YQBL", "SLTZ"):
        day, kept = nearest(life.clocks), life.clocks
        content = replace(content, due_on=day.isoformat() if day else "", reasons=content.reasons)
        return replace(content, statutory_days=kept.statutory_days, promised_days=kept.promised_days)
    if code == "DYTH":
        return replace(content, amount=turn.amount)
    if code == "DYHD":
        return replace(content, amount=life.amount, steps=steps_of(office, record))
    return content


def steps_of(office: Office, record: CaseRecord) -> list[PaperStep]:
    """How the amount came about, as printed."""
    return estimate.paper_steps(office, estimate.of_record(office, record))

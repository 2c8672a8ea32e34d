"""Papers about a case on its way: transferred, served, or stopped for a special procedure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from counter_app.domain.cases import CaseRecord, CaseState, Fact, PaperRecord, Paused
from counter_app.domain.papers import PaperBundle, PaperContent
from counter_app.policy.deadlines import PAUSING
from counter_app.policy.workdays import due_on
from counter_app.problems import Problem
from counter_app.services import due, originals
from counter_app.services.accept import issue, seals_for
from counter_app.services.contents import from_record
from counter_app.services.office import Office
from counter_app.services.originals import Hand, case_of
from counter_app.services.ports import Unit

PROCEDURES = frozenset({"专家评审", "现场考察", "协查", "稽核调查", "转出地办理"}) & PAUSING
WAYS = ("窗口送达", "邮寄送达", "电子送达", "上门送达", "留置送达", "公告送达")
DECISIONS = ("DYHD", "BJTZ", "BYBL", "ZZBL", "BYSL", "CHSQ", "YYDF", "CZGZ", "DYTH")


def transfer_slip(
    office: Office, number: str, to: Hand, reason: str, reply_by: date | None = None
) -> PaperRecord:
    """The case goes to another desk, window or organisation; its time limits go on.

    Raises Problem `not-found`, `reason-needed`, `field-required` without a receiver, `state-wrong`.
    """
    record = _open(office, number)
    _said("转办理由", reason)
    if not (to.post or to.name):
        raise Problem("field-required", "to", "转入岗位或机构")
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        content = _content(office, unit, record, "ZBYS")
        away = originals.lying(originals.of_case(office, record), originals.BACK)
        body = {"case": record.number, "to": to.post, "taker": to.name, "reason": reason}
        unit.record(Fact("case.transferred", body | {"slip": content.number}, record.case_id))
        content = replace(
            content,
            giver_post=f"{office.window} 号窗口" if office.window else "",
            taker=to.words if to.name else "",
            taker_post=to.post,
            reasons=[reason],
            reply_by=reply_by.isoformat() if reply_by else "",
            statutory_days=record.clocks.statutory_days,
            promised_days=record.clocks.promised_days,
            due_on=record.due_on.isoformat() if record.due_on else "",
            due_is_estimated=record.clocks.is_estimated,
            bundles=[PaperBundle(b.name, b.form, b.pages, b.note) for b in away],  # they travel on
        )
        return issue(office, unit, record, content)


def service_slip(
    office: Office, number: str, way: str, place: str = "", papers: Sequence[str] = ()
) -> PaperRecord:
    """The proof of service for decisions of a case; with none named, for its newest decision.

    Raises Problem `not-found` (also when there is nothing to serve), `field-choice`.
    """
    record = case_of(office, number)
    if way not in WAYS:
        raise Problem("field-choice", "way", way)
    told = {p.number: p for p in office.ports.storage.papers(record.number)}
    chosen = list(papers) or [n for n, p in told.items() if p.kind in DECISIONS][-1:]
    missing = [n for n in chosen if n not in told]
    if missing or not chosen:
        raise Problem("not-found", "paper", "、".join(missing) or record.number)
    titles = office.ports.documents.kinds()
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        content = _content(office, unit, record, "SDHZ")
        body = {"case": record.number, "slip": content.number, "way": way, "papers": chosen}
        unit.record(Fact("decision.served", body, record.case_id))
        content = replace(
            content,
            result_delivery=way,
            taker_post=place or content.agency.hall,
            bundles=[PaperBundle(titles[told[n].kind], note=n) for n in chosen],
        )
        return issue(office, unit, record, content)


def special_procedure(
    office: Office, number: str, procedure: str, days: int, reason: str, basis: Sequence[str] = ()
) -> PaperRecord:
    """A procedure whose working days do not count begins today: the clocks stand, the applicant is told.

    Raises Problem `not-found`, `field-choice`, `days-needed`, `reason-needed`, `state-wrong`
    (not accepted, or a procedure is under way already).
    """
    record = _open(office, number)
    _said("启动理由", reason)
    if procedure not in PROCEDURES:
        raise Problem("field-choice", "procedure", procedure)
    if days < 1:
        raise Problem("days-needed", "days")
    first = office.today()
    if _running(record, first):
        raise Problem("state-wrong", "case", _running(record, first))
    last = due_on(first - timedelta(days=1), days, calendar=office.calendar).on
    pauses = (*record.clocks.pauses, Paused(procedure, first, last))
    changed = due.recounted(office.calendar, replace(record, clocks=replace(record.clocks, pauses=pauses)))
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        unit.save_case(changed)
        content = _content(office, unit, changed, "TBCX")
        body = {"case": record.number, "procedure": procedure, "days": days, "reason": reason}
        body |= {"first": first.isoformat(), "last": last.isoformat(), "slip": content.number}
        unit.record(Fact("clock.paused", body, record.case_id))
        content = replace(
            content,
            procedure=procedure,
            procedure_days=days,
            valid_from=first.isoformat(),
            valid_to=last.isoformat(),
            due_on=changed.due_on.isoformat() if changed.due_on else "",
            due_is_estimated=changed.clocks.is_estimated,
            reasons=[reason],
            basis=list(basis),
            remedy=office.region.texts.get("remedy", ""),
        )
        return issue(office, unit, changed, content)


def special_ended(office: Office, number: str) -> CaseRecord:
    """The procedure has ended today: the clocks go on from where they stood.

    Raises Problem `not-found`, `state-wrong` when none is under way.
    """
    record = case_of(office, number)
    today, kept = office.today(), record.clocks
    running = _running(record, today)
    if not running:
        raise Problem("state-wrong", "case", record.state.value)
    pauses = (*kept.pauses[:-1], replace(kept.pauses[-1], last=today))
    changed = due.recounted(office.calendar, replace(record, clocks=replace(kept, pauses=pauses)))
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        unit.save_case(changed)
        body = {"case": record.number, "procedure": running, "last": today.isoformat()}
        unit.record(Fact("clock.resumed", body, record.case_id))
    return changed


def _running(record: CaseRecord, today: date) -> str:
    """The special procedure that goes on beyond today, "" when none does."""
    newest = record.clocks.pauses[-1] if record.clocks.pauses else None
    if newest is None or newest.kind not in PROCEDURES:
        return ""
    return newest.kind if newest.last is None or newest.last > today else ""


def _open(office: Office, number: str) -> CaseRecord:
    record = case_of(office, number)
    if record.state is not CaseState.ACCEPTED:
        raise Problem("state-wrong", "case", record.state.value)
    return record


def _said(what: str, reason: str) -> None:
    if not reason.strip():
        raise Problem("reason-needed", "reason", what)


def _content(office: Office, unit: Unit, record: CaseRecord, paper: str) -> PaperContent:
    content = from_record(office, record, unit.next_number(office.today()), paper)
    giver = Hand(office.actor.clerk_name, office.actor.clerk_no).words
    return replace(content, materials=[], giver=giver, seals=list(seals_for(paper)))

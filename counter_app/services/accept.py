"""Acceptance: one commit in the counter store, then paper. See architecture rules 1 and 3."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from counter_app.catalog.model import TransactionType
from counter_app.catalog.papers import papers_for
from counter_app.domain.cases import CaseRecord, CaseState, Fact, MaterialRecord, MaterialState, PaperRecord
from counter_app.domain.codec import to_plain
from counter_app.domain.papers import PaperContent, PaperSignature, plain_of
from counter_app.domain.people import PartyKind
from counter_app.domain.value import Value, replace
from counter_app.seals.canonical import canonical
from counter_app.seals.receipts import receipt_message, text_hash
from counter_app.services import commitments, filings, rating
from counter_app.services.arrivals import arrival_day
from counter_app.services.contents import Printed, compose
from counter_app.services.core import draft_text
from counter_app.services.judge import Judged, Needed, Outcome, judged, received_on
from counter_app.services.life import told
from counter_app.services.office import Office
from counter_app.services.ports import Unit
from counter_app.services.results import with_results
from counter_app.services.state import CaseDraft, PrincipalDraft, VisitState

SEALS: dict[str, tuple[str, ...]] = dict.fromkeys(
    ("SLHZ", "SQWT", "THQS", "YCGZ", "YJJJ", "CXJG", "KMJS", "RZZD"), ()
)
MATERIAL_FACTS = {
    MaterialState.RECEIVED: "material.received",
    MaterialState.BY_CARD: "material.received",
    MaterialState.SHARED: "material.received",
    MaterialState.COMMITTED: "material.committed",
    MaterialState.DEFERRED: "material.deferred",
}


class Accepted(Value, frozen=True):
    """What one acceptance left behind."""

    state: VisitState
    number: str
    papers: tuple[PaperRecord, ...]


def accept(office: Office, state: VisitState, case: CaseDraft) -> Accepted:
    """Write a checked case down: case, materials, number, facts, papers, ticket, draft — one commit."""
    now, here = office.now(), judged(office, state, case)
    with office.ports.storage.unit(office.actor, now) as unit:
        number = unit.next_number(now.date())
        record = write(office, unit, state, case, here, number)
        kinds = paper_kinds(office, office.type(case.type_id), here.outcome, record)
        papers = tuple(
            issue(office, unit, record, _receipt(office, state, case, here, record, kind, unit, kinds))
            for kind in kinds
        )
        settled = replace(case, number=number, outcome=record.state.value, checked=True)
        settled = replace(settled, is_provisional=is_provisional(office, case))
        after = replace(state.with_case(settled), prompt=None)
        unit.save_draft(after.visit_id, draft_text(after))
    return Accepted(after, number, papers)


def write(
    office: Office, unit: Unit, state: VisitState, case: CaseDraft, here: Judged, number: str
) -> CaseRecord:
    """Write one case down inside an open unit: people, record and facts; its papers are the caller's."""
    record = record_of(office, state, case, here, number)
    _people(unit, state, case)
    unit.save_case(record)
    for fact in _facts(office, state, case, record, here.needed):
        unit.record(fact)
    for signed in case.signed:
        unit.keep_page(signed.page, record.case_id)
        unit.record(Fact("signature.given", {**to_plain(signed), "by": record.party}, record.case_id))
    if record.came.place:
        to = {"number": record.number, "to": record.came.place, "clock": record.came.clock}
        unit.record(Fact("case.forwarded", to, record.case_id))
    filings.settle(office, unit, record)
    return record


def is_provisional(office: Office, case: CaseDraft) -> bool:
    """Whether something about this acceptance is to be verified when the line is back (待核)."""
    return not office.online() and office.type(case.type_id).offline == "accept_only"


def paper_kinds(
    office: Office, kind: TransactionType, outcome: Outcome, record: CaseRecord
) -> tuple[str, ...]:
    """Which papers an acceptance prints; the 80 mm slip instead of the notice where the hall chose it."""
    kinds = papers_for(kind, "accepted", record.materials, record.party, outcome.instant)
    return tuple("SLHZ" if k == "SLTZ" and office.slip_instead else k for k in kinds)


def issue(office: Office, unit: Unit, record: CaseRecord, content: PaperContent) -> PaperRecord:
    """Number, sign and queue one paper of a case inside an open unit; seal use is a fact of its own."""
    return _issued(office, unit, content, record.number, record.case_id)


def issue_loose(office: Office, unit: Unit, content: PaperContent) -> PaperRecord:
    """The same for a paper that belongs to no case."""
    return _issued(office, unit, content, "", "")


def _issued(office: Office, unit: Unit, content: PaperContent, case_number: str, case_id: str) -> PaperRecord:
    text = canonical(plain_of(content))
    digest = text_hash(text)
    body = {"number": content.number, "kind": content.kind, "content_hash": digest, "case": case_number}
    issued = unit.record(Fact("receipt.issued", body, case_id))
    for seal in content.seals:
        unit.record(Fact("seal.used", {"seal": seal, "number": content.number}, case_id))
    paper = PaperRecord(
        paper_id=office.new_id(),
        number=content.number,
        case_number=case_number,
        case_id=case_id,
        kind=content.kind,
        content=text.decode("utf-8"),
        content_hash=digest,
        event_id=issued.event_id,
        signature=office.ports.secrets.sign(receipt_message(content.number, issued.event_id, digest)),
    )
    unit.add_paper(paper)
    return paper


def seals_for(kind: str) -> tuple[str, ...]:
    """Kinds of seal a paper needs; papers signed by the applicant alone need none."""
    return SEALS.get(kind, ("机构业务专用章",))


def _receipt(
    office: Office,
    state: VisitState,
    case: CaseDraft,
    here: Judged,
    record: CaseRecord,
    kind: str,
    unit: Unit,
    kinds: tuple[str, ...],
) -> PaperContent:
    """A paper of an acceptance; the first one carries the code to rate by."""
    content = _content(office, state, case, here, record.number, kind, unit, kinds)
    return rating.with_code(office, unit, record, content) if kind == kinds[0] else content


def _content(
    office: Office,
    state: VisitState,
    case: CaseDraft,
    here: Judged,
    number: str,
    kind: str,
    unit: Unit,
    kinds: tuple[str, ...],
) -> PaperContent:
    own = number if kind == kinds[0] else unit.next_number(office.today())
    nth = next(i for i, c in enumerate(state.cases, 1) if c.case_id == case.case_id)
    content = compose(office, state, case, here, Printed(own, number, kind, nth, len(state.cases)))
    content = with_results(office, office.type(case.type_id), case, _principal(state, case), content)
    signed = [PaperSignature(one.page, one.how, one.words) for one in case.signed]
    return replace(content, seals=list(seals_for(kind)), signatures=signed)


def record_of(office: Office, state: VisitState, case: CaseDraft, here: Judged, number: str) -> CaseRecord:
    """The readable state of a case as it stands now."""
    kind, principal, now = office.type(case.type_id), _principal(state, case), office.now()
    outcome = here.outcome
    speaker = principal.speaker
    agent = (
        {} if speaker.kind is PartyKind.SELF else sealed_agent(office, case.case_id, to_plain(speaker.agent))
    )
    return CaseRecord(
        case_id=case.case_id,
        number=number,
        type_id=kind.id,
        type_name=kind.title(case.situation),
        situation=case.situation,
        state=CaseState.DONE if outcome.instant else CaseState.ACCEPTED,
        principal_name=principal.name,
        person_id=principal.key if principal.person is not None else "",
        party=speaker.kind.value,
        pack=kind.pack or kind.version,
        received_on=received_on(state, now.date(), case.came.filed_at),
        accepted_at=now,
        business_date=now.date(),
        due_on=outcome.clocks.target_due or outcome.due or arrival_day(office.region, case.values),
        answers=sealed_answers(office, kind, case),
        materials=tuple(material_record(n) for n in here.needed),
        agent=agent,
        helped_by=state.helped_by,
        visit_id=state.visit_id,
        online=office.online(),
        clocks=outcome.clocks,
        came=case.came,
    )


def material_record(needed: Needed) -> MaterialRecord:
    """One material line as it is kept."""
    spec, mark = needed.spec, needed.mark
    copies = mark.copies or spec.copies
    return MaterialRecord(
        spec.code, spec.name, mark.state, spec.form, copies, mark.pages, mark.due_on, not spec.original
    )


def sealed_answers(office: Office, kind: TransactionType, case: CaseDraft) -> dict[str, Any]:
    """The answers with every sensitive value sealed one by one."""
    sensitive = {s.key for s in kind.fields if s.sensitive in ("id", "diagnosis", "bank")}
    seal = office.ports.secrets.seal
    return {
        key: {"sealed": seal(str(value), f"{case.case_id}|{key}")} if key in sensitive and value else value
        for key, value in case.values.items()
    }


def sealed_agent(office: Office, case_id: str, agent: Mapping[str, str]) -> dict[str, str]:
    """The six agent fields with the certificate number sealed."""
    number = agent.get("agnter_certno", "")
    hidden = office.ports.secrets.seal(number, f"{case_id}|agnter_certno") if number else ""
    return {**agent, "agnter_certno": hidden}


def _facts(
    office: Office, state: VisitState, case: CaseDraft, record: CaseRecord, needed: tuple[Needed, ...]
) -> list[Fact]:
    principal = _principal(state, case)
    evidence = to_plain(principal.evidence) if principal.evidence else {}
    certno = principal.person.certno if principal.person else ""
    blind = next(iter(office.marks_of(certno)), "")
    body = {
        **to_plain(record),
        "evidence": evidence,
        "certno_blind": blind,
        "clerk_no": office.actor.clerk_no,
        "life": told(office.catalogue, record),
    }
    facts = [Fact("case.accepted", body, record.case_id, schema=2, pack=record.pack)]
    for one in needed:
        kind = MATERIAL_FACTS.get(one.mark.state)
        if kind is not None:
            kept = material_record(one)
            more = commitments.told(office, kept) if kind == "material.committed" else {}
            facts.append(Fact(kind, {**to_plain(kept), **more}, record.case_id))
    if record.state is CaseState.DONE:
        facts.append(
            Fact("review.decided", {"case": record.number, "outcome": "done", "at": "window"}, record.case_id)
        )
    if state.ticket is not None:
        served = {"ticket_id": state.ticket.ticket_id, "ticket": state.ticket.number, "window": office.window}
        facts.append(Fact("ticket.served", served, record.case_id))
    return facts


def _people(unit: Unit, state: VisitState, case: CaseDraft) -> None:
    principal = _principal(state, case)
    if principal.person is not None and principal.person.psn_name:
        learned = {k: case.values[k] for k in ("tel", "addr") if case.values.get(k)}
        unit.save_person(replace(principal.person, **learned))
    if principal.employer is not None:
        unit.save_employer(principal.employer)


def _principal(state: VisitState, case: CaseDraft) -> PrincipalDraft:
    principal = state.principal(case.principal_key)
    assert principal is not None
    return principal

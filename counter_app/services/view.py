"""The snapshot of a visit: everything a face draws, masked, made anew after each change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from counter_app.domain import masks
from counter_app.domain.notices import HallNow
from counter_app.domain.people import Evidence, PartyKind, Person
from counter_app.services import leases
from counter_app.services.contents import place_name
from counter_app.services.covered import covered
from counter_app.services.elders import is_elder
from counter_app.services.judge import allowed_parties, problems_of
from counter_app.services.spoken_tongue import name_of, tongue_of
from counter_app.services.state import CaseDraft, PrincipalDraft, SpeakerDraft, VisitState
from counter_app.services.view_case import case_view, paper_view, problem_view, step_of
from counter_app.services.visit_view import (
    CaseTile,
    ChoiceView,
    HeldView,
    PersonView,
    PromptView,
    SpeakerView,
    TicketView,
    VisitView,
)

if TYPE_CHECKING:
    from counter_app.catalog.model import TransactionType
    from counter_app.services.core import VisitCore

SUGGESTED = 6


def snapshot(visit: VisitCore, hall: HallNow | None = None) -> VisitView:
    """Draw the state of a visit as a `VisitView`; while the hall is covered nobody has a name."""
    view = _snapshot(visit)
    view = replace(view, hall_now=hall or HallNow())
    return covered(view) if view.hall_now.cover is not None else view


def _snapshot(visit: VisitCore) -> VisitView:
    state, office = visit.state, visit.office
    storage, outbox = office.ports.storage, office.ports.storage.outbox()
    case = state.case()
    papers = tuple(paper_view(office, p) for c in state.cases if c.number for p in storage.papers(c.number))
    loose = (storage.paper(number) for number in state.told)
    papers += tuple(paper_view(office, paper) for paper in loose if paper is not None)
    return VisitView(
        revision=visit.revision,
        clerk_no=office.actor.clerk_no,
        clerk_name=office.actor.clerk_name,
        window=office.window,
        region=office.region.name,
        hall=office.hall_name or office.region.agency.get("hall", ""),
        line=visit.line,
        ticket=_ticket(visit),
        visit_open=state.is_open,
        principals=tuple(_principal(visit, p) for p in state.principals),
        current_principal=state.current_principal,
        speaker=_speaker(visit),
        helped=bool(state.helped_by),
        elder=is_elder(office, state),
        tongue=name_of(tongue_of(office, state)),
        training=office.training,
        tiles=tuple(_tile(visit, nth, c) for nth, c in enumerate(state.cases, 1)),
        case=case_view(visit, case, papers) if case else None,
        prompt=_prompt(state),
        notices=tuple(problem_view(p) for p in visit.notices),
        held=tuple(_held(s) for s in visit.held()),
        papers=papers,
        suggestions=_suggestions(visit),
        undo_label=visit.undo_label,
        redo_label=visit.redo_label,
        saved_at=visit.saved_at,
        online=office.online(),
        unsynced=outbox.waiting,
        set_aside=outbox.set_aside,
        lease=leases.words(office),
        synthetic=storage.is_synthetic(),
        locked=visit.locked,
        opened=visit.has_opened,
        session=visit.session,
        pack=office.catalogue.version,
    )


def person_view(
    key: str, person: Person, evidence: Evidence | None, open_: bool, visit: VisitCore, **more: object
) -> PersonView:
    """One person, masked unless opened for five seconds."""
    return PersonView(
        key=key,
        name=person.psn_name if open_ else masks.name(person.psn_name),
        gend=person.gend,
        age=person.age(visit.office.today()),
        certno=person.certno if open_ else masks.certno(person.certno),
        evidence=evidence.kind.value if evidence else "",
        witness=evidence.witness if evidence else "",
        complete=evidence.complete if evidence else True,
        missing=evidence.missing if evidence else (),
        unverified=evidence.unverified if evidence else (),
        insutype=person.insutype,
        psn_type=person.psn_type,
        insured_state=person.psn_insu_stas,
        insuplc=place_name(visit.office, person.insuplc_admdvs),
        balance=person.balc,
        tel=person.tel if open_ else masks.phone(person.tel),
        flags=person.flags,
        photo=person.photo,
        as_of=person.as_of,
        deceased=person.deceased_on is not None,
        revealed=open_,
        **more,  # type: ignore[arg-type]
    )


def _principal(visit: VisitCore, draft: PrincipalDraft) -> PersonView:
    if draft.person is not None:
        open_ = visit.is_revealed(draft.key)
        more = {"card_present": draft.card_present, "known": draft.known}
        return person_view(draft.key, draft.person, draft.evidence, open_, visit, **more)
    employer = draft.employer
    assert employer is not None
    return PersonView(
        key=draft.key,
        name=employer.emp_name,
        is_employer=True,
        certno=employer.uscc,
        tel=masks.phone(employer.tel),
        known=draft.known,
    )


def _ticket(visit: VisitCore) -> TicketView | None:
    ticket = visit.state.ticket
    if ticket is None:
        return None
    called = ticket.called_at or ticket.taken_at
    since = int((visit.office.now() - called).total_seconds() * 1000)
    return TicketView(
        ticket.ticket_id or ticket.number,  # a number served by hand has no id
        ticket.number,
        ticket.klass,
        ticket.group,
        called.isoformat(),
        max(0, since),
        ticket.note,
        ticket.needs,
        ticket.helper,
    )


def _speaker(visit: VisitCore) -> SpeakerView | None:
    principal = visit.state.principal()
    if principal is None:
        return None
    speaker, case = principal.speaker, visit.state.case()
    kind = visit.office.type(case.type_id) if case else None
    allowed = allowed_parties(kind) if kind else tuple(k.value for k in PartyKind)
    wrong = problems_of(visit.office, visit.state, case) if case and not case.number else ()
    return SpeakerView(
        kind=speaker.kind.value,
        person=_speaker_person(visit, speaker),
        fields=_agent_fields(visit, speaker),
        missing=tuple(p.detail for p in wrong if p.code == "agent-incomplete"),
        problems=tuple(problem_view(p) for p in wrong if p.where == "party"),
        allowed=allowed,
    )


def _speaker_person(visit: VisitCore, speaker: SpeakerDraft) -> PersonView | None:
    agent = speaker.agent
    if speaker.kind is PartyKind.SELF or not agent.agnter_name:
        return None
    key = speaker.person_id or "speaker"
    person = Person(key, agent.agnter_name, certno=agent.agnter_certno, tel=agent.agnter_tel)
    return person_view(key, person, speaker.evidence, visit.is_revealed(key), visit)


def _agent_fields(visit: VisitCore, speaker: SpeakerDraft) -> dict[str, str]:
    agent = speaker.agent
    told = {
        "agnter_name": agent.agnter_name,
        "agnter_cert_type": agent.agnter_cert_type,
        "agnter_certno": agent.agnter_certno,
        "agnter_tel": agent.agnter_tel,
        "agnter_addr": agent.agnter_addr,
        "agnter_rlts": agent.agnter_rlts,
    }
    rules = {"agnter_name": masks.name, "agnter_certno": masks.certno, "agnter_tel": masks.phone}
    return told | {key: rule(told[key]) for key, rule in rules.items() if not visit.is_revealed(key)}


def _tile(visit: VisitCore, nth: int, case: CaseDraft) -> CaseTile:
    principal = visit.state.principal(case.principal_key)
    name = principal.name if principal else ""
    is_employer = principal is not None and principal.employer is not None
    wrong = problems_of(visit.office, visit.state, case) if not case.number else ()
    return CaseTile(
        case_id=case.case_id,
        nth=nth,
        name=visit.office.type(case.type_id).title(case.situation),
        principal=name if is_employer else _told_apart(visit.state, principal),
        step=step_of(case, wrong),
        problems=len(wrong) if case.tried else 0,
        deferred=sum(1 for mark in case.marks.values() if mark.state.value == "deferred"),
        number=case.number,
        held=case.held,
        provisional=case.is_provisional,
    )


def _told_apart(state: VisitState, principal: PrincipalDraft | None) -> str:
    """A masked name; where two people of the visit share it, with the end of the number too."""
    if principal is None or principal.person is None:
        return ""
    name, certno = masks.name(principal.name), principal.person.certno
    alike = [one for one in state.principals if one.person is not None and masks.name(one.name) == name]
    return f"{name} {certno[-4:]}" if len(alike) > 1 and certno else name


def _prompt(state: VisitState) -> PromptView | None:
    prompt = state.prompt
    if prompt is None:
        return None
    person = None
    if prompt.person is not None:
        person = PersonView(
            key=prompt.person.person_id,
            name=masks.name(prompt.person.psn_name),
            gend=prompt.person.gend,
            certno=masks.certno(prompt.person.certno),
        )
    photo = prompt.person.photo if prompt.person else ""
    return PromptView(prompt.kind, prompt.options, person, photo, prompt.detail)


def _held(state: VisitState) -> HeldView:
    names = tuple(p.name if p.employer else masks.name(p.name) for p in state.principals)
    ticket = state.ticket.number if state.ticket else ""
    return HeldView(state.visit_id, ticket, names, len(state.cases), state.opened_at)


def _suggestions(visit: VisitCore) -> tuple[ChoiceView, ...]:
    """What whoever stands here can have opened now: this clerk's most frequent first, then the catalogue's
    order. What is for others comes last; nothing already in the visit.
    """
    office, principal, usage = visit.office, visit.state.principal(), visit.usage()
    opened = {c.type_id for c in visit.state.cases}
    offered = office.catalogue.offered(office.region.id, office.today())
    usable = sorted(offered, key=lambda t: (not _is_for(t, principal), -usage.get(t.id, 0)))
    return tuple(ChoiceView(t.id, t.name, t.plain_name) for t in usable if t.id not in opened)[:SUGGESTED]


def _is_for(kind: TransactionType, principal: PrincipalDraft | None) -> bool:
    """Whether a type is about such a principal: an employer, somebody dead, a child without a number."""
    if principal is None:
        return True
    if principal.employer is not None:
        return kind.applicant == "employer"
    if principal.person is not None and principal.person.deceased_on is not None:
        return kind.deceased
    is_child = principal.person is not None and not principal.person.certno
    return kind.applicant == ("newborn" if is_child else "individual")

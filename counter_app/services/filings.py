"""外来件: cases that began elsewhere land in one list and become cases at a window, once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from counter_app.catalog.model import Offer
from counter_app.domain import masks
from counter_app.domain.cases import Came, CaseRecord, Fact, MaterialState
from counter_app.domain.filings import Filing, FilingPage, FilingState
from counter_app.domain.people import Evidence, EvidenceKind, PartyKind, Person
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.services import filling, prefill, reissues
from counter_app.services.judge import materials_of, problems_of
from counter_app.services.office import Office
from counter_app.services.ports import Unit
from counter_app.services.state import CaseDraft, Mark, PrincipalDraft, SpeakerDraft, VisitState

# The word a type's `channels` must hold for a filing of a channel; a home visit is the desk on its feet.
NEEDS = {
    "online": "online",
    "kiosk": "kiosk",
    "hospital": "import",
    "enterprise": "import",
    "home_visit": "desk",
}


class Received(Value, frozen=True):
    """What became of the filings of a package."""

    new: tuple[Filing, ...] = ()
    known: tuple[Filing, ...] = ()
    problems: tuple[Problem, ...] = ()
    renewed: tuple[Filing, ...] = ()  # came again with other contents
    changed: tuple[Problem, ...] = ()  # those of them that had been picked up: what the clerk is told

    def as_dict(self) -> dict[str, Any]:
        """For the command line."""
        return {
            "received": [filing.filing_id for filing in self.new],
            "already": [filing.filing_id for filing in self.known],
            "renewed": [filing.filing_id for filing in self.renewed],
            "changed": [problem.as_dict() for problem in self.changed],
            "problems": [problem.as_dict() for problem in self.problems],
        }


class InboxRow(Value, frozen=True):
    """One line of the list. `missing` counts what still stands between it and its acceptance."""

    filing: Filing
    type_name: str
    missing: int

    def as_dict(self) -> dict[str, Any]:
        """For the command line; names are masked."""
        filing = self.filing
        return {
            "id": filing.filing_id,
            "channel": filing.channel,
            "origin": filing.origin,
            "type": filing.type_id,
            "type_name": self.type_name,
            "name": filing.name if filing.employer else masks.name(filing.name),
            "filed_at": filing.filed_at,
            "planned_on": filing.planned_on.isoformat() if filing.planned_on else None,
            "state": filing.state.value,
            "missing": self.missing,
            "complete": self.missing == 0,
            "case": filing.case_number,
        }


def receive(office: Office, filings: Sequence[Filing]) -> Received:
    """Take filings into the list, each with a fact. One that is known already changes nothing.

    One that its sender issues again with other contents replaces what nobody has picked up; what somebody has
    stays, and `changed` says what is different. A filing this counter cannot do, or one id twice at once, is
    a problem of its own; the others are taken all the same.
    """
    new: list[Filing] = []
    known: list[Filing] = []
    again: list[tuple[Filing, Filing]] = []
    problems: list[Problem] = []
    taken: set[str] = set()
    for filing in filings:
        before = office.ports.storage.filing(filing.filing_id)
        if before is not None and reissues.is_known(before, filing):
            known.append(before)
        elif (problem := _against(office, filing, before, taken)) is not None:
            problems.append(problem)
        else:
            taken.add(filing.filing_id)
            again += [] if before is None else [(before, filing)]
            new += [filing] if before is None else []
    if new:
        _write(office, new)
    changed = reissues.write(office, again)
    renewed = tuple(filing for _, filing in again)
    return Received(tuple(new), tuple(known), tuple(problems), renewed, changed)


def _against(office: Office, filing: Filing, before: Filing | None, taken: set[str]) -> Problem | None:
    """Why a filing is not taken: one id twice in one package, put together here, or not done here."""
    if filing.filing_id in taken or (before is not None and not reissues.may_replace(filing)):
        return Problem("filing-conflict", filing.filing_id, filing.filing_id)
    if not is_doable(office, filing):
        return Problem("filing-type", filing.filing_id, filing.type_id)
    return None


def is_doable(office: Office, filing: Filing) -> bool:
    """Whether this region does the type, and lets it come by this channel."""
    kind = office.catalogue.types.get(filing.type_id)
    if kind is None or kind.offered_in.get(office.region.id, Offer()).mode not in ("办", "代收转"):
        return False
    return NEEDS.get(filing.channel, "") in kind.channels


def _write(office: Office, filings: Sequence[Filing]) -> None:
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        for filing in filings:
            unit.save_filing(filing)
            body = {
                "filing_id": filing.filing_id,
                "channel": filing.channel,
                "origin": filing.origin,
                "type": filing.type_id,
                "filed_at": filing.filed_at,
                "package_id": filing.package_id,
                "content_hash": filing.content_hash,
            }
            unit.record(Fact("filing.received", body))


def asked(office: Office) -> FilingPage:
    """What the hub has that has not come here yet; nothing is written. Raises Problem `hub-away`."""
    after = max((filing.hub_no for filing in office.ports.storage.filings()), default=0)
    return office.ports.hub.filings(after, office.trust, office.now())


def inbox(office: Office, state: str = "", channel: str = "") -> tuple[InboxRow, ...]:
    """The list, oldest first, each with what is still missing."""
    found = office.ports.storage.filings(state)
    return tuple(_line(office, filing) for filing in found if channel in ("", filing.channel))


def _line(office: Office, filing: Filing) -> InboxRow:
    kind = office.catalogue.types.get(filing.type_id)
    if kind is None or filing.state in (FilingState.DONE, FilingState.REFUSED):
        return InboxRow(filing, kind.title(filing.situation) if kind else filing.type_id, 0)
    state = prepared(office, VisitState(), filing)
    missing = problems_of(office, state, state.cases[-1])
    return InboxRow(filing, kind.title(filing.situation), len(missing))


# --- becoming a case ------------------------------------------------------------------------------
def opened(office: Office, state: VisitState, filing_id: str) -> tuple[Filing, VisitState]:
    """The visit with the filing's case in it.

    Raises Problem `not-found`, `filing-done`, `filing-refused`, `filing-expired`, `filing-type`,
    `filing-person` (somebody else stands at the window).
    """
    filing = office.ports.storage.filing(filing_id)
    if filing is None:
        raise Problem("not-found", "filing", filing_id)
    refuse_closed(filing, office.today())
    if not is_doable(office, filing):
        raise Problem("filing-type", filing_id, filing.type_id)
    present = state.principal()
    if present is not None and not _is_the_same(present, filing):
        raise Problem("filing-person", "identity")
    return filing, prepared(office, state, filing)


def refuse_closed(filing: Filing, today: date) -> None:
    """Raises Problem for a filing that is over: done, refused, or out of date."""
    if filing.state is FilingState.DONE:
        raise Problem("filing-done", "filing", filing.case_number)
    if filing.state is FilingState.REFUSED:
        raise Problem("filing-refused", "filing", filing.reason)
    if filing.expires_on is not None and filing.expires_on < today:
        raise Problem("filing-expired", "filing", filing.expires_on.isoformat())


def prepared(office: Office, state: VisitState, filing: Filing) -> VisitState:
    """A state with the filing's principal and its case, filled as if a clerk had typed every answer."""
    kind = office.type(filing.type_id)
    principal = state.principal() or _principal(office, filing)
    state = replace(state.with_principal(principal), current_principal=principal.key)
    state = replace(state, opened_at=state.opened_at or office.now().isoformat())
    known = {item.code for item in kind.situations}
    first = kind.situations[0].code if kind.situations else ""
    case = CaseDraft(office.new_id(), kind.id, principal.key, came=came_of(office, filing, state.came.staff))
    case = replace(case, situation=filing.situation if filing.situation in known else first)
    case = filling.with_defaults(office, kind, prefill.filled(kind, case, state))
    for spec in kind.fields:
        if filing.answers.get(spec.key, "").strip():
            case = filling.typed(office, case, spec, filing.answers[spec.key])
    names = {question.name for question in kind.questions}
    case = replace(case, asked={name: yes for name, yes in filing.asked.items() if name in names})
    state = state.with_case(case)
    marks = _marks(office, state, case, filing)
    return replace(state.with_case(replace(case, marks=marks)), current_case=case.case_id)


def came_of(office: Office, filing: Filing, staff: tuple[str, ...] = ()) -> Came:
    """How the case of a filing came; `key` keeps it from being accepted twice. Times are the hall's."""
    filed = datetime.fromisoformat(filing.filed_at).astimezone(office.now().tzinfo)
    return Came(
        channel=filing.channel,
        origin=filing.origin,
        filing_id=filing.filing_id,
        filed_at=filed.isoformat(),
        key=f"filing|{filing.filing_id}",
        staff=staff or filing.staff,
    )


def _is_the_same(present: PrincipalDraft, filing: Filing) -> bool:
    if present.employer is not None:
        return filing.employer is not None and filing.employer.uscc == present.employer.uscc
    certno = filing.person.certno if filing.person else ""
    return present.person is not None and bool(certno) and present.person.certno == certno


def _principal(office: Office, filing: Filing) -> PrincipalDraft:
    """Who filed it. Known to have been identified there: by that evidence; otherwise not at all yet."""
    speaker = SpeakerDraft()
    if filing.party in {kind.value for kind in PartyKind} and filing.party != PartyKind.SELF:
        speaker = SpeakerDraft(PartyKind(filing.party), filing.agent)
    if filing.employer is not None:
        known = office.ports.storage.employer_by_uscc(filing.employer.uscc)
        employer = known or replace(filing.employer, emp_id=office.new_id())
        speaker = replace(speaker, kind=PartyKind.EMPLOYER)
        return PrincipalDraft(employer.emp_id, None, employer, None, known is not None, False, speaker)
    person, is_known = _person(office, filing)
    evidence = Evidence(EvidenceKind.ONLINE, filing.origin, filing.evidence_at or filing.filed_at)
    if not filing.evidence:
        evidence = replace(evidence, kind=EvidenceKind.TYPED, unverified=("identity",))
    return PrincipalDraft(person.person_id, person, None, evidence, is_known, False, speaker)


def _person(office: Office, filing: Filing) -> tuple[Person, bool]:
    told = filing.person or Person("", "")
    found = office.ports.storage.person_by_certno(told.certno) if told.certno else None
    return (found, True) if found else (replace(told, person_id=office.new_id()), False)


def _marks(office: Office, state: VisitState, case: CaseDraft, filing: Filing) -> Mapping[str, Mark]:
    marks: dict[str, Mark] = {}
    for needed in materials_of(office, state, case):
        told = filing.materials.get(needed.spec.code, "")
        if told and (told != MaterialState.COMMITTED or needed.spec.commit):
            marks[needed.spec.code] = Mark(MaterialState(told), needed.spec.copies)
    return marks


# --- once -----------------------------------------------------------------------------------------
def settle(office: Office, unit: Unit, record: CaseRecord) -> None:
    """Close the filing a case was made from, in the very commit that writes the case.

    Raises Problem `filing-done`, `filing-refused` when it has been closed meanwhile: nothing is written.
    """
    if not record.came.filing_id:
        return
    filing = office.ports.storage.filing(record.came.filing_id)
    if filing is None:
        return
    if not (filing.state is FilingState.DONE and filing.case_number == record.number):
        refuse_closed(replace(filing, expires_on=None), office.today())
    unit.save_filing(replace(filing, state=FilingState.DONE, case_number=record.number))


def refuse(office: Office, filing_id: str, reason: str) -> Filing:
    """Send a filing back with a reason. Raises Problem `reason-needed`, `not-found`, `filing-…`."""
    if not reason.strip():
        raise Problem("reason-needed", "filing")
    filing = office.ports.storage.filing(filing_id)
    if filing is None:
        raise Problem("not-found", "filing", filing_id)
    refuse_closed(replace(filing, expires_on=None), office.today())
    refused = replace(filing, state=FilingState.REFUSED, reason=reason.strip()[:200])
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        unit.save_filing(refused)
        body = {"filing_id": filing_id, "channel": filing.channel, "reason": refused.reason}
        unit.record(Fact("filing.refused", body))
    return refused

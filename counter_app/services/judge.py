"""What still stands between a case and its acceptance, and what acceptance will mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from counter_app.catalog.conditions import Context
from counter_app.catalog.evaluate import form_problems, needed_materials, party_problem, visible_fields
from counter_app.catalog.model import FieldSpec, MaterialSpec, Offer, Question, TransactionType
from counter_app.catalog.names import context_for
from counter_app.domain.cases import Clocks, MaterialState, Paused
from counter_app.domain.people import EvidenceKind, PartyKind
from counter_app.domain.value import Value, replace
from counter_app.policy.deadlines import due as deadline
from counter_app.problems import Problem
from counter_app.services import cross, due, leases
from counter_app.services.office import Office
from counter_app.services.state import CaseDraft, Mark, PrincipalDraft, VisitState

PROVEN = (EvidenceKind.CARD, EvidenceKind.ID_CARD, EvidenceKind.VOUCHER)
SETTLED = (
    MaterialState.RECEIVED,
    MaterialState.BY_CARD,
    MaterialState.SHARED,
    MaterialState.COMMITTED,
    MaterialState.DEFERRED,
)


class Needed(Value, frozen=True):
    """One material of a case with what has become of it."""

    spec: MaterialSpec
    required: bool
    mark: Mark


class Outcome(Value, frozen=True):
    """What acceptance will mean. Days are working days; None = nobody has said so."""

    instant: bool
    statutory_days: int | None
    promised_days: int | None
    basis: str
    due: date | None
    estimated: bool
    clocks: Clocks


class Judged(Value, frozen=True):
    """A case as things stand: what is asked, what is wanted, and what acceptance will mean."""

    fields: tuple[FieldSpec, ...]
    needed: tuple[Needed, ...]
    outcome: Outcome


def offered(office: Office, kind: TransactionType) -> None:
    """Refuse a type this region or this moment cannot do. Raises Problem."""
    offer = kind.offered_in.get(office.region.id, Offer())
    if offer.mode not in ("办", "代收转"):
        raise Problem("type-not-offered", "case", kind.name)
    offline = offline_problem(office, kind)
    if offline is not None:
        raise offline


def offline_problem(office: Office, kind: TransactionType) -> Problem | None:
    """Why a type cannot be done while the line is cut; the others are accepted and marked 待核.

    Behind it stands the lease: a device its hall has not heard of for long does less, step by step.
    """
    ended = leases.problem(office, kind)
    if ended is not None:
        return ended
    code = {"none": "type-offline", "cache_only": "type-cache-only"}.get(kind.offline)
    return Problem(code, "case", kind.name) if code and not office.online() else None


def context(office: Office, state: VisitState, case: CaseDraft) -> Context:
    """Everything a condition or rule of this case may look at."""
    principal = state.principal(case.principal_key)
    return context_for(
        office.catalogue,
        office.region.id,
        office.today(),
        person=principal.person if principal else None,
        party=_party(principal),
        form=case.values,
        ask=case.asked,
        case={"situation": case.situation, "channel": case.came.channel, "online": office.online()},
    )


def judged(office: Office, state: VisitState, case: CaseDraft) -> Judged:
    """The whole case looked at once, for whoever needs more than one of its answers."""
    kind, here = office.type(case.type_id), context(office, state, case)
    shown = visible_fields(kind, here)
    needed = _needed(state, case, needed_materials(kind, case.situation, here, shown))
    return Judged(shown, needed, _outcome(office, state, case, needed))


def fields_of(office: Office, state: VisitState, case: CaseDraft) -> tuple[FieldSpec, ...]:
    """The fields that are asked as things stand."""
    return visible_fields(office.type(case.type_id), context(office, state, case))


def materials_of(office: Office, state: VisitState, case: CaseDraft) -> tuple[Needed, ...]:
    """The materials that are wanted as things stand, each with its mark."""
    here = context(office, state, case)
    return _needed(state, case, needed_materials(office.type(case.type_id), case.situation, here))


def _needed(
    state: VisitState, case: CaseDraft, wanted: tuple[tuple[MaterialSpec, bool], ...]
) -> tuple[Needed, ...]:
    principal = state.principal(case.principal_key)
    return tuple(Needed(spec, required, _mark(spec, case, principal)) for spec, required in wanted)


def questions_of(office: Office, state: VisitState, case: CaseDraft) -> tuple[Question, ...]:
    """The questions whose answer would change what is asked or wanted; the others are not put."""
    kind = office.type(case.type_id)
    return tuple(q for q in kind.questions if q.name in case.asked or _matters(office, state, case, q.name))


def _matters(office: Office, state: VisitState, case: CaseDraft, name: str) -> bool:
    kind, seen = office.type(case.type_id), []
    for answer in (True, False):
        here = context(office, state, replace(case, asked={**case.asked, name: answer}))
        fields = tuple(spec.key for spec in visible_fields(kind, here))
        seen.append((fields, tuple(m.code for m, _ in needed_materials(kind, case.situation, here))))
    return seen[0] != seen[1]


def problems_of(office: Office, state: VisitState, case: CaseDraft) -> tuple[Problem, ...]:
    """Everything that is wrong or missing, in the order of the screen."""
    kind = office.type(case.type_id)
    found = [Problem(r.code, key, r.detail) for key, r in case.refused.items()]
    seen = {p.where for p in found}
    ctx = context(office, state, case)
    found += [p for p in form_problems(kind, case.values, ctx, office.region) if p.where not in seen]
    found += _party_problems(kind, state.principal(case.principal_key))
    offline = offline_problem(office, kind)
    found += [offline] if offline is not None else []
    for needed in _needed(state, case, needed_materials(kind, case.situation, ctx)):
        if needed.required and needed.mark.state not in SETTLED:
            found.append(Problem("material-missing", f"material:{needed.spec.code}", needed.spec.name))
    return tuple(found)


def _outcome(office: Office, state: VisitState, case: CaseDraft, needed: tuple[Needed, ...]) -> Outcome:
    """Instant or limited, and by when. A deferred material makes any case limited (ALL-13)."""
    kind, today = office.type(case.type_id), office.today()
    promised = kind.limits.promised_for(office.region.id, case.situation)
    until, pauses = _deferral(today, needed)
    elsewhere, is_ours = bool(case.came.place), case.came.clock != cross.INSURED
    promised = None if elsewhere and promised == 0 else promised  # nobody here can end it today
    instant = kind.is_instant(office.region.id, case.situation) and not pauses and office.online()
    instant = instant and not elsewhere
    kept = Clocks(kind.limits.statutory, promised, pauses=pauses)
    # Done at once there is nothing to wait for; offline an instant result cannot be promised for today.
    if is_ours and not instant and not (promised == 0 and not office.online()):
        kept = due.counted(office.calendar, kept, received_on(state, today, case.came.filed_at), today, until)
    if is_ours:
        kept = replace(kept, target_due=_target(office, kind, case, pauses))
    statutory, basis = kind.limits.statutory, kind.limits.statutory_basis
    by = due.nearest(kept) or until
    return Outcome(instant, statutory, promised, basis, by, kept.is_estimated, kept)


def _target(
    office: Office, kind: TransactionType, case: CaseDraft, pauses: tuple[Paused, ...]
) -> date | None:
    """By when the house wants it done; no goal while a material is still awaited."""
    days = kind.limits.target_for(office.region.id, case.situation)
    return None if days is None or pauses else deadline(office.calendar, office.today(), days).on


def received_on(state: VisitState, today: date, filed_at: str = "") -> date:
    """The day the application was handed in: when the visit began, also when it was put aside overnight.

    One that was filed elsewhere was handed in on the day it was filed.
    """
    moments = (text for text in (state.opened_at, filed_at) if text)
    return min([today, *(datetime.fromisoformat(text).date() for text in moments)])


def _deferral(today: date, needed: tuple[Needed, ...]) -> tuple[date | None, tuple[Paused, ...]]:
    """Until when deferred materials may come, and the pause that begins today."""
    late = [one.mark.due_on for one in needed if one.mark.state is MaterialState.DEFERRED]
    if not late:
        return None, ()
    until = max((day for day in late if day is not None), default=None)
    return until, (Paused(due.DEFERRED, today),)


def allowed_parties(kind: TransactionType) -> tuple[str, ...]:
    """The capacities in which somebody may speak for the principal of this type."""
    return tuple(k.value for k in PartyKind if kind.parties.get(k.value, False))


def _party_problems(kind: TransactionType, principal: PrincipalDraft | None) -> list[Problem]:
    if principal is None:
        return [Problem("nobody-identified")]
    speaker = principal.speaker
    wrong = party_problem(kind, speaker.kind, speaker.agent, principal.person)
    found = [wrong] if wrong is not None else []
    if (
        principal.evidence is not None
        and not principal.evidence.witness
        and principal.evidence.kind in PROVEN
    ):
        found.append(Problem("witness-needed", "identity"))
    return found


def _mark(spec: MaterialSpec, case: CaseDraft, principal: PrincipalDraft | None) -> Mark:
    given = case.marks.get(spec.code)
    if given is not None:
        return given
    if spec.by_card and principal is not None:
        speaker = principal.speaker
        proof = speaker.evidence if spec.holder == "speaker" else principal.evidence
        if proof is not None and proof.kind in PROVEN:
            return Mark(MaterialState.BY_CARD)
    return Mark(MaterialState.MISSING)


def _party(principal: PrincipalDraft | None) -> Mapping[str, Any]:
    if principal is None:
        return {"kind": PartyKind.SELF.value, "relation": ""}
    speaker = principal.speaker
    return {"kind": speaker.kind.value, "relation": speaker.agent.agnter_rlts}

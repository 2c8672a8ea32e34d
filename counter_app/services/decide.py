"""What happens to a case after it left the window: decided, withdrawn, supplemented, extended.

Each is a new fact with its own numbered paper; nothing written earlier is changed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NoReturn

from counter_app.domain.cases import CaseRecord, CaseState, Fact, MaterialState
from counter_app.domain.papers import PaperStep
from counter_app.problems import Problem
from counter_app.services import due, estimate
from counter_app.services.accept import issue, seals_for
from counter_app.services.contents import from_record
from counter_app.services.office import Office


@dataclass(frozen=True, slots=True)
class Way:
    """One way a case can go on: from which states, to which, by which fact, on which paper."""

    before: tuple[CaseState, ...]
    after: CaseState
    fact: str
    paper: str
    reasoned: bool = False


OPEN = (CaseState.RECEIVED, CaseState.ACCEPTED)
WAYS: dict[str, Way] = {
    "approve": Way((CaseState.ACCEPTED,), CaseState.DONE, "review.decided", "BJTZ"),
    "approve_payment": Way((CaseState.ACCEPTED,), CaseState.DONE, "review.decided", "DYHD"),
    "refuse": Way((CaseState.ACCEPTED,), CaseState.REFUSED, "review.decided", "BYBL", True),
    "withdraw": Way(OPEN, CaseState.WITHDRAWN, "case.withdrawn", "CHSQ"),
    "terminate": Way(OPEN, CaseState.TERMINATED, "review.decided", "ZZBL", True),
    "extend": Way((CaseState.ACCEPTED,), CaseState.ACCEPTED, "review.decided", "YQBL", True),
    "return_originals": Way(tuple(CaseState), CaseState.ACCEPTED, "material.returned", "THQS"),
}


def decide(
    office: Office, number: str, outcome: str, reason: str = "", amount: int | None = None
) -> CaseRecord:
    """Carry out one of WAYS on the case with a number; `amount` in 分 for a payment.

    Raises Problem `not-found`, `usage`, `state-wrong`, `reason-needed`.
    """
    record = office.ports.storage.case(number)
    if record is None:
        refuse_unknown(number)
    way = WAYS.get(outcome)
    if way is None:
        raise Problem("usage", "decide", outcome)
    if record.state not in way.before:
        raise Problem("state-wrong", "case", record.state.value)
    if way.reasoned and not reason.strip():
        raise Problem("reason-needed", "decide")
    if way.after is CaseState.DONE:
        _nothing_deferred(record)
    return _carry_out(office, record, outcome, way, reason, amount)


def make_good(office: Office, number: str, code: str) -> CaseRecord:
    """A deferred material has arrived (补齐). Raises Problem `not-found`."""
    record = office.ports.storage.case(number)
    if record is None:
        refuse_unknown(number)
    late = [m for m in record.materials if m.code == code and m.state is MaterialState.DEFERRED]
    if not late:
        raise Problem("not-found", "material", code)
    materials = tuple(
        replace(m, state=MaterialState.RECEIVED, due_on=None) if m in late else m for m in record.materials
    )
    changed = due.made_good(office.calendar, replace(record, materials=materials), office.today())
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        unit.save_case(changed)
        unit.record(Fact("material.made_good", {"case": number, "code": code}, record.case_id))
    return changed


def refuse_unknown(number: str) -> NoReturn:
    """Say that there is no such number."""
    raise Problem("not-found", "number", number)


def _nothing_deferred(record: CaseRecord) -> None:
    missing = [m.name for m in record.materials if m.state is MaterialState.DEFERRED]
    if missing:
        raise Problem("material-missing", "case", "、".join(missing))


def _carry_out(
    office: Office, record: CaseRecord, outcome: str, way: Way, reason: str, amount: int | None
) -> CaseRecord:
    after = record.state if way.fact == "material.returned" else way.after
    changed = replace(record, state=after)
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        own = unit.next_number(office.today())
        unit.save_case(changed)
        body = {"case": record.number, "outcome": outcome, "reason": reason, "amount": amount}
        unit.record(Fact(way.fact, body, record.case_id))
        content = replace(
            from_record(office, changed, own, way.paper),
            reasons=[reason] if reason else [],
            amount=amount,
            steps=_steps(office, record) if amount is not None else [],
            remedy=office.region.texts.get("remedy", ""),
            seals=list(seals_for(way.paper)),
        )
        issue(office, unit, changed, content)
    return changed


def _steps(office: Office, record: CaseRecord) -> list[PaperStep]:
    return estimate.paper_steps(office, estimate.of_record(office, record))

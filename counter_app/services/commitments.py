"""告知承诺 and 容缺: how long a material may wait, when a promise is checked, and who may not promise again.

A commitment is kept two years and checked afterwards; one found false bars its author from the next
commitment and from late materials until the record is repaired.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any, TypeVar

from counter_app.catalog.model import TransactionType
from counter_app.domain.cases import CaseRecord, CaseState, Fact, MaterialRecord, MaterialState
from counter_app.domain.people import Employer, Person
from counter_app.policy.workdays import due_on
from counter_app.problems import Problem
from counter_app.services.office import Office
from counter_app.services.ports import Storage, Unit
from counter_app.services.state import PrincipalDraft

Subject = TypeVar("Subject", Person, Employer)
FALSE = "false_commitment"  # the flag of a person or employer whose commitment was found false
DISCREDITED = "discredited"  # an open entry in the list of dishonest persons (失信)
DEFER_DAYS, CHECK_DAYS, KEEP_YEARS = 5, 30, 2  # where a region's pack says nothing


def defer_until(office: Office, kind: TransactionType, situation: str, days: int = 0) -> date:
    """The last day for a late material: by the region's days, never longer than what was promised."""
    promised = kind.limits.promised_for(office.region.id, situation)
    longest = _number(office, "defer.days", DEFER_DAYS)
    if promised:
        longest = min(longest, promised)
    return due_on(office.today(), min(days, longest) if days > 0 else longest, calendar=office.calendar).on


def check_until(office: Office) -> date:
    """The day by which a commitment accepted today is to be checked."""
    days = _number(office, "commitment.check_days", CHECK_DAYS)
    return due_on(office.today(), days, calendar=office.calendar).on


def keep_until(office: Office) -> date:
    """Until when a commitment accepted today may not be destroyed."""
    today = office.today()
    year = today.year + _number(office, "commitment.keep_years", KEEP_YEARS)
    try:
        return today.replace(year=year)
    except ValueError:  # the 29th of February
        return date(year, 3, 1)


def told(office: Office, material: MaterialRecord) -> Mapping[str, Any]:
    """What the fact of a commitment adds to its material."""
    check = material.due_on.isoformat() if material.due_on else None
    return {"check_due": check, "keep_until": keep_until(office).isoformat()}


def barred(principal: PrincipalDraft | None) -> Problem | None:
    """Why this principal may neither commit nor bring anything later; None when nothing is against it."""
    if principal is None:
        return None
    flags = principal.person.flags if principal.person else ()
    flags = principal.employer.flags if principal.employer else flags
    if DISCREDITED in flags:
        return Problem("commitment-discredited", "party")
    return Problem("commitment-barred", "party") if FALSE in flags else None


def checked(office: Office, number: str, code: str, holds: bool, reason: str = "") -> CaseRecord:
    """Write down what the check of a commitment found; a false one bars its author from the next.

    Raises Problem `not-found`, `reason-needed` (a false one needs its reason).
    """
    record = office.ports.storage.case(number)
    if record is None:
        raise Problem("not-found", "number", number)
    if not any(m.code == code and m.state is MaterialState.COMMITTED for m in record.materials):
        raise Problem("not-found", "material", code)
    if not holds and not reason.strip():
        raise Problem("reason-needed", "commitment", "承诺不实")
    materials = tuple(replace(m, due_on=None) if m.code == code else m for m in record.materials)
    changed = replace(record, materials=materials)
    body = {"case": number, "code": code, "holds": holds, "reason": reason}
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        unit.save_case(changed)
        unit.record(Fact("commitment.checked", body, record.case_id))
        if not holds:
            _flagged(office, unit, record, True)
    return changed


def repaired(office: Office, number: str, reason: str) -> None:
    """The author of a false commitment has made it good (信用修复). Needs a supervisor and a reason.

    Raises Problem `not-found`, `supervisor-needed`, `reason-needed`.
    """
    record = office.ports.storage.case(number)
    if record is None:
        raise Problem("not-found", "number", number)
    if not office.actor.may("supervisor"):
        raise Problem("supervisor-needed", "commitment", "信用修复")
    if not reason.strip():
        raise Problem("reason-needed", "commitment", "信用修复")
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        unit.record(Fact("commitment.repaired", {"case": number, "reason": reason}, record.case_id))
        _flagged(office, unit, record, False)


def to_check(storage: Storage, until: date) -> list[tuple[CaseRecord, MaterialRecord]]:
    """Commitments whose check is due by a day, the earliest first."""
    found = [
        (case, material)
        for case in storage.committed(until)
        if case.state is not CaseState.NOT_ACCEPTED
        for material in case.materials
        if material.state is MaterialState.COMMITTED and material.due_on and material.due_on <= until
    ]
    return sorted(found, key=lambda pair: (pair[1].due_on or until, pair[0].number))


def _flagged(office: Office, unit: Unit, record: CaseRecord, is_false: bool) -> None:
    storage = office.ports.storage
    person = storage.person(record.person_id) if record.person_id else None
    if person is not None:
        unit.save_person(_with_flag(person, is_false))
        return
    uscc = str(record.answers.get("uscc", ""))
    employer = storage.employer_by_uscc(uscc) if uscc else None
    if employer is not None:
        unit.save_employer(_with_flag(employer, is_false))


def _with_flag(subject: Subject, is_false: bool) -> Subject:
    flags: tuple[str, ...] = tuple(flag for flag in subject.flags if flag != FALSE)
    return replace(subject, flags=(*flags, FALSE) if is_false else flags)


def _number(office: Office, name: str, otherwise: int) -> int:
    found = office.region.parameter(name, office.today())
    return int(found.value) if found else otherwise

"""上门服务: appointments are filings of their own channel, done at the home as cases of that channel."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from counter_app.domain.cases import CaseRecord
from counter_app.domain.filings import Filing
from counter_app.problems import Problem
from counter_app.seals.receipts import content_hash
from counter_app.services import filings
from counter_app.services.office import Office

BOOKING = "FW09"  # 上门服务预约: reason, address and day are its form
CHANNEL = "home_visit"
AT_LEAST = 2  # who goes alone is neither believed nor safe


def two_of(staff: Sequence[str]) -> tuple[str, ...]:
    """The staff numbers of those who go. Raises Problem `home-visit-staff` for fewer than two."""
    numbers = tuple(dict.fromkeys(number.strip() for number in staff if number.strip()))
    if len(numbers) < AT_LEAST:
        raise Problem("home-visit-staff", "staff", "、".join(numbers) or "无")
    return numbers


def book(office: Office, number: str, type_id: str, staff: Sequence[str], situation: str = "") -> Filing:
    """Put what is to be done at a home into the list of appointments, from an accepted 上门服务预约.

    One appointment per type; the address is sealed with everything else about the person. Raises Problem
    `not-found`, `state-wrong` (not a booking), `filing-type`, `home-visit-staff`, `filing-conflict`.
    """
    record = office.ports.storage.case(number)
    if record is None:
        raise Problem("not-found", "number", number)
    if record.type_id != BOOKING:
        raise Problem("state-wrong", "number", record.type_name)
    filing = _filing(office, record, type_id, two_of(staff), situation)
    received = filings.receive(office, (filing,))
    if received.problems:
        raise received.problems[0]
    return filing


def booked(office: Office, day: date) -> tuple[Filing, ...]:
    """The appointments of a day that are still to be done, in the order they were asked for."""
    waiting = office.ports.storage.filings("waiting")
    return tuple(f for f in waiting if f.channel == CHANNEL and f.planned_on == day)


def _filing(
    office: Office, record: CaseRecord, type_id: str, staff: tuple[str, ...], situation: str
) -> Filing:
    person = office.ports.storage.person(record.person_id)
    if person is None:
        raise Problem("not-found", "person", record.number)
    planned = str(record.answers.get("visit_on", ""))
    told = {"booking": record.number, "type": type_id, "situation": situation, "staff": list(staff)}
    return Filing(
        filing_id=f"{record.number}:{type_id}",
        channel=CHANNEL,
        origin=office.hall_name or office.region.name,
        type_id=type_id,
        filed_at=(record.accepted_at or office.now()).isoformat(),
        situation=situation,
        person=person,
        note=str(record.answers.get("items", "")),
        planned_on=date.fromisoformat(planned) if planned else None,
        address=str(record.answers.get("visit_addr", "")),
        staff=staff,
        content_hash=content_hash(told),
    )

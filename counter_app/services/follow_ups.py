"""差评回访 at the supervisor's desk: the list, and the inner task FW06 each bad answer becomes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from counter_app.domain.cases import CaseRecord, CaseState, Clocks, Fact
from counter_app.domain.codec import to_plain
from counter_app.domain.follow_ups import FollowUp
from counter_app.problems import Problem
from counter_app.services import due
from counter_app.services.life import told
from counter_app.services.office import Office

TASK = "FW06"


def open_ones(office: Office) -> Sequence[FollowUp]:
    """Bad answers nobody has finished with. Raises Problem `supervisor-needed`, `hub-away`."""
    _may(office)
    return office.ports.hub.follow_ups()


def act(office: Office, follow_id: str, word: str, note: str = "") -> FollowUp:
    """`call_back mend close`, once each and in this order. Raises what the hub refuses."""
    _may(office)
    return office.ports.hub.follow_up(follow_id, word, office.new_id(), office.actor, note)


def take(office: Office, follow_id: str) -> CaseRecord:
    """Make a bad answer the inner task FW06, due by the day it has to be mended; the same one once.

    It then lies on the desk of the 值班主管 like any other case. Raises Problem `supervisor-needed`,
    `not-found`, `hub-away`, `type-unknown`.
    """
    _may(office)
    found = next((one for one in office.ports.hub.follow_ups() if one.id == follow_id), None)
    if found is None:
        raise Problem("not-found", "follow-up", follow_id)
    known = office.ports.storage.case(found.task) if found.task else None
    if known is not None:
        return known
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        record = _record(office, found, unit.next_number(office.today()))
        unit.save_case(record)
        unit.record(Fact("case.accepted", _body(office, record), record.case_id, 2, record.pack))
    number = record.number
    office.ports.hub.follow_up(follow_id, "task", office.new_id(), office.actor, task=number)
    return record


def late(found: Sequence[FollowUp], today: date) -> int:
    """How many are beyond the day of what comes next."""
    return sum(one.overdue(today) for one in found)


def _may(office: Office) -> None:
    if not office.actor.may("supervisor"):
        raise Problem("supervisor-needed", "follow-up", "差评回访")


def _record(office: Office, found: FollowUp, number: str) -> CaseRecord:
    kind, now = office.type(TASK), office.now()
    return CaseRecord(
        case_id=office.new_id(),
        number=number,
        type_id=kind.id,
        type_name=kind.name,
        situation="",
        state=CaseState.ACCEPTED,
        principal_name="",
        person_id="",
        party="self",
        pack=kind.pack or kind.version,
        received_on=now.date(),
        accepted_at=now,
        business_date=now.date(),
        due_on=found.mend_by,
        answers={"eval_no": found.number or found.id[:40]},
        materials=(),
        online=office.online(),
        clocks=due.counted(office.calendar, Clocks(target_due=found.mend_by), now.date(), now.date()),
    )


def _body(office: Office, record: CaseRecord) -> dict[str, Any]:
    more = {"certno_blind": "", "clerk_no": office.actor.clerk_no, "life": told(office.catalogue, record)}
    return {**to_plain(record), **more}

"""机具故障报修 of the hall's own devices (FW07): written down in one act, whatever the window is doing.

The report belongs to nobody's visit: a case in hand stays as it is, and no paper is printed, for there is no
applicant to hand it to. From here on it is a case like any other: in the due list by its minute (R66), in the
hub by its fact.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from counter_app.domain.people import Person
from counter_app.domain.value import Value
from counter_app.problems import Problem, Problems
from counter_app.services import filling
from counter_app.services.accept import write
from counter_app.services.arrivals import ArrivalDue, arrival
from counter_app.services.device_views import RepairView
from counter_app.services.judge import judged, offered, problems_of
from counter_app.services.office import Office
from counter_app.services.state import CaseDraft, PrincipalDraft, VisitState

REPAIR = "FW07"


class Repair(Value, frozen=True):
    """A report that somebody has still to come for; `due` is None where the region sets no minutes."""

    number: str
    device: str
    symptom: str
    reported_at: datetime | None
    due: ArrivalDue | None


def report(office: Office, device: str, symptom: str) -> Repair:
    """Report a device broken now. One that is reported already is that report, not a second one.

    Raises Problem `type-unknown`, `type-not-offered`, `field-required`, `field-…`.
    """
    for known in waiting(office):
        if known.device == device.strip():
            return known
    kind = office.type(REPAIR)
    offered(office, kind)
    state, case = _drafted(office, device, symptom)
    wrong = [problem for problem in problems_of(office, state, case) if problem.where != "identity"]
    if wrong:
        raise wrong[0] if len(wrong) == 1 else Problems(wrong)
    here = judged(office, state, case)
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        write(office, unit, state, case, here, unit.next_number(office.today()))
    return next(each for each in waiting(office) if each.device == device.strip())


def waiting(office: Office) -> Sequence[Repair]:
    """Reports of this counter that are still open, the most urgent first."""
    now = office.now()
    found = [case for case in office.ports.storage.due_cases() if case.type_id == REPAIR]
    rows = [
        Repair(
            case.number,
            str(case.answers.get("device", "")),
            str(case.answers.get("symptom", "")),
            case.accepted_at,
            arrival(office.region, case.answers, now),
        )
        for case in found
    ]
    return sorted(rows, key=lambda row: row.due.left if row.due else 1 << 30)


def repair_view(row: Repair) -> RepairView:
    """A report as the screen shows it."""
    due = row.due
    return RepairView(row.number, row.device, f"{due.at:%H:%M}" if due else "", due.left if due else None)


def _drafted(office: Office, device: str, symptom: str) -> tuple[VisitState, CaseDraft]:
    kind, now = office.type(REPAIR), office.now()
    nobody = PrincipalDraft(office.new_id(), Person("", ""), known=False)
    case = filling.with_defaults(office, kind, CaseDraft(office.new_id(), kind.id, nobody.key))
    told = {"place": "hall", "device": device, "symptom": symptom, "report_at": f"{now:%Y-%m-%d %H:%M}"}
    for spec in kind.fields:
        if spec.key in told:
            case = filling.typed(office, case, spec, told[spec.key])
            if spec.key in case.refused:
                refusal = case.refused[spec.key]
                raise Problem(refusal.code, spec.key, refusal.detail)
    state = VisitState(office.new_id(), now.isoformat(), office.window, office.actor.clerk_no)
    state = replace(state.with_principal(nobody), current_principal=nobody.key)
    return state.with_case(case), case

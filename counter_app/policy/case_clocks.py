"""Both clocks of a case kept as a value: counted with their pauses, paused and resumed as it moves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from counter_app.catalog.flows import Flow
from counter_app.catalog.holidays import Holidays
from counter_app.domain.cases import Clocks, Paused
from counter_app.domain.life import Life
from counter_app.domain.value import replace
from counter_app.policy.deadlines import Due, DueRow, Pause, Timed, clocks, due

DEFERRED, CORRECTED, OBJECTION = "容缺", "补正", "异议复核"
# What a pause is called, by the step that holds the clock; where the step is not named, an objection.
_KINDS: Mapping[str, str] = {
    "supplement": CORRECTED,
    "returned": CORRECTED,
    "expert_review": "专家评审",
    "site_visit": "现场考察",
    "inquiry": "稽核调查",
    "forwarded": "转出地办理",
    "pay_bounced": "退票",
}


def counted(
    calendar: Holidays, kept: Clocks, received: date, accepted: date | None, until: date | None = None
) -> Clocks:
    """The clocks with their deadlines counted anew.

    A pause that is still open is taken to last until `until`, the day the materials are due; without
    one the deadline is unknown.
    """
    pauses = [_pause(p, until) for p in kept.pauses]
    statutory = _deadline(calendar, received, kept.statutory_days, pauses)
    promised = _deadline(calendar, accepted, kept.promised_days, pauses)
    is_estimated = any(found is not None and found.provisional for found in (statutory, promised))
    return replace(
        kept,
        statutory_due=statutory.on if statutory else None,
        promised_due=promised.on if promised else None,
        is_estimated=is_estimated,
    )


def nearest(kept: Clocks) -> date | None:
    """The day said to the citizen: what was promised, else what the law says."""
    return kept.promised_due or kept.statutory_due


def lights(calendar: Holidays, life: Life, today: date) -> DueRow:
    """Both clocks of a case read today; one that has stopped is read on the day it stopped."""
    kept = life.clocks
    pauses = tuple(_pause(p, None) for p in kept.pauses)
    days = (kept.statutory_days, kept.promised_days)
    timed = Timed(life.number, life.received_on, life.accepted_on, *days, pauses, life.stopped_on)
    return clocks(calendar, timed, today)


def moved(life: Life, flow: Flow, source: str, target: str, day: date) -> Life:
    """The life's clocks after going from one step to another on a day: paused, resumed or stopped.

    容缺 is no matter of steps: its pause ends with the last material (`made_good`).
    """
    before, after = _clock(flow, source), _clock(flow, target)
    if before == after == "stopped":
        return life
    pauses, stopped = life.clocks.pauses, life.stopped_on
    if before == "paused":
        pauses = _ended(pauses, _KINDS.get(source, OBJECTION), day)
    if before == "stopped":
        kind, is_open = _KINDS.get(source, OBJECTION), any(p.last is None for p in pauses)
        pauses = _ended(pauses, kind, day) if is_open else (*pauses, Paused(kind, stopped or day, day))
        stopped = None
    if after == "paused":
        pauses = (*pauses, Paused(_KINDS.get(target, OBJECTION), day))
    if after == "stopped":
        stopped = day
    return replace(life, clocks=replace(life.clocks, pauses=pauses), stopped_on=stopped)


def _clock(flow: Flow, step: str) -> str:
    return "runs" if step == "deferred" else flow.step(step).clock


def made_good(life: Life, day: date) -> Life:
    """The life after its last deferred material came: that pause ends."""
    pauses = _ended(life.clocks.pauses, DEFERRED, day)
    return replace(life, clocks=replace(life.clocks, pauses=pauses))


def extended(life: Life, days: int) -> Life:
    """The life with working days added to both limits it has."""
    kept = life.clocks
    longer = [old + days if old is not None else None for old in (kept.statutory_days, kept.promised_days)]
    return replace(life, clocks=replace(kept, statutory_days=longer[0], promised_days=longer[1]))


def _ended(pauses: tuple[Paused, ...], kind: str, day: date) -> tuple[Paused, ...]:
    return tuple(
        replace(p, last=max(day, p.first)) if p.kind == kind and p.last is None else p for p in pauses
    )


def _deadline(calendar: Holidays, start: date | None, days: int | None, pauses: list[Pause]) -> Due | None:
    return due(calendar, start, days, pauses) if start is not None and days is not None else None


def _pause(paused: Paused, until: date | None) -> Pause:
    last = paused.last or until
    return Pause(paused.kind, paused.first, max(last, paused.first) if last else None)

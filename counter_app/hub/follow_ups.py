"""差评回访 in the hub's store: opened by a bad answer, moved on by somebody with a name, each act once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, insert, select, update

from counter_app.catalog.holidays import Holidays
from counter_app.catalog.model import Region
from counter_app.domain.actor import Actor
from counter_app.domain.codec import from_plain, to_plain
from counter_app.domain.follow_ups import ACT_NAMES, ACTS, FOLLOW_UP_NAMES, FollowUp, FollowUpState, Terms
from counter_app.domain.ratings import text_of
from counter_app.hub import memory, rows
from counter_app.hub.commands import Rate
from counter_app.hub.day_commands import FollowOn
from counter_app.hub.day_tables import follow_ups
from counter_app.hub.rows import HALL_TIME, to_ms
from counter_app.hub.tables import cases
from counter_app.policy.workdays import due_on
from counter_app.problems import Problem
from counter_app.queueing.entry import LineFact

CALL_BACK, MEND = "rating.call_back_days", "rating.mend_days"  # parameters of a region, working days
_F = follow_ups.c


def terms_of(region: Region | None, day: date) -> Terms:
    """The working days a region gives itself on a day; the program's own where it says nothing."""
    said = region.parameter if region is not None else (lambda name, on: None)
    call, mend = said(CALL_BACK, day), said(MEND, day)
    own = Terms()
    return Terms(
        int(call.value) if call is not None else own.call_back_days,
        int(mend.value) if mend is not None else own.mend_days,
    )


def opened(connection: Connection, command: Rate, terms: Terms, calendar: Holidays) -> FollowUp:
    """A bad answer begins its follow-up; a case has one."""
    day = command.at.astimezone(HALL_TIME).date()
    number = select(cases.c.number).where(cases.c.hall == command.hall, cases.c.case_id == command.case_id)
    made = FollowUp(
        id=command.case_id,
        case_id=command.case_id,
        number=connection.execute(number).scalar() or "",
        level=command.level,
        indicators=tuple(text_of(code) for code in command.indicators),
        opened_on=day,
        call_back_by=_by(day, terms.call_back_days, calendar),
        mend_by=_by(day, terms.mend_days, calendar),
    )
    values = {"hall": command.hall, "case_id": made.case_id, "state": made.state.value, "text": _text(made)}
    connection.execute(insert(follow_ups).values(**values, at_ms=to_ms(command.at)))
    return made


def follow_ups_of(connection: Connection, hall: str, open_only: bool = True) -> Sequence[FollowUp]:
    """Every follow-up of a hall, or those not closed; the oldest first."""
    chosen = select(_F.text).where(_F.hall == hall)
    if open_only:
        chosen = chosen.where(_F.state != FollowUpState.CLOSED.value)
    found = connection.execute(chosen.order_by(_F.at_ms, _F.case_id)).scalars()
    return tuple(from_plain(FollowUp, json.loads(text)) for text in found)


def follow_on(connection: Connection, actor: Actor, command: FollowOn) -> FollowUp:
    """One act on a follow-up, once per request id.

    Raises Problem `supervisor-needed`, `actor-unnamed`, `reason-needed`, `not-found`, `verb-unknown`,
    `follow-up-step`, `request-reused`.
    """
    hall, now = command.hall, to_ms(command.at)
    mine = memory.digest("follow", command.id, command.act, command.note, command.task)
    chosen = select(_F.text).where(_F.hall == hall, _F.case_id == command.id).with_for_update()
    text = connection.execute(chosen).scalar()
    if text is None:
        raise Problem("not-found", "follow-up", command.id)
    known = from_plain(FollowUp, json.loads(text))
    if memory.subject(connection, hall, command.request_id, mine):
        return known
    _may(actor, command)
    after = _after(known, actor, command)
    written = update(follow_ups).where(_F.hall == hall, _F.case_id == command.id)
    connection.execute(written.values(state=after.state.value, text=_text(after)))
    memory.remember(connection, hall, command.request_id, mine, command.id, now)
    fact = LineFact(
        f"follow_up.{command.act}", command.id, now, actor.clerk_no, actor.window, command.note.strip()
    )
    rows.note(connection, hall, fact)
    return after


def _may(actor: Actor, command: FollowOn) -> None:
    if not actor.may("supervisor"):
        raise Problem("supervisor-needed", "follow-up", ACT_NAMES.get(command.act, command.act))
    if not actor.clerk_no:
        raise Problem("actor-unnamed", "follow-up", ACT_NAMES.get(command.act, command.act))
    if command.act in ("call_back", "mend") and not command.note.strip():
        raise Problem("reason-needed", "note", ACT_NAMES[command.act])


def _after(known: FollowUp, actor: Actor, command: FollowOn) -> FollowUp:
    if command.act == "task":
        return replace(known, task=command.task)
    if command.act not in ACTS:
        raise Problem("verb-unknown", "act", command.act)
    source, target = ACTS[command.act]
    if known.state is not source:
        raise Problem("follow-up-step", "follow-up", FOLLOW_UP_NAMES[known.state])
    if command.act == "call_back":
        at = command.at.astimezone(HALL_TIME).isoformat(timespec="minutes")
        return replace(known, state=target, called_at=at, called_by=actor.clerk_no, said=command.note.strip())
    fix = command.note.strip() or known.fix
    return replace(known, state=target, fix=fix)


def _by(day: date, days: int, calendar: Holidays) -> date:
    return due_on(day, days, calendar=calendar).on


def _text(one: FollowUp) -> str:
    return json.dumps(to_plain(one), ensure_ascii=False, sort_keys=True)

"""How a case may go on: every move is checked against its flow, then carried out. Pure.

`begin` starts a life, `move` refuses or carries out what somebody wants, `carried` applies a turn that
was already allowed elsewhere (the hub's, read from the feed). The counter and the hub use the same
functions, so that neither allows what the other forbids.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from counter_app.catalog.flows import FLOWS, Flow, Move
from counter_app.catalog.holidays import Holidays
from counter_app.catalog.verbs import VERBS, at_window, moves_by, verb_of
from counter_app.domain.actor import Actor
from counter_app.domain.cases import CaseState
from counter_app.domain.life import Life, Part, Turn, Wish
from counter_app.policy.case_clocks import CORRECTED, counted, extended, made_good, moved
from counter_app.policy.life_rules import LOCAL, allow
from counter_app.problems import Problem

DESK = "审核岗"  # where a type names nobody behind the counter
_NOT_DESKS = frozenset({"值班主管", "基金财务岗", "专家组"})  # they have steps of their own
_SAID = {state.value: state for state in CaseState}
_KEEPS = frozenset({"delivered", "rated", "spot_check", "recovered", "objection"})
_FIRST = frozenset({"pass", "expert", "site"})  # who does these has done the first review
_WHOLE = frozenset({"withdraw", "terminate", "make_good"})  # about the case, whichever desk has it


def flow_of(life: Life) -> Flow:
    """The table a case follows."""
    return FLOWS[life.flow]


def living_flow(flow: str, deferred: bool, back_office: bool) -> str:
    """The flow a case really follows: an instant matter with something owed or reviewed becomes timed."""
    if flow not in FLOWS:
        return "timed"
    return "timed" if flow == "instant" and (deferred or back_office) else flow


def review_desks(back_office: tuple[str, ...]) -> tuple[str, ...]:
    """The desks that review a type's cases; several handle them jointly (联办)."""
    return tuple(desk for desk in back_office if desk not in _NOT_DESKS) or (DESK,)


def begin(life: Life) -> Life:
    """A life at its first step, by the coarse state it came with; an accepted case goes to its desks."""
    flow = flow_of(life)
    known = {step.id for step in flow.steps}
    if life.state is CaseState.ACCEPTED:
        first = "deferred" if life.deferred and "deferred" in known else "accepted"
    else:
        told = any(p.kind == CORRECTED and p.last is None for p in life.clocks.pauses)
        first = "supplement" if life.state is CaseState.RECEIVED and told else life.state.value
    step = first if first in known else flow.start
    day = life.accepted_on or life.received_on
    stopped = day if flow.step(step).clock == "stopped" else None
    return settled(replace(life, step=step, since=day, stopped_on=stopped))


def move(life: Life, wish: Wish, actor: Actor, at: datetime, calendar: Holidays) -> Life:
    """What somebody wants, carried out; the same wish again changes nothing.

    Raises Problem `move-unknown`, `move-wrong-step`, `desk-needed`, and what `life_rules.allow` raises.
    """
    if life.knows(wish.id):
        return life
    part, chosen = choose(life, wish, actor)
    reason = allow(life, part, chosen, wish, actor)
    verb = verb_of(chosen).id
    amount = life.amount if verb == "second" and wish.amount is None else wish.amount
    said = Turn(
        id=wish.id,
        act=verb,
        source=chosen.source,
        target=chosen.target,
        at=at,
        clerk_no=actor.clerk_no,
        clerk_name=actor.clerk_name,
        desk=part.desk if part is not None else wish.desk,
        reason=reason,
        amount=_rest(life) if verb == "pay" and amount is None else amount,
        days=wish.days or (life.asked_days if verb == "grant" else 0),
        detail=wish.detail or "、".join(wish.desks),
    )
    return carried(life, said, calendar)


def choose(life: Life, wish: Wish, actor: Actor) -> tuple[Part | None, Move]:
    """The desk's part and the move that are meant. Raises Problem."""
    flow, part = flow_of(life), None
    if life.step in LOCAL and life.parts and wish.act not in _WHOLE:
        part = _part(life, wish, actor)
    step = part.step if part is not None else life.step
    if wish.act == "make_good" and not (step == "deferred" and life.deferred == (wish.detail,)):
        return None, Move(step, step, "容缺材料补齐")  # one of several, or while the review goes on
    found = moves_by(flow, step, wish.act) if wish.act else flow.moves_from(step)
    wanted = [one for one in found if not wish.to or one.target == wish.to]
    if wish.act == "second" and len(wanted) > 1:
        amount = wish.amount if wish.amount is not None else life.amount
        wanted = [one for one in wanted if one.target == ("pay_ordered" if amount else "done")]
    if not wanted or not (wish.act or wish.to):
        raise _impossible(flow, step, wish)
    return part, wanted[0]


def open_moves(life: Life, desk: str = "") -> tuple[Move, ...]:
    """What may come next, of a desk's part where one is named."""
    part = life.part(desk) if life.step in LOCAL else None
    return flow_of(life).moves_from(part.step if part is not None else life.step)


def carried(life: Life, turn: Turn, calendar: Holidays) -> Life:
    """The life after a turn that was allowed; one already counted changes nothing."""
    if life.knows(turn.id):
        return life
    day = turn.at.date()
    before = life.step
    after = _joined(_money(_parts(life, turn), turn), turn)
    if turn.act == "make_good":
        owed = tuple(code for code in after.deferred if code != turn.detail)
        after = replace(after, deferred=owed)
        after = after if owed else made_good(after, day)
    if turn.act in ("accept", "defer"):
        after = replace(after, accepted_on=day, clocks=replace(after.clocks, promised_days=turn.days or None))
    if turn.act == "grant":
        after = replace(extended(after, turn.days), asked_days=0)
    if after.step != before:
        after = replace(moved(after, flow_of(after), before, after.step, day), since=day)
    after = replace(after, state=_state(after), history=(*after.history, turn))
    return recounted(settled(after), calendar)


def noted(life: Life, turn: Turn) -> Life:
    """The life with one line more in its story; it stands where it stood. Once per id."""
    return life if life.knows(turn.id) else replace(life, history=(*life.history, turn))


def made_at_window(life: Life) -> bool:
    """Whether the last turn of a life is one a window makes by itself; no other may come as a fact."""
    turn, flow = life.history[-1], flow_of(life)
    return turn.act == "make_good" or any(
        at_window(flow, one) for one in moves_by(flow, turn.source, turn.act) if one.target == turn.target
    )


def settled(life: Life) -> Life:
    """An accepted case whose flow has a back office goes to its desks by itself (分办)."""
    has_desks = any(step.id == "assigned" for step in flow_of(life).steps)
    if life.step != "accepted" or not has_desks or not life.desks:
        return life
    return replace(life, step="assigned", parts=tuple(Part(desk) for desk in life.desks))


def recounted(life: Life, calendar: Holidays, until: date | None = None) -> Life:
    """The life with its deadlines counted by this calendar."""
    kept = counted(calendar, life.clocks, life.received_on, life.accepted_on, until)
    return replace(life, clocks=kept)


# --- parts ----------------------------------------------------------------------------------------
def _part(life: Life, wish: Wish, actor: Actor) -> Part:
    found = life.part(wish.desk)
    if found is None and not wish.desk:
        held = [p for p in life.parts if p.holder == actor.clerk_no != "" and not p.agreed]
        found = held[0] if len(held) == 1 else None
    if found is None:
        raise Problem("desk-needed", "desk", "、".join(part.desk for part in life.parts))
    if found.agreed:
        raise Problem("move-wrong-step", "case", f"{found.desk}已办完")
    return found


def _parts(life: Life, turn: Turn) -> Life:
    """Every desk's share after a turn."""
    if turn.act == "assign" and turn.target == "assigned":
        desks = tuple(turn.detail.split("、")) if turn.detail else life.desks or (DESK,)
        return replace(life, desks=desks, parts=tuple(Part(desk) for desk in dict.fromkeys(desks)))
    if turn.act == "overturn":
        return replace(life, parts=tuple(Part(part.desk, "first_review") for part in life.parts))
    changed = tuple(_shared(part, turn) if _means(life, part, turn) else part for part in life.parts)
    return replace(life, parts=changed)


def _means(life: Life, part: Part, turn: Turn) -> bool:
    return turn.source in LOCAL and (turn.desk == part.desk or len(life.parts) == 1)


def _shared(part: Part, turn: Turn) -> Part:
    """One desk's share after its own turn."""
    if turn.act == "second":
        return replace(part, agreed=True, second=turn.clerk_no)
    if turn.act == "return":
        return replace(part, step="first_review", first="")
    if turn.target not in LOCAL:
        return part
    after = replace(part, step=turn.target)
    if turn.act == "claim":
        return replace(after, holder=turn.clerk_no)
    if turn.act in _FIRST:
        return replace(after, first=turn.clerk_no)
    if turn.act == "send_back":
        return replace(after, first="")
    if turn.act == "transfer":
        return Part(turn.detail or part.desk)
    return after


def _joined(life: Life, turn: Turn) -> Life:
    """Where the whole case stands: it goes on only when every desk has agreed."""
    waits = [part for part in life.parts if not part.agreed]
    inside = turn.target in LOCAL or (turn.act == "second" and bool(waits))
    if turn.act == "make_good" and turn.source == turn.target:
        return life
    if not (inside and waits):
        return replace(life, step=turn.target)
    order = [step.id for step in flow_of(life).steps]
    return replace(life, step=min((part.step for part in waits), key=order.index))


# --- money and state ------------------------------------------------------------------------------
def _rest(life: Life) -> int | None:
    return None if life.amount is None else life.amount - life.paid


def _money(life: Life, turn: Turn) -> Life:
    given = turn.amount or 0
    if turn.act in ("pass", "second") and turn.amount is not None:
        return replace(life, amount=turn.amount)
    if turn.act in ("pay", "part"):
        return replace(life, paid=life.paid + given)
    if turn.act == "recover":
        return replace(life, paid=life.paid - given)
    if turn.act == "extend":
        return replace(life, asked_days=turn.days)
    if turn.act == "change_account":
        return replace(life, changed_by=turn.clerk_no)
    return life


def _state(life: Life) -> CaseState:
    """The coarse state; what is delivered, rated or archived keeps how it ended."""
    if life.step == "archived":
        return CaseState.DONE if life.state is CaseState.ACCEPTED else life.state
    if life.step in _KEEPS:
        return life.state
    if life.step == "supplement":
        return CaseState.RECEIVED
    return _SAID.get(life.step, CaseState.ACCEPTED)


def _impossible(flow: Flow, step: str, wish: Wish) -> Problem:
    known = any(verb_of(one).id == wish.act for table in FLOWS.values() for one in table.moves)
    if wish.act and not known and wish.act not in VERBS:
        return Problem("move-unknown", "act", wish.act)
    if not wish.act and wish.to not in {one.id for one in flow.steps}:
        return Problem("move-unknown", "to", wish.to)
    return Problem("move-wrong-step", "case", flow.step(step).name)

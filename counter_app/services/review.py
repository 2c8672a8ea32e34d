"""Behind the counter: the hub's answers turned into what a reviewer sees, and what may be done said first.

The hub decides; what is said here beforehand only spares a reviewer a refusal.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from counter_app.catalog.reasons import Reason, reasons
from counter_app.domain.actor import Actor
from counter_app.domain.life import Wish
from counter_app.problems import Problem
from counter_app.services.review_view import (
    Decision,
    LightView,
    Offer,
    PartLine,
    WorkRow,
)

Plain = Mapping[str, Any]
_NEEDS = {
    "extend": ("days",),
    "transfer": ("desk",),
    "assign": ("desk",),
    "deliver": ("way",),
    "make_good": ("material",),
    "part": ("amount",),
    "recover": ("amount",),
}
_MONEY_NEEDS = frozenset({"pass"})
_BACKWARDS = ("return", "refuse", "send_back", "terminate", "withdraw", "reverse", "recover", "bounce")


def work_row(plain: Plain, actor: Actor) -> WorkRow:
    """One line of the list."""
    return WorkRow(
        case_id=plain["id"],
        number=plain["number"],
        type_name=plain["type_name"] or plain["type"],
        person=plain.get("person", ""),
        desk=plain.get("desk", ""),
        step_name=plain["step_name"],
        holder=plain.get("holder", ""),
        promised=light(plain.get("promised")),
        statutory=light(plain.get("statutory")),
        money=bool(plain.get("money")),
        deferred=len(plain.get("deferred", ())),
        mine=bool(actor.clerk_no) and plain.get("holder") == actor.clerk_no,
        part=plain.get("part", ""),
    )


def urgency(row: WorkRow) -> tuple[str, str]:
    """What comes first in a list: the nearer last day of both clocks; without one at the end."""
    days = [light.due_on for light in (row.promised, row.statutory) if light.due_on]
    return min(days, default="9999"), row.number


def offers(plain: Plain, actor: Actor) -> tuple[Offer, ...]:
    """What this person may do now, the way forward first; a block is said before it is tried."""
    found = []
    for act in plain.get("acts", ()):
        if not any(actor.may(role) for role in act["roles"]):
            continue
        needs = _NEEDS.get(act["act"], ())
        if plain.get("money") and act["act"] in _MONEY_NEEDS:
            needs = (*needs, "amount")
        blocked = _blocked(plain, act["act"], actor)
        found.append(Offer(act["act"], act["name"], bool(act["reasoned"]), needs, blocked))
    return tuple(sorted(found, key=lambda offer: (bool(offer.blocked), offer.act in _BACKWARDS)))


def choices(act: str, region: str) -> tuple[Reason, ...]:
    """The reasons to choose from."""
    return reasons(act, region)


def problem_of(offer: Offer, said: Decision) -> Problem | None:
    """What is still missing before it may be sent; None when nothing is."""
    if offer.blocked:
        return Problem("state-wrong", "act", offer.name)
    if offer.reasoned and not said.reason.removeprefix("其他：").strip():
        return Problem("reason-needed", "reason", offer.name)
    missing = {
        "amount": ("amount-needed", said.amount is None),
        "days": ("days-needed", said.days < 1),
        "desk": ("field-required", not said.desk),
        "way": ("field-required", not said.detail),
        "material": ("field-required", not said.detail),
    }
    for need in offer.needs:
        code, is_missing = missing[need]
        if is_missing:
            return Problem(code, need, _NEED_WORDS.get(need, str(said.days)))
    return None


def wish_of(request_id: str, row: WorkRow, said: Decision, parts: Sequence[PartLine]) -> Wish:
    """The decision as the hub is asked for it."""
    to_desk = said.act in ("transfer", "assign")
    own = row.part if len(parts) > 1 else ""
    return Wish(
        id=request_id,
        act=said.act,
        desk=own,
        desks=(said.desk,) if to_desk and said.desk else (),
        reason=said.reason,
        amount=said.amount,
        days=said.days,
        detail=said.detail,
    )


_WHOSEVER = frozenset({"withdraw", "terminate", "supervise"})
_NEED_WORDS = {"desk": "转往岗位", "way": "送达方式", "material": "补齐的材料"}


def _blocked(plain: Plain, act: str, actor: Actor) -> str:
    parts = plain.get("parts", ())
    alone = parts[0] if len(parts) == 1 else {}
    part = next((p for p in parts if p["desk"] == plain.get("part")), alone)
    step, holder = plain.get("step"), part.get("holder", "")
    if step == "second_review" and act in ("second", "refuse") and part.get("first") == actor.clerk_no:
        return "初审是您通过的，复核请交另一位同事。"
    is_other = step == "first_review" and holder not in ("", actor.clerk_no)
    if is_other and not actor.may("supervisor") and act not in _WHOSEVER:
        return f"该件由工号 {holder} 的同事领办。"
    if act == "second" and plain.get("deferred"):
        return f"还有 {len(plain['deferred'])} 件容缺材料没有补齐，补齐后再通过。"
    return ""


def light(told: Plain | None) -> LightView:
    """A clock as it came; without one there is no light."""
    if not told:
        return LightView()
    return LightView(told["light"], told.get("due_on") or "", told["left"], bool(told.get("provisional")))

"""What stands against a move that the flow would allow: role, reason, second person, money, what is owed."""

from __future__ import annotations

from collections.abc import Callable

from counter_app.catalog.flows import Move
from counter_app.catalog.reasons import reason_text
from counter_app.catalog.verbs import SUPERVISOR, is_money, verb_of
from counter_app.domain.actor import Actor
from counter_app.domain.life import Life, Part, Wish
from counter_app.policy.workdays import LONGEST
from counter_app.problems import Problem

# Steps that belong to a desk's part; everything else is the whole case's.
LOCAL = frozenset(
    {"assigned", "first_review", "second_review", "extended", "expert_review", "site_visit", "inquiry"}
)
WAYS = ("窗口", "邮寄", "电子", "短信")  # how a result reaches the citizen
_NAMED = frozenset({"claim", "pass", "second", "refuse", "change_account", "resend", "pay", "part"})
_ENDS_WELL = frozenset({"done", "pay_ordered"})


def allow(life: Life, part: Part | None, chosen: Move, wish: Wish, actor: Actor) -> str:
    """Refuse what must not be; gives the reason as it will be written down.

    Raises Problem `move-role`, `actor-unnamed`, `same-person`, `held-by-other`, `material-missing`,
    `amount-needed`, `amount-wrong`, `days-needed`, `delivery-way`, `not-found`, `reason-needed`,
    `reason-unlisted`.
    """
    verb = verb_of(chosen)
    if not any(actor.may(role) for role in verb.roles):
        raise Problem("move-role", "actor", verb.name)
    if verb.id in _NAMED and not actor.clerk_no:
        raise Problem("actor-unnamed", "actor", verb.name)
    _two_persons(life, part, chosen, actor)
    _holder(part, chosen, actor)
    if chosen.target in _ENDS_WELL and life.deferred:
        raise Problem("material-missing", "case", "、".join(life.deferred))
    special = _SPECIAL.get(verb.id)
    if special is not None:
        special(life, wish)
    return reason_text(verb.id, wish.reason) if verb.reasoned else wish.reason.strip()


def _two_persons(life: Life, part: Part | None, chosen: Move, actor: Actor) -> None:
    """复核 is somebody else than 初审, and who changed an account does not send the money again."""
    verb = verb_of(chosen).id
    is_second = chosen.source == "second_review" and verb in ("second", "refuse")
    if part is not None and is_second and part.first in ("", actor.clerk_no):
        raise Problem("same-person", "actor", "初审和复核")
    if verb == "resend" and life.changed_by == actor.clerk_no:
        raise Problem("same-person", "actor", "改账户和重发")


def _holder(part: Part | None, chosen: Move, actor: Actor) -> None:
    """What one reviewer has taken up, another leaves alone; a supervisor may step in."""
    if part is None or chosen.source != "first_review" or actor.may(SUPERVISOR):
        return
    if part.holder and part.holder != actor.clerk_no and verb_of(chosen).id not in ("withdraw", "terminate"):
        raise Problem("held-by-other", "case", part.holder)


def _settles(life: Life, wish: Wish) -> None:
    if is_money(life.flow):
        if wish.amount is None:
            raise Problem("amount-needed", "amount")
        if wish.amount < 0:
            raise Problem("amount-wrong", "amount", str(wish.amount))


def _confirms(life: Life, wish: Wish) -> None:
    if is_money(life.flow):
        if life.amount is None:
            raise Problem("amount-needed", "amount")
        if wish.amount is not None and wish.amount != life.amount:
            raise Problem("amount-wrong", "amount", "与初审金额不一致")


def _rest(life: Life) -> int:
    return (life.amount or 0) - life.paid


def _pays(life: Life, wish: Wish) -> None:
    if wish.amount is not None and wish.amount != _rest(life):
        raise Problem("amount-wrong", "amount", "与应付余额不一致")


def _pays_part(life: Life, wish: Wish) -> None:
    if wish.amount is None:
        raise Problem("amount-needed", "amount")
    if not 0 < wish.amount < _rest(life):
        raise Problem("amount-wrong", "amount", "部分到账金额须小于应付余额")


def _takes_back(life: Life, wish: Wish) -> None:
    if wish.amount is None:
        raise Problem("amount-needed", "amount")
    if not 0 < wish.amount <= life.paid:
        raise Problem("amount-wrong", "amount", "追回金额不能超过已付金额")


def _lengthens(life: Life, wish: Wish) -> None:
    if not 0 < wish.days <= LONGEST:
        raise Problem("days-needed", "days", str(wish.days))


def _delivers(life: Life, wish: Wish) -> None:
    if wish.detail.partition("：")[0] not in WAYS:
        raise Problem("delivery-way", "detail", wish.detail)


def _makes_good(life: Life, wish: Wish) -> None:
    if wish.detail not in life.deferred:
        raise Problem("not-found", "material", wish.detail)


_SPECIAL: dict[str, Callable[[Life, Wish], None]] = {
    "pass": _settles,
    "second": _confirms,
    "pay": _pays,
    "part": _pays_part,
    "recover": _takes_back,
    "extend": _lengthens,
    "deliver": _delivers,
    "make_good": _makes_good,
}

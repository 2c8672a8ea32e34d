"""Comparing what a script expects with what is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from counter_app.domain.cases import CaseRecord, PaperRecord
from counter_app.domain.life import Life
from counter_app.domain.value import Value
from counter_app.policy.day_balance import Balance
from counter_app.rehearsal import day
from counter_app.services.batch_accept import BatchDone
from counter_app.services.due import DueCounts
from counter_app.services.visit_view import CaseView, VisitView


class Seen(Value, frozen=True):
    """What an `expect` may look at: the view, the last step's refusal, and the store."""

    view: VisitView
    problem: str
    cases: tuple[CaseRecord, ...]
    papers: tuple[PaperRecord, ...]
    waiting: int
    life: Callable[[CaseRecord], Life]
    done: BatchDone | None = None
    inbox: int = 0
    balance: Callable[[], Balance] | None = None
    lights: Callable[[], DueCounts] | None = None


def differences(wanted: Mapping[str, Any], seen: Seen) -> list[str]:
    """One line for each expectation that does not hold; empty when all hold."""
    found = []
    for word, value in wanted.items():
        if word in ("case", "field", "material"):
            continue  # they say where the other words look
        actual = LOOK[word](seen, wanted)
        if word in ("text", "missing", "odd", "sheet"):
            holds = all(item in actual for item in (value if isinstance(value, list) else [value]))
        else:
            holds = actual == value
        if not holds:
            found.append(f"{word}: 期望 {value!r}，实际 {actual!r}")
    return found


def _record(seen: Seen, wanted: Mapping[str, Any]) -> CaseRecord | None:
    """The nth case in the order of acceptance; the newest when none is named."""
    ordered = list(reversed(seen.cases))
    nth = int(wanted.get("case", len(ordered)))
    return ordered[nth - 1] if 0 < nth <= len(ordered) else None


def _state(seen: Seen, wanted: Mapping[str, Any]) -> str:
    record = _record(seen, wanted)
    return record.state.value if record else ""


def _life(seen: Seen, wanted: Mapping[str, Any]) -> Life | None:
    record = _record(seen, wanted)
    return seen.life(record) if record is not None else None


def _at(seen: Seen, wanted: Mapping[str, Any]) -> str:
    life = _life(seen, wanted)
    return life.step if life is not None else ""


def _acts(seen: Seen, wanted: Mapping[str, Any]) -> list[str]:
    life = _life(seen, wanted)
    return [turn.act for turn in life.history] if life is not None else []


def _paid(seen: Seen, wanted: Mapping[str, Any]) -> int:
    life = _life(seen, wanted)
    return life.paid if life is not None else 0


def _due(seen: Seen, wanted: Mapping[str, Any]) -> str:
    record = _record(seen, wanted)
    return record.due_on.isoformat() if record and record.due_on else ""


def _own_papers(seen: Seen, wanted: Mapping[str, Any]) -> list[PaperRecord]:
    record = _record(seen, wanted)
    return [p for p in seen.papers if record is not None and p.case_number == record.number]


def _paper(seen: Seen, wanted: Mapping[str, Any]) -> str:
    own = _own_papers(seen, wanted)
    return own[-1].kind if own else ""


def _text(seen: Seen, wanted: Mapping[str, Any]) -> str:
    return "\n".join(p.content for p in _own_papers(seen, wanted))


def _case(seen: Seen) -> CaseView:
    if seen.view.case is None:
        raise LookupError("没有打开的办件")
    return seen.view.case


def _missing(seen: Seen, wanted: Mapping[str, Any]) -> list[str]:
    problems = _case(seen).problems
    return [p.where for p in problems] + [p.code for p in problems]


def _field(seen: Seen, wanted: Mapping[str, Any]) -> Any:
    return next((f for f in _case(seen).fields if f.key == wanted.get("field")), None)


def _value(seen: Seen, wanted: Mapping[str, Any]) -> str:
    found = _field(seen, wanted)
    return "" if found is None else found.value


def _source(seen: Seen, wanted: Mapping[str, Any]) -> str:
    found = _field(seen, wanted)
    return "" if found is None else found.source


def _step(seen: Seen, wanted: Mapping[str, Any]) -> str:
    if "material" in wanted:
        return next((m.state for m in _case(seen).materials if m.code == wanted["material"]), "")
    return _case(seen).step


def _principal(seen: Seen, wanted: Mapping[str, Any]) -> str:
    return next((p.name for p in seen.view.principals if p.key == seen.view.current_principal), "")


def _witness(seen: Seen, wanted: Mapping[str, Any]) -> str:
    return next((p.witness for p in seen.view.principals if p.key == seen.view.current_principal), "")


def _amount(seen: Seen, wanted: Mapping[str, Any]) -> int | None:
    estimate = _case(seen).estimate
    return estimate.amount if estimate else None


def _without(seen: Seen, wanted: Mapping[str, Any]) -> list[str]:
    estimate = _case(seen).estimate
    return list(estimate.missing) if estimate else []


def _lights(seen: Seen) -> DueCounts:
    if seen.lights is None:
        raise LookupError("没有时限可看")
    return seen.lights()


def _list(seen: Seen) -> dict[str, Any]:
    if seen.done is None:
        raise LookupError("还没有导入名单")
    return seen.done.as_dict()


def _channel(seen: Seen, wanted: Mapping[str, Any]) -> str:
    record = _record(seen, wanted)
    return record.came.channel if record else ""


def _balance(seen: Seen) -> Balance:
    if seen.balance is None:
        raise LookupError("没有账")
    return seen.balance()


LOOK: dict[str, Callable[[Seen, Mapping[str, Any]], Any]] = {
    "problem": lambda seen, _: seen.problem,
    "cases": lambda seen, _: len(seen.cases),
    "state": _state,
    "life": _at,
    "acts": _acts,
    "paid": _paid,
    "due": _due,
    "papers": lambda seen, wanted: [p.kind for p in _own_papers(seen, wanted)],
    "paper": _paper,
    "text": _text,
    "missing": _missing,
    "value": _value,
    "source": _source,
    "step": _step,
    "prompt": lambda seen, _: seen.view.prompt.kind if seen.view.prompt else "",
    "principal": _principal,
    "principals": lambda seen, _: len(seen.view.principals),
    "witness": _witness,
    "party": lambda seen, _: seen.view.speaker.kind if seen.view.speaker else "",
    "unsynced": lambda seen, _: seen.view.unsynced,
    "visit_open": lambda seen, _: seen.view.visit_open,
    "ticket": lambda seen, _: seen.view.ticket.number if seen.view.ticket else "",
    "reprints": lambda seen, wanted: sum(p.reprints for p in _own_papers(seen, wanted)),
    "waiting": lambda seen, _: seen.waiting,
    "held": lambda seen, _: len(seen.view.held),
    "warnings": lambda seen, _: list(verdict.warnings) if (verdict := _case(seen).verdict) else [],
    "accepted": lambda seen, _: _list(seen)["accepted"],
    "already": lambda seen, _: _list(seen)["already"],
    "refused": lambda seen, _: _list(seen)["refused"],
    "codes": lambda seen, _: [f"{one['row']} {one['code']}" for one in _list(seen)["problems"]],
    "inbox": lambda seen, _: seen.inbox,
    "open_cases": lambda seen, _: _lights(seen).open,
    "overdue": lambda seen, _: _lights(seen).overdue,
    "soon": lambda seen, _: _lights(seen).soon,
    "channel": _channel,
    "amount": _amount,
    "balanced": lambda seen, _: not any(line.items for line in _balance(seen).lines),
    "odd": lambda seen, _: "\n".join(day.odd(_balance(seen))),
    "sheet": lambda seen, _: day.sheet(seen.papers),
    "acts_now": lambda seen, _: seen.view.clerk_no,
    "without": _without,
}

"""补充核对: what a day was closed without, because the hub was away, is balanced once it is back.

The sheet that was signed stays as it is; the late part is a fact and a paper of its own that names it.
"""

from __future__ import annotations

from datetime import date, timedelta

from counter_app.domain.cases import Fact, PaperRecord
from counter_app.domain.days import Explained, Person
from counter_app.domain.value import Value
from counter_app.policy.day_balance import Balance, balance_of_line
from counter_app.problems import Problem
from counter_app.services.accept import issue_loose
from counter_app.services.day.closing import sheet
from counter_app.services.day.counts import line_of
from counter_app.services.day.state import (
    COMPLETED,
    LATE_EXPLAINED,
    OPENED,
    UNCHECKED,
    Facts,
    me,
    plain,
    two,
)
from counter_app.services.day.state import Fact as Told
from counter_app.services.office import Office

LATEST = timedelta(days=31)  # a day left longer is the manager's, from the hub's own books


class Rest(Value, frozen=True):
    """What is left of a closed day: its sheet, and the balance of what was not asked then."""

    day: date
    sheet: str
    balance: Balance


def owed(source: Facts, today: date) -> tuple[date, ...]:
    """Days that were closed without the hub and not completed since, the oldest first."""
    return tuple(date.fromisoformat(day) for day in _left(source, today))


def rest(office: Office, day: date) -> Rest:
    """The late part of a day as it stands.

    Raises Problem `day-complete` (nothing is left of it), `hub-away`, `day-unsent` (what this desk did that
    day is not with the hub yet).
    """
    left = _left(office.ports.storage, office.today()).get(day.isoformat())
    if left is None:
        raise Problem("day-complete", "day", day.isoformat())
    counts = line_of(office, day)
    _refuse_unsent(office, left)
    return Rest(day, left["body"]["sheet"], balance_of_line(counts, _explained(office, day)))


def explain_rest(office: Office, day: date, what: str, why: str) -> Rest:
    """Say why one number does not agree. Raises Problem `reason-needed`, `not-found`, and as `rest`."""
    if not why.strip():
        raise Problem("reason-needed", "why", what)
    [line] = rest(office, day).balance.lines
    if what not in line.items:
        raise Problem("not-found", "line", what)
    body = {"day": day.isoformat(), "line": line.id, "what": what, "why": why.strip()}
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        unit.record(Fact(LATE_EXPLAINED, {**body, "by": plain(me(office.actor))}))
    return rest(office, day)


def complete(office: Office, day: date, second: str) -> PaperRecord:
    """Complete a day's sheet, signed by two; the late part is a numbered paper of its own.

    Raises what `rest` raises, and Problem `actor-unnamed`, `two-needed`, `clerk-unknown`, `day-uneven`.
    """
    people = two(office, second)
    found = rest(office, day)
    if not found.balance.may_close:
        names = "；".join(f"{line.name} {what}" for line, what in found.balance.open[:5])
        raise Problem("day-uneven", "day", names)
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        number = unit.next_number(office.today())
        told = [f"{name}：{count}" for name, count in found.balance.told]
        paper = issue_loose(
            office, unit, sheet(office, number, people, day, found.balance, told, found.sheet)
        )
        unit.record(Fact(COMPLETED, _body(office, found, number, people)))
    return paper


def _left(source: Facts, today: date) -> dict[str, Told]:
    """The fact that something was not checked, by day; a day opened again is closed again as a whole."""
    left: dict[str, Told] = {}
    for fact in source.facts_since(today - LATEST, (OPENED, UNCHECKED, COMPLETED)):
        if fact["kind"] == UNCHECKED:
            left[fact["business_date"]] = fact
        else:
            left.pop(fact["body"].get("day", fact["business_date"]), None)
    return left


def _refuse_unsent(office: Office, left: Told) -> None:
    """A number served by hand is done in the hall's books only once the hub has heard of it."""
    [oldest] = office.ports.storage.waiting(1) or (None,)
    if oldest is not None and (oldest["epoch"], oldest["seq"]) < (left["epoch"], left["seq"]):
        raise Problem("day-unsent", "day", f"{left['business_date']} 的记录")


def _explained(office: Office, day: date) -> tuple[Explained, ...]:
    told: dict[str, Explained] = {}
    for fact in office.ports.storage.facts_since(day, (LATE_EXPLAINED,)):
        body = fact["body"]
        if body["day"] == day.isoformat():
            told[body["what"]] = Explained(body["line"], body["what"], body["why"], Person(**body["by"]))
    return tuple(told.values())


def _body(office: Office, found: Rest, number: str, people: tuple[Person, ...]) -> dict[str, object]:
    [line] = found.balance.lines
    counted = {"id": line.id, "left": line.left[1], "parts": dict(line.parts), "items": dict(line.items)}
    return {
        "day": found.day.isoformat(),
        "completes": found.sheet,
        "people": [plain(one) for one in people],
        "at": office.now().isoformat(timespec="seconds"),
        "sheet": number,
        "lines": [counted],
        "told": dict(found.balance.told),
    }

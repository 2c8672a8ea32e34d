"""What the facts of a day say of it, and who may sign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, Protocol

from counter_app.domain.actor import Actor
from counter_app.domain.days import Checked, DayState, Explained, Person
from counter_app.problems import Problem
from counter_app.services.office import Office

CHECKED, OPENED, HANDED = "day.checked", "day.opened", "day.handed_over"
EXPLAINED, CLOSED = "day.explained", "day.closed"
UNCHECKED, LATE_EXPLAINED, COMPLETED = "day.unchecked", "day.late_explained", "day.completed"
_KINDS = (CHECKED, OPENED, HANDED, EXPLAINED, CLOSED)
Fact = Mapping[str, Any]


class Facts(Protocol):
    """The part of a counter store this reads, beside a running desk too."""

    def facts_since(self, first: date | None, kinds: Sequence[str]) -> Iterable[Fact]:
        """Envelopes of some kinds from a business day on, in order."""


def facts_of(source: Facts, day: date, kinds: Sequence[str]) -> list[Fact]:
    """The facts of some kinds of one business day, in order."""
    wanted = day.isoformat()
    return [fact for fact in source.facts_since(day, kinds) if fact["business_date"] == wanted]


def day_of(source: Facts, day: date) -> DayState:
    """Where a day stands, from its facts alone."""
    state = DayState()
    for fact in facts_of(source, day, _KINDS):
        state = _after(state, fact)
    return state


def known_person(office: Office, no: str) -> Person:
    """Somebody who signs, by staff number. Raises Problem `field-required`, `clerk-unknown`."""
    if not no.strip():
        raise Problem("field-required", "second", "另一人的工号")
    found = next((c for c in office.ports.storage.clerks() if c.clerk_no == no.strip()), None)
    if found is None:
        raise Problem("clerk-unknown", "second", no.strip())
    return Person(found.clerk_no, found.clerk_name)


def two(office: Office, second: str) -> tuple[Person, Person]:
    """Whoever acts and somebody else, each by their own login where people sign in.

    Raises Problem `actor-unnamed`, `two-needed`, `clerk-unknown`, `second-login`.
    """
    first = me(office.actor)
    other = known_person(office, second)
    if other.no == first.no:
        raise Problem("two-needed", "second", first.words)
    if other.no not in office.vouched and office.ports.storage.has_logins():
        raise Problem("second-login", "second", other.words)
    return first, other


def me(actor: Actor) -> Person:
    """Whoever acts. Raises Problem `actor-unnamed`."""
    if not actor.clerk_no:
        raise Problem("actor-unnamed", "day", "开班、交接、扎账")
    return Person(actor.clerk_no, actor.clerk_name)


def plain(person: Person) -> dict[str, str]:
    """A person in the body of a fact."""
    return {"no": person.no, "name": person.name}


def _after(state: DayState, fact: Fact) -> DayState:
    kind, body = fact["kind"], fact["body"]
    if kind == CHECKED:
        told = Checked(body["item"], body["ok"], body["note"], body["clerk_no"], body["at"])
        return replace(state, checks={**state.checks, told.item: told})
    if kind == OPENED:
        people = tuple(Person(**one) for one in body["people"])
        # A day may be opened again after it was closed too early; what was closed stands in the chain.
        return replace(state, opened_by=people, opened_at=body["at"], closed_by=(), closed_at="", sheet="")
    if kind == HANDED:
        hand = (Person(**body["giver"]), Person(**body["taker"]), body["at"])
        return replace(state, hands=(*state.hands, hand))
    if kind == EXPLAINED:
        told_why = Explained(body["line"], body["what"], body["why"], Person(**body["by"]))
        kept = tuple(o for o in state.explained if (o.line, o.what) != (told_why.line, told_why.what))
        return replace(state, explained=(*kept, told_why))
    people = tuple(Person(**one) for one in body["people"])
    return replace(state, closed_by=people, closed_at=body["at"], sheet=body["sheet"])

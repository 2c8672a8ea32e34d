"""Blank booklets, preprinted numbers and emergency tags: taken, used, spoilt and given back by number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from counter_app.domain.cases import Fact
from counter_app.domain.days import SPARE_KINDS, block
from counter_app.policy.day_balance import Spares
from counter_app.problems import Problem
from counter_app.services.day.state import Facts, facts_of
from counter_app.services.office import Office

TAKEN, USED, RETURNED = "spares.taken", "spares.used", "spares.returned"


def take(office: Office, kind: str, first: str, last: str = "") -> tuple[str, ...]:
    """Take a block out of the cabinet. Raises Problem `field-choice`, `spare-block`, `spare-twice`."""
    numbers = _of(kind, first, last)
    known = spares_of(office.ports.storage, office.today(), kind)
    if known.taken & set(numbers):
        raise Problem("spare-twice", "first", min(known.taken & set(numbers)))
    _note(office, TAKEN, kind, numbers)
    return numbers


def use(
    office: Office, kind: str, number: str, what: str, spoilt: bool = False, klass: str = "ordinary"
) -> None:
    """One was used for something, or spoilt, and why; `klass` is the right of whoever it was used for.

    Raises Problem `spare-away`, `reason-needed`, `field-choice`.
    """
    if not what.strip():
        raise Problem("reason-needed", "what", "用途或作废原因")
    _still(office, kind, block(number))
    _note(office, USED, kind, block(number), what.strip(), spoilt, klass)


def give_back(office: Office, kind: str, first: str, last: str = "") -> tuple[str, ...]:
    """Put unused ones back into the cabinet. Raises Problem `spare-away`, `spare-block`, `field-choice`."""
    numbers = _of(kind, first, last)
    _still(office, kind, numbers)
    _note(office, RETURNED, kind, numbers)
    return numbers


def spares_of(source: Facts, day: date, kind: str) -> Spares:
    """What became of one kind on a day."""
    sets: dict[str, set[str]] = {"taken": set(), "used": set(), "voided": set(), "returned": set()}
    for fact in facts_of(source, day, (TAKEN, USED, RETURNED)):
        body = fact["body"]
        if body["kind"] == kind:
            name = {TAKEN: "taken", RETURNED: "returned"}.get(fact["kind"]) or (
                "voided" if body["spoilt"] else "used"
            )
            sets[name] |= set(body["numbers"])
    return Spares(SPARE_KINDS[kind], **{name: frozenset(found) for name, found in sets.items()})


def _of(kind: str, first: str, last: str) -> tuple[str, ...]:
    if kind not in SPARE_KINDS:
        raise Problem("field-choice", "kind", kind)
    return block(first, last)


def _still(office: Office, kind: str, numbers: Iterable[str]) -> None:
    """Only what was taken and is still there can be used or given back."""
    if kind not in SPARE_KINDS:
        raise Problem("field-choice", "kind", kind)
    known = spares_of(office.ports.storage, office.today(), kind)
    there = known.taken - known.used - known.voided - known.returned
    away = sorted(set(numbers) - there)
    if away:
        raise Problem("spare-away", "number", away[0])


def _note(
    office: Office,
    fact: str,
    kind: str,
    numbers: tuple[str, ...],
    what: str = "",
    spoilt: bool = False,
    klass: str = "",
) -> None:
    body = {"kind": kind, "numbers": list(numbers), "what": what, "spoilt": spoilt, "class": klass}
    with office.ports.storage.unit(office.actor, office.now()) as unit:
        unit.record(Fact(fact, {**body, "clerk_no": office.actor.clerk_no}))

"""疑点: what an auditor should look at. A mark says what was seen and by which measure; it accuses nobody.

Every rule needs its region's parameter; without one it marks nothing (J35 to J37, J89, K46).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import combinations
from typing import TypeVar

from counter_app.catalog.model import Parameter
from counter_app.domain.value import Value
from counter_app.policy.rates import Rates

KINDS = {
    "bed": "挂床",
    "identity": "冒用",
    "quantity": "超量",
    "agent": "一人多代",
    "invoice": "票据重复",
}
_MONTH = 30  # days a month of a long prescription lasts


class Stay(Value, frozen=True):
    """Days in hospital a claim tells of, both ends included. `person` is a key, never a number or name."""

    case: str
    person: str
    first: date
    last: date


class Sighting(Value, frozen=True):
    """Somebody who came in person; `doubtful`: the clerk was not sure that face and document agree."""

    case: str
    person: str
    day: date
    doubtful: bool = False


class Supply(Value, frozen=True):
    """Medicine for so many months, prescribed on a day."""

    case: str
    person: str
    day: date
    months: int


class Errand(Value, frozen=True):
    """An agent who spoke for a person on a day; `agent` is a keyed digest."""

    case: str
    agent: str
    person: str
    day: date


class Invoice(Value, frozen=True):
    """One invoice of a claim; `number` with its code."""

    case: str
    number: str


class Seen(Value, frozen=True):
    """Everything the rules look at."""

    stays: Sequence[Stay] = ()
    sightings: Sequence[Sighting] = ()
    supplies: Sequence[Supply] = ()
    errands: Sequence[Errand] = ()
    invoices: Sequence[Invoice] = ()


class Mark(Value, frozen=True):
    """One 疑点: the cases it is about, what was seen, and the measure it was held against."""

    kind: str
    text: str
    cases: tuple[str, ...]
    parameter: str
    value: str
    source: str = ""

    @property
    def id(self) -> str:
        """The same for the same kind and cases, whenever it is found again."""
        return hashlib.sha256("|".join((self.kind, *self.cases)).encode()).hexdigest()[:12]


def marks(rates: Rates, seen: Seen) -> tuple[Mark, ...]:
    """Every mark of this region's rules, each once."""
    found = (
        *_overlapping(rates, seen.stays),
        *_seen_in_bed(rates, seen),
        *_doubtful(rates, seen.sightings),
        *_too_much(rates, seen.supplies),
        *_one_for_many(rates, seen.errands),
        *_reused(rates, seen.invoices),
    )
    return tuple({mark.id: mark for mark in found}.values())


def _overlapping(rates: Rates, stays: Sequence[Stay]) -> Iterator[Mark]:
    """Two stays of one person that share more days than moving between hospitals explains."""
    limit = rates.find("suspicion.stay_overlap_days")
    if limit is None:
        return
    for mine in _by(stays, lambda stay: stay.person):
        for one, other in combinations(mine, 2):
            shared = (min(one.last, other.last) - max(one.first, other.first)).days + 1
            if one.case != other.case and shared > int(limit.value):
                yield _mark("bed", f"同一人两段住院日期重叠 {shared} 天，请核对", (one, other), limit)


def _seen_in_bed(rates: Rates, seen: Seen) -> Iterator[Mark]:
    """Who came in person on a day on which a claim has them in hospital; first and last day do not count."""
    limit = rates.find("suspicion.seen_during_stay")
    if limit is None or limit.value is not True:
        return
    for stay in seen.stays:
        for sight in seen.sightings:
            if stay.person == sight.person and stay.first < sight.day < stay.last:
                text = f"住院期间（{stay.first} 至 {stay.last}）本人于 {sight.day} 到窗口办理，请核对"
                yield _mark("bed", text, (stay, sight), limit)


def _doubtful(rates: Rates, sightings: Sequence[Sighting]) -> Iterator[Mark]:
    limit = rates.find("suspicion.doubtful_times")
    if limit is None:
        return
    for mine in _by([one for one in sightings if one.doubtful], lambda sight: sight.person):
        if len({one.case for one in mine}) >= int(limit.value):
            yield _mark("identity", f"人证核验存疑 {len(mine)} 次，请核对身份", mine, limit)


def _too_much(rates: Rates, supplies: Sequence[Supply]) -> Iterator[Mark]:
    """More months of medicine than may be prescribed at once, before the earlier ones are used up."""
    limit = rates.find("prescription.max_months")
    if limit is None:
        return
    for mine in _by(supplies, lambda supply: supply.person):
        ordered = sorted(mine, key=lambda supply: supply.day)
        for place, first in enumerate(ordered):
            until = first.day + timedelta(days=_MONTH * int(limit.value))
            within = [one for one in ordered[place:] if one.day < until]
            months = sum(one.months for one in within)
            if months > int(limit.value):
                text = f"{limit.value} 个月内登记用药量合计 {months} 个月，请核对"
                yield _mark("quantity", text, within, limit)
                break


def _one_for_many(rates: Rates, errands: Sequence[Errand]) -> Iterator[Mark]:
    people, days = rates.find("suspicion.agent_people"), rates.find("suspicion.agent_days")
    if people is None or days is None:
        return
    for mine in _by(errands, lambda errand: errand.agent):
        ordered = sorted(mine, key=lambda errand: errand.day)
        for place, first in enumerate(ordered):
            until = first.day + timedelta(days=int(days.value))
            within = [one for one in ordered[place:] if one.day < until]
            spoken_for = {one.person for one in within}
            if len(spoken_for) > int(people.value):
                text = f"{days.value} 天内同一代办人为 {len(spoken_for)} 人办理，请核对委托"
                yield _mark("agent", text, within, people)
                break


def _reused(rates: Rates, invoices: Sequence[Invoice]) -> Iterator[Mark]:
    limit = rates.find("suspicion.invoice_once")
    if limit is None or limit.value is not True:
        return
    for mine in _by(invoices, lambda invoice: invoice.number):
        if len({one.case for one in mine}) > 1:
            yield _mark("invoice", "同一票据号码出现在多件申请中，请核对", mine, limit)


Thing = TypeVar("Thing", Stay, Sighting, Supply, Errand, Invoice)


def _by(things: Iterable[Thing], key: Callable[[Thing], str]) -> Iterator[list[Thing]]:
    """Things that share a key, those without one left out."""
    groups: dict[str, list[Thing]] = defaultdict(list)
    for thing in things:
        if key(thing):
            groups[key(thing)].append(thing)
    yield from groups.values()


def _mark(
    kind: str, text: str, things: Sequence[Stay | Sighting | Supply | Errand | Invoice], limit: Parameter
) -> Mark:
    cases = tuple(sorted({thing.case for thing in things}))
    return Mark(kind, text, cases, limit.name, str(limit.value), limit.source)

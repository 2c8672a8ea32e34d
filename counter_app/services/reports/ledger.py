"""What reports read, gathered from a counter store: cases, and the facts that made them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from counter_app.catalog.holidays import Holidays
from counter_app.catalog.model import Catalogue, Region
from counter_app.domain.cases import CaseRecord
from counter_app.domain.life import Life
from counter_app.domain.people import Person
from counter_app.domain.value import Value
from counter_app.services.reports.counts import CAME
from counter_app.services.reports.model import CaseFile, Ledger, Period

_CAME_BACK = ("material.made_good", "case.supplemented", "case.withdrawn", "material.returned")
_KINDS = ("visit.opened", "case.accepted", "material.deferred", "review.decided", *_CAME_BACK)
_DECIDED = ("done", "approve", "approve_payment", "refuse")
_ENDS = ("done", "refused")
_DISEASES = ("opsp_dise_code", "dise_code")


class Source(Protocol):
    """The part of a counter store that reports read, beside a running desk."""

    def cases_between(self, first: date | None, last: date | None) -> Sequence[CaseRecord]:
        """Every case of a span of business days, oldest first."""

    def facts_since(self, first: date | None, kinds: Sequence[str]) -> Iterator[Mapping[str, Any]]:
        """Envelopes of some kinds from a business day on, in order."""

    def person(self, person_id: str) -> Person | None:
        """For the age of who was helped."""

    def lives_between(self, first: date | None, last: date | None) -> Sequence[Life]:
        """What happened behind the counter to the cases of a span of business days."""


class Place(Value, frozen=True):
    """Whose lists and limits a report counts by, and on which day."""

    catalogue: Catalogue
    region: Region
    calendar: Holidays
    today: date


def gather(
    source: Source,
    opened: Callable[[str, str], str],
    place: Place,
    period: Period,
    ratings: Mapping[int, int] | None = None,
) -> Ledger:
    """Everything the reports of a period read. `ratings` None: only the hall's server knows them."""
    cases = case_files(source, opened, period)
    return Ledger(place.catalogue, place.region, place.calendar, period, place.today, cases, ratings)


@dataclass(slots=True)
class _Story:
    """What the facts say about one case."""

    channel: str = "desk"
    began_ms: int | None = None
    accepted_ms: int | None = None
    back_on: set[str] = field(default_factory=set)
    finished: date | None = None
    was_extended: bool = False
    was_deferred: bool = False
    paid: int | None = None


def case_files(source: Source, opened: Callable[[str, str], str], period: Period) -> tuple[CaseFile, ...]:
    """The cases of a period, oldest first. `opened(sealed, where)` opens a disease code to count it."""
    stories = _stories(source, period.first)
    kept = source.cases_between(period.first, period.last)
    for life in source.lives_between(period.first, period.last):
        _lived(stories.setdefault(life.case_id, _Story()), life)
    return tuple(_file(source, opened, case, stories.get(case.case_id, _Story())) for case in kept)


def _file(source: Source, opened: Callable[[str, str], str], case: CaseRecord, story: _Story) -> CaseFile:
    came = story.channel in CAME
    spent = None
    if came and story.began_ms is not None and story.accepted_ms is not None:
        spent = max(0, (story.accepted_ms - story.began_ms) // 1000)
    return CaseFile(
        case,
        story.channel,
        _disease(case, opened),
        spent,
        int(came) + len(story.back_on - {case.business_date.isoformat()}),
        story.finished,
        story.was_extended,
        story.was_deferred,
        _age(source, case) if case.helped_by else None,
        story.paid,
    )


def _disease(case: CaseRecord, opened: Callable[[str, str], str]) -> str:
    for key in _DISEASES:
        value = case.answers.get(key)
        if isinstance(value, Mapping) and "sealed" in value:
            return opened(str(value["sealed"]), f"{case.case_id}|{key}")
        if value:
            return str(value)
    return ""


def _age(source: Source, case: CaseRecord) -> int | None:
    person = source.person(case.person_id) if case.person_id else None
    return person.age(case.business_date) if person is not None else None


# --- facts ----------------------------------------------------------------------------------------


def _stories(source: Source, first: date | None) -> dict[str, _Story]:
    """One pass over the chain. A case taken after another of the same visit began when that one ended."""
    stories: dict[str, _Story] = {}
    visits: dict[str, int] = {}
    for fact in source.facts_since(first, _KINDS):
        if fact["kind"] == "visit.opened":
            visits[str(fact["body"].get("visit_id"))] = int(fact["wall_ms"])
        elif fact.get("case_id"):
            _tell(stories.setdefault(str(fact["case_id"]), _Story()), fact, visits)
    return stories


def _tell(story: _Story, fact: Mapping[str, Any], visits: dict[str, int]) -> None:
    kind, body = fact["kind"], fact["body"]
    if kind == "case.accepted":
        _accepted(story, fact, visits)
    elif kind in _CAME_BACK:
        story.back_on.add(str(fact["business_date"]))
    elif kind == "material.deferred":
        story.was_deferred = True
    elif kind == "review.decided":
        _decided(story, str(body.get("outcome", "")), fact)


def _accepted(story: _Story, fact: Mapping[str, Any], visits: dict[str, int]) -> None:
    body, now = fact["body"], int(fact["wall_ms"])
    came = body.get("came") or {}
    story.channel = str(came.get("channel") or body.get("channel") or "desk")
    visit = str(body.get("visit_id", ""))
    story.began_ms, story.accepted_ms = visits.get(visit), now
    visits[visit] = now


def _lived(story: _Story, life: Life) -> None:
    """What reviewers did at the hub is no fact of this counter: it comes with the feed."""
    for turn in life.history:
        day = turn.at.date()
        story.was_extended |= turn.act == "grant"
        if turn.act == "supplied":
            story.back_on.add(day.isoformat())
        if turn.target in _ENDS and turn.source not in _ENDS:
            story.finished = day
    if life.paid:
        story.paid = life.paid


def _decided(story: _Story, outcome: str, fact: Mapping[str, Any]) -> None:
    if outcome == "extend":
        story.was_extended = True
    if outcome in _DECIDED:
        story.finished = date.fromisoformat(str(fact["business_date"]))
        amount = fact["body"].get("amount")
        story.paid = int(amount) if amount is not None else story.paid

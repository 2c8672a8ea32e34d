"""Every type in every region that offers it, from the person at the window to the last state."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

import pytest

from counter_app.catalog.load import load_catalogue
from counter_app.catalog.model import Catalogue
from counter_app.catalog.papers import papers_for
from counter_app.catalog.verbs import is_money
from counter_app.documents import Papers
from counter_app.domain.cases import CaseState
from counter_app.problems import Problem
from counter_app.rehearsal import reviewers
from counter_app.services.printing import print_queued
from tests.fakes.office import TestOffice, open_office
from tests.fakes.plays import Play, accepted, offered, offering, verified

PACKS: Catalogue = load_catalogue()
OFFERED = offered(PACKS)


@pytest.fixture(scope="module")
def hall(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestOffice]:
    """One store for all: a hall does not open a new one for each case either. The papers are real."""
    opened = open_office(tmp_path_factory.mktemp("hall") / "data", PACKS)
    opened.office = replace(opened.office, ports=replace(opened.office.ports, documents=Papers()))
    yield opened
    opened.close()


def sampled(count: int) -> list[Play]:
    """Every type at least once, the regions in turn; all of them when `count` allows."""
    if count >= len(OFFERED):
        return [Play(type_id, region) for type_id, region in OFFERED]
    by_type: dict[str, list[str]] = {}
    for type_id, region in OFFERED:
        by_type.setdefault(type_id, []).append(region)
    return [
        Play(type_id, regions[nth % len(regions)]) for nth, (type_id, regions) in enumerate(by_type.items())
    ]


def some(plays: list[Play], count: int) -> list[Play]:
    """So many of them, evenly spread."""
    return plays[:: max(1, len(plays) // count)]


def to_the_archive(hall: TestOffice, number: str, play: Play) -> None:
    """Everything that still happens behind the counter, by the people who may do it, and what it leaves."""
    kind, region = PACKS.types[play.type_id], PACKS.regions[play.region]
    office = replace(hall.office, region=region)
    record = hall.store.case(number)
    assert record is not None
    assert play.situation in ("", record.situation)
    assert play.party in ("", record.party)
    is_instant, pays = kind.is_instant(region.id, record.situation), is_money(kind.flow)
    first = papers_for(kind, "accepted", record.materials, record.party, instant=is_instant)[0]
    reviewers.act(office, number, "approve", {"amount": 10_000} if pays else {})
    reviewers.act(office, number, "archive", {})
    reviewers.exchange(office)
    assert print_queued(office.ports, office.actor) == []
    after, life = hall.store.case(number), hall.hub.case(record.case_id)
    assert after is not None
    assert life is not None
    assert (after.state, life["step"]) == (CaseState.DONE, "archived")
    assert life["paid"] == (10_000 if pays else 0)
    deciders = {turn["clerk_no"] for turn in life["history"] if turn["act"] in ("pass", "second")}
    assert len(deciders) in (0, 2), "whoever passes first does not pass second"
    papers = hall.store.papers(number)
    assert papers[0].kind == first
    assert all(paper.state == "sent" for paper in papers)
    assert verified(hall, hall.folder) == [paper.number for paper in papers]


def wrong_in(hall: TestOffice, plays: Iterable[Play]) -> str:
    """What went wrong in any of them: all at once say more than the first."""
    wrong = []
    for play in plays:
        try:
            to_the_archive(hall, accepted(hall, play), play)
        except (AssertionError, Problem) as error:
            wrong.append(f"{play}: {str(error)[:300]}")
            hall.tray.jobs.clear()
    return "\n".join(wrong)


def test_every_type_reaches_its_last_state(hall: TestOffice, size: Callable[[str], int]) -> None:
    plays = sampled(size("types_in_regions"))
    assert {play.type_id for play in plays} == {type_id for type_id, _ in OFFERED}
    assert not wrong_in(hall, plays)


def test_every_situation_reaches_its_last_state(hall: TestOffice, size: Callable[[str], int]) -> None:
    plays = [
        Play(kind.id, offering(PACKS, kind), situation.code)
        for kind in PACKS.types.values()
        for situation in kind.situations
        if offering(PACKS, kind)
    ]
    assert not wrong_in(hall, some(plays, size("situations_and_parties")))


def test_everybody_who_may_speak_can(hall: TestOffice, size: Callable[[str], int]) -> None:
    plays = [
        Play(kind.id, offering(PACKS, kind), party=party)
        for kind in PACKS.types.values()
        if kind.applicant == "individual" and offering(PACKS, kind)
        for party, allowed in kind.parties.items()
        if allowed and party != "self"
    ]
    assert not wrong_in(hall, some(plays, size("situations_and_parties")))


def test_what_a_region_offers_is_not_little() -> None:
    for region in PACKS.regions:
        assert sum(place == region for _, place in OFFERED) > 55, region

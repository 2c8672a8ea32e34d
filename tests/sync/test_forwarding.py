"""A case for another district reaches its hall, is decided there, and the result comes home; each once."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from counter_app.catalog.load import load_catalogue
from counter_app.catalog.model import Catalogue
from counter_app.domain.actor import Actor
from counter_app.domain.cases import Fact
from counter_app.domain.life import Wish
from counter_app.hub.away import pages_in
from counter_app.hub.away_tables import away_facts
from counter_app.hub.tables import envelopes
from counter_app.problems import Problem
from counter_app.seals.provider import AES_256_GCM, STANDARD
from counter_app.sync.drain import drain
from counter_app.sync.forwarding import Forwarding
from counter_app.sync.member import join
from counter_app.sync.neighbour import NeighbourHub, neighbours_in
from tests.fakes.two_halls import PLACE, AcceptingDesk
from tests.sync.joined import PROGRAM, Hall, hall_in

REVIEWER = Actor("0420", "", ("reviewer",))
SECOND = Actor("0421", "", ("reviewer",))
PASSED = (("claim", REVIEWER), ("pass", REVIEWER), ("second", SECOND))


def no_page(name: str) -> bytes:
    raise Problem("not-found", "blob", name)


class Lossy:
    """The way to a hub whose answers to facts are lost."""

    def __init__(self, hub: NeighbourHub) -> None:
        self.standing, self._hub = hub.standing, hub

    def push(self, batch: Any) -> Any:
        self._hub.push(batch)
        raise Problem("hub-away", "hub")


class Between:
    """The accepting hall, the one that decides, and the way between them, gone when the test says."""

    def __init__(self, folder: Path, here: Hall, there: Hall, catalogue: Catalogue) -> None:
        self.folder, self.here, self.there = folder, here, there
        self.desk = AcceptingDesk.joined(
            folder / "desk", here.served.url, here.hub.invite("device", PROGRAM, "1"), catalogue
        )
        place = folder / "others" / PLACE
        self.member = join(place, there.served.url, there.hub.invite("hall", PROGRAM), "胶州大厅")
        self.way = self.again()

    def again(self, **more: Any) -> Forwarding:
        """The way as a new process finds it."""
        return Forwarding(
            self.here.hub, neighbours_in(self.folder / "others"), no_page, wall_ms=lambda: 2**50, **more
        )

    def told(self) -> list[Any]:
        with self.there.hub.database.read() as connection:
            return list(connection.execute(select(envelopes).order_by(envelopes.c.seq)))

    def decide(self, case_id: str, *acts: tuple[str, Actor]) -> None:
        for nth, (act, who) in enumerate(acts):
            self.there.hub.move(case_id, Wish(f"{case_id}-{act}-{nth}", act), who)


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def between(tmp_path: Path, catalogue: Catalogue) -> Iterator[Between]:
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
    with hall_in(tmp_path / "here") as here, hall_in(tmp_path / "there", secret=b"t" * 32) as there:
        made = Between(tmp_path, here, there, catalogue)
        yield made
        made.way.close()
        made.desk.close()


def test_the_reviewer_there_finds_it_and_the_result_comes_home(between: Between) -> None:
    case = between.desk.accept()
    between.desk.sync()
    assert between.way.run() > 2
    (line,) = between.there.hub.work()
    assert (line["id"], line["number"], line["step"]) == (case.case_id, case.number, "assigned")
    form = (between.there.hub.case(case.number) or {})["form"]
    assert form["principal_name"] == case.principal_name
    assert [one["code"] for one in form["materials"]] == [one.code for one in case.materials]
    between.decide(case.case_id, *PASSED)
    assert between.way.run() == len(PASSED)
    assert between.desk.sync() == len(PASSED)
    assert between.desk.life(case).step == (between.there.hub.case(case.case_id) or {})["step"] == "done"
    assert [turn.clerk_no for turn in between.desk.life(case).history] == [who.clerk_no for _, who in PASSED]
    between.way.close()
    between.way = between.again()
    assert (between.way.run(), between.desk.sync()) == (0, 0)


def test_here_nobody_decides_it_meanwhile_and_what_the_window_adds_follows(between: Between) -> None:
    case = between.desk.accept()
    between.desk.sync()
    assert len(between.here.hub.work()) == 1  # not known to be away before it was looked at
    between.way.run()
    assert between.here.hub.work() == []
    with pytest.raises(Problem, match="case-away"):
        between.here.hub.move(case.case_id, Wish("r1", "claim"), REVIEWER)
    between.desk.withdraw(case)
    between.desk.sync()
    between.way.run()
    assert (between.there.hub.case(case.case_id) or {})["state"] == "withdrawn"
    assert (between.way.run(), between.desk.sync()) == (0, 0)  # its own turn comes back as nothing new
    assert [turn.act for turn in between.desk.life(case).history] == ["withdraw"]


def test_a_turn_of_ours_that_comes_back_under_its_name_there_is_ours(between: Between) -> None:
    case = between.desk.accept()
    store = between.desk.desk.store
    with store.unit(Actor("0317", "", ("clerk",)), store.clock.now()) as unit:
        unit.record(Fact("case.withdrawn", {"number": case.number}, case.case_id))  # by an older program
    between.desk.sync()
    between.way.run()
    there, here = (hub.case(case.case_id) or {} for hub in (between.there.hub, between.here.hub))
    assert (there["state"], len(there["history"])) == ("withdrawn", 1)
    assert [turn["id"] for turn in there["history"]] == [f"{turn['id']}@001" for turn in here["history"]]


def test_lost_answers_and_restarts_tell_it_once(between: Between) -> None:
    case = between.desk.accept()
    between.desk.sync()
    other = between.way.others[PLACE]
    lossy: Any = Lossy(other.hub)
    assert replace(between.way, others={PLACE: replace(other, hub=lossy)}).run() == 0
    first = between.told()
    assert len(first) > 2
    other.hub.close()
    between.way = between.again()
    between.way.run()
    assert between.told() == first
    assert [row.seq for row in first] == list(range(1, len(first) + 1))  # one chain without a gap
    assert len(between.there.hub.work()) == 1
    assert between.there.hub.exceptions() == []
    # A hub put back there is told everything again; what it has after all is a duplicate.
    between.there.hub.promote(Actor("0301", "", ("supervisor",)), "0302", "从备份恢复")
    between.desk.withdraw(case)
    between.desk.sync()
    between.way.run()
    between.way.run()
    with between.here.hub.database.read() as connection:
        said = set(connection.execute(select(away_facts.c.verdict)).scalars())
    assert said == {"duplicate"}
    assert (between.there.hub.case(case.case_id) or {})["state"] == "withdrawn"


def test_where_nobody_goes_it_stays_and_somebody_is_told(between: Between) -> None:
    case = between.desk.accept("370202")
    between.desk.sync()
    between.way.run()
    (found,) = between.here.hub.exceptions()
    assert (found["code"], found["detail"], found["number"]) == ("away-unknown", "370202", case.number)
    assert (len(between.here.hub.work()), between.told()) == (1, [])
    place = between.folder / "wrong" / PLACE
    join(place, between.there.served.url, between.there.hub.invite("device", PROGRAM), "某设备")
    with pytest.raises(Problem, match="token-role"):
        neighbours_in(place.parent)  # only a hall is believed to be one
    assert neighbours_in(between.folder / "none") == {}


def test_a_page_is_waited_for_and_sealed_anew_for_the_other_hall(between: Between) -> None:
    key, other = b"h" * 32, between.way.others[PLACE]
    page = b"a scanned form"
    sealed = STANDARD.seal(AES_256_GCM, key, page, b"ow1.page")
    kept: dict[str, bytes] = {}
    other = replace(other, pages_key=b"t" * 32)
    ref = hashlib.sha256(sealed).hexdigest()
    waits = [{"event_id": "e1", "at_ms": 0, "text": "", "body": {"materials": [{"pages": [ref]}]}}]

    def page_of(name: str) -> bytes:
        if name not in kept:
            raise Problem("not-found", "blob", name)
        return kept[name]

    way = replace(between.way, page_of=page_of, key=key, others={PLACE: other}, wall_ms=lambda: 1000)
    assert way._with_pages(waits, other) == ([], {})
    kept[ref] = sealed
    told: dict[str, bytes] = {}
    other.hub.put_page = told.__setitem__  # type: ignore[method-assign]
    ready, names = way._with_pages(waits, other)
    assert (ready, list(told)) == (waits, [names[ref]])
    assert STANDARD.open(AES_256_GCM, b"t" * 32, told[names[ref]], b"ow1.page") == page
    assert pages_in(waits[0]["body"], names.__getitem__) == {"materials": [{"pages": [names[ref]]}]}
    late = replace(way, page_of=no_page, wall_ms=lambda: 10**9)
    assert late._with_pages(waits, other) == (waits, {ref: ref})


def test_another_hall_sees_its_own_cases_only_and_is_believed_for_nobody_else(between: Between) -> None:
    near = between.there.desk("near")
    with near.store.unit(Actor("0500", "", ("clerk",)), near.store.clock.now()) as unit:
        unit.record(Fact("case.accepted", {"number": "N9", "type_id": "YD01"}, "case-9"))
    drain(near.store, near.hub, near.store.settle)
    near.work(1)
    between.desk.accept()
    between.desk.sync()
    between.way.run()
    other = between.way.others[PLACE]
    assert "case-9" in {row["case_id"] for row in between.there.hub.feed().rows}
    own = {row["case_id"] for row in other.hub.brought(0).rows}
    assert own == {case.case_id for case in between.desk.desk.store.cases()}
    assert near.store.waiting(1)
    with pytest.raises(Problem, match="token-role"):
        other.hub.push(near.store.waiting(1))
    for path in ("/v1/feed", "/v1/work", "/v1/reference", "/v1/accounts", "/v1/field-keys"):
        with pytest.raises(Problem, match=r"token-role|not-found|body-broken"):
            other.hub.ask("GET", path)
    between.there.hub.revoke_device(between.member.device, PROGRAM, "撤销")
    assert other.hub.standing is not None
    with pytest.raises(Problem, match=r"device-revoked|token-unknown"):
        other.hub.ask("POST", "/v1/brought", {"envelopes": [], **other.hub.standing.head([])})


def test_a_city_between_them_passes_on_what_it_is_told_and_what_comes_back(
    between: Between, tmp_path: Path
) -> None:
    (tmp_path / "city").mkdir()
    with hall_in(tmp_path / "city", secret=b"c" * 32, code="900") as city:
        for folder, hall in (("first", city), ("others900", between.there)):
            join(tmp_path / folder / PLACE, hall.served.url, hall.hub.invite("hall", PROGRAM), folder)
        to_city = replace(between.way, others=neighbours_in(tmp_path / "first"))
        on = Forwarding(city.hub, neighbours_in(tmp_path / "others900"), no_page, wall_ms=lambda: 2**50)
        case = between.desk.accept()
        between.desk.sync()
        assert to_city.run() == on.run() > 2
        between.decide(case.case_id, *PASSED)
        assert on.run() == to_city.run() == between.desk.sync() == len(PASSED)
        assert between.desk.life(case).step == "done"
        to_city.close()
        on.close()

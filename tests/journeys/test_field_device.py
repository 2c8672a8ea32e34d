"""A village laptop: days without a line, two staff, lost and found; nothing lost, nothing twice."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counter_app.domain.actor import Actor
from counter_app.domain.leases import DAYS, GRACE_DAYS
from counter_app.hub.tables import envelopes
from counter_app.problems import Problem
from counter_app.rehearsal import hand
from counter_app.services.leases import problem, words
from counter_app.sync import carrying
from counter_app.sync.backoff import Backoff
from counter_app.sync.lease_book import LeaseBook
from counter_app.sync.member import Member, device_key, join
from counter_app.sync.pages import hand_over
from counter_app.sync.turn import SyncTurn, Writes
from tests.fakes.comeback import let_back
from tests.fakes.office import TestOffice, open_office
from tests.sync.joined import PROGRAM, Hall, hall_in

YD01, MONEY = "YD01", "MT02"


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with hall_in(tmp_path) as made:
        yield made


class Laptop:
    """A desk on a laptop that joined the hall and was carried away."""

    def __init__(self, hall: Hall) -> None:
        self.hall, self.folder = hall, hall.folder / "laptop"
        self.desk: TestOffice = open_office(self.folder)
        self.member = join(self.folder, hall.served.url, hall.hub.invite("device", PROGRAM, "9"), "村办点")
        self.remote = self.member.connect(self.folder)
        place = (self.folder, self.member.hall, self.member.device, self.member.hub_key)
        self.book = LeaseBook(*place)
        self.office = replace(self.desk.office, lease=self.book.current)

    def pass_days(self, days: float) -> None:
        self.desk.clock.tick(days * 86_400)
        self.hall.clock.pass_(days=days)

    def work(self, who: str, count: int = 2) -> None:
        """Somebody looks people up and opens what is masked, each a fact of theirs."""
        self.desk.visit.office = replace(self.desk.office, actor=Actor(who, "", ("clerk",), window="9"))
        for _ in range(count):
            self.desk.visit.reveal("x")

    def turn(self) -> SyncTurn:
        store = self.desk.store
        writes = Writes(store.settle, lambda news: 0, store.reopen, store.take_reference)
        hub: Any = self.remote
        return SyncTurn(
            store, hub, hub, writes, store_id=store.state.device, leases=self.book, pace=Backoff(lambda: 0.0)
        )

    def sync(self) -> int:
        return self.turn().run(self.desk.clock.now())

    def why_not(self, type_id: str) -> str:
        found = problem(self.office, self.office.type(type_id))
        return found.code if found is not None else ""

    def close(self) -> None:
        self.remote.close()
        self.desk.close()


@pytest.fixture
def laptop(hall: Hall) -> Iterator[Laptop]:
    made = Laptop(hall)
    yield made
    made.close()


def money_type(laptop: Laptop) -> str:
    from counter_app.catalog.verbs import is_money

    return next(id_ for id_, kind in sorted(laptop.office.catalogue.types.items()) if is_money(kind.flow))


def test_days_away_end_in_steps_and_a_stick_brings_them_back(laptop: Laptop) -> None:
    money = money_type(laptop)
    assert (laptop.why_not(money), words(laptop.office)) == ("", "")
    laptop.pass_days(DAYS - 2)
    assert laptop.why_not(money) == ""
    assert words(laptop.office) == "▲ 授权还剩 2 天"
    laptop.pass_days(3)
    assert (laptop.why_not(money), laptop.why_not(YD01)) == ("lease-money", "")
    laptop.pass_days(GRACE_DAYS)
    assert (laptop.why_not(money), laptop.why_not(YD01)) == ("lease-over", "lease-over")
    laptop.book.renew(laptop.hall.hub.lease(laptop.member.device))  # a file on a stick
    assert (laptop.why_not(money), words(laptop.office)) == ("", "")


def test_two_staff_several_days_and_everything_arrives_once(laptop: Laptop, hall: Hall) -> None:
    laptop.desk.identify("li_guifang")
    for day, who in enumerate(("0317", "0318", "0317")):
        laptop.work(who, 2 + day)
        laptop.pass_days(1)
    waiting = laptop.desk.store.outbox().waiting
    made = carrying.export(
        laptop.desk.store.waiting(1000), hall.folder / "usb", laptop.member, device_key(laptop.folder),
        laptop.desk.clock.now(),
    )  # fmt: skip
    home = hall.desk("home")
    told = home.hub.take_package("r1", (hall.folder / "usb" / made[0].file).read_bytes())
    assert told["verdicts"] == {"accepted": waiting}
    laptop.sync()  # and then the laptop itself comes home
    assert laptop.desk.store.outbox().waiting == 0
    with hall.hub.database.read() as connection:
        clerks = [row.text for row in connection.execute(envelopes.select())]
    assert len(clerks) == waiting
    assert sum('"clerk_no":"0318"' in text for text in clerks) == 3
    assert laptop.book.current().away_days(laptop.desk.clock.now()) == 0  # renewed on the way


def accepted_at_home(laptop: Laptop, staff: tuple[str, ...]) -> str:
    """A case of a home visit without a line, with a photographed page and a signature; its id."""
    visit = laptop.desk.visit
    visit.start_home_visit(staff)
    laptop.desk.identify("li_guifang")
    visit.open_case(YD01, "resident")
    visit.set_field("rloc_admdvs", "上海市")
    visit.set_field("by_commit", "是")
    case_id = visit.state.current_case
    visit.add_page(case_id, "M_YDFORM", hand.sheet())
    visit.receive("M_CNS")
    visit.sign(hand.written(), "以上内容属实")
    visit.check(True)
    visit.submit()
    visit.finish()
    return case_id


def test_cases_with_page_and_signature_go_home_by_stick_and_by_line_each_once(
    laptop: Laptop, hall: Hall
) -> None:
    case_id = accepted_at_home(laptop, ("0317", "0318"))
    store = laptop.desk.store
    facts = {str(one["event_id"]) for one in store.waiting(1000)}
    kinds = [one["kind"] for one in store.waiting(1000)]
    assert ("signature.given" in kinds, "case.accepted" in kinds) == (True, True)
    key, now = device_key(laptop.folder), laptop.desk.clock.now()
    usb = hall.folder / "usb"
    (made,) = carrying.export(store.waiting(1000), usb, laptop.member, key, now)
    home = hall.desk("home")
    assert home.hub.take_package("r1", (usb / made.file).read_bytes())["verdicts"] == {"accepted": len(facts)}
    assert hand_over(laptop.folder, laptop.remote) == 0  # a hub without a place for pages: they wait
    laptop.sync()
    assert store.outbox().waiting == 0
    with hall.hub.database.read() as connection:
        there = [row.event_id for row in connection.execute(envelopes.select())]
    assert (len(there), set(there)) == (len(facts), facts)
    assert [one["id"] for one in hall.hub.cases()] == [case_id]


def joined_again(laptop: Laptop, hall: Hall) -> Member:
    """With a code, once two people have let it back."""
    code = hall.hub.invite("device", PROGRAM, "9")
    with pytest.raises(Problem, match="enrol-lost"):
        join(laptop.folder, hall.served.url, code, "村办点")
    let_back(hall, laptop.member.device)
    return join(laptop.folder, hall.served.url, code, "村办点")


def test_what_a_lost_laptop_sends_is_kept_apart_and_taken_once_it_is_found(
    laptop: Laptop, hall: Hall
) -> None:
    accepted_at_home(laptop, ("0317", "0318"))
    waiting = laptop.desk.store.waiting(1000)
    (made,) = carrying.export(
        waiting, hall.folder / "usb", laptop.member, device_key(laptop.folder), laptop.desk.clock.now()
    )
    stick = (hall.folder / "usb" / made.file).read_bytes()
    hall.hub.revoke_device(laptop.member.device, PROGRAM, "丢失")
    home = hall.desk("home")
    assert home.hub.take_package("r1", stick)["verdicts"] == {"held": len(waiting), "rejected": 0}
    with pytest.raises(Problem, match="device-revoked"):
        laptop.remote.push(waiting)
    assert hall.hub.cases() == []
    found = joined_again(laptop, hall)
    laptop.remote.close()
    laptop.member, laptop.remote = found, found.connect(laptop.folder)
    laptop.sync()
    assert laptop.desk.store.outbox().waiting == 0
    assert len(hall.hub.cases()) == 1
    again = home.hub.take_package("r2", stick)  # the stick turns up as well
    assert again["verdicts"] == {"duplicate": len(waiting)}


def test_lost_it_hears_so_and_does_nothing_more_found_it_joins_again(laptop: Laptop, hall: Hall) -> None:
    laptop.work("0317", 2)
    hall.hub.revoke_device(laptop.member.device, PROGRAM, "丢失")
    before = laptop.desk.store.outbox().waiting
    laptop.pass_days(1)
    laptop.sync()
    assert laptop.desk.store.outbox().waiting == before  # kept, not delivered, not lost
    assert laptop.why_not(YD01) == "device-revoked"
    assert words(laptop.office) == "● 本设备已停用 只能查询"
    with pytest.raises(Problem, match="device-revoked"):
        laptop.remote.push(laptop.desk.store.waiting())
    found = joined_again(laptop, hall)
    laptop.remote.close()
    laptop.member, laptop.remote = found, found.connect(laptop.folder)
    laptop.book.renew(laptop.remote.lease())
    laptop.sync()
    assert laptop.desk.store.outbox().waiting == 0
    assert laptop.why_not(YD01) == ""

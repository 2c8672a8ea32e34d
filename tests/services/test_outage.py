"""A bad day at a desk: the hub is there, or it is what is gone; afterwards everything is entered."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.demo.network import Cable, HubBehindCable
from counter_app.domain.days import OPENING
from counter_app.domain.outages import Owed, Way, in_order, way_of
from counter_app.domain.tickets import TicketState
from counter_app.problems import Problem
from counter_app.services import hall_words, outage
from counter_app.services.visit import Visit
from counter_app.sync.drain import drain
from tests.fakes.office import START, TestOffice
from tests.services.test_visit import accept_yd01


def behind_a_cable(desk: TestOffice) -> Cable:
    """The same desk with a cable that can be cut."""
    cable = Cable()
    hub = HubBehindCable(desk.hub, cable)
    office = replace(desk.office, ports=replace(desk.office.ports, hub=hub))
    desk.office, desk.visit = office, Visit(office)
    return cable


def boss(desk: TestOffice) -> Visit:
    actor = next(one for one in desk.cast.clerks if one.may("supervisor"))
    return Visit(replace(desk.office, actor=actor, window="1"))


def test_one_key_tells_the_hall_and_every_desk_hears_it(desk: TestOffice) -> None:
    view = desk.visit.announce()
    assert view.hall_now.outage is not None
    assert (view.hall_now.outage.clerk_name, view.hall_now.outage.is_local) == ("陈静", False)
    assert desk.visit.announce().hall_now.outage == view.hall_now.outage, "once"
    other = boss(desk)
    assert other.refresh_line().hall_now.outage == view.hall_now.outage
    assert other.outage_over().hall_now.outage is None
    assert desk.visit.refresh_line().hall_now.outage is None
    with pytest.raises(Problem, match="outage-none"):
        desk.visit.outage_over()
    kinds = [one["kind"] for one in desk.hub.said(desk.office.today())]
    assert kinds == ["outage.announced", "outage.ended"]


def test_everybody_is_sorted_and_the_report_says_it(desk: TestOffice) -> None:
    numbers = [desk.hub.take(f"r{n}").number for n in range(4)]
    with pytest.raises(Problem, match="outage-none"):
        desk.visit.sort(numbers[0], Way.WAIT)
    desk.visit.announce()
    assert [one.number for one in desk.visit.waiting()] == numbers
    for number, way in zip(numbers, (Way.OFFLINE, Way.WAIT, Way.KEEP, Way.KEEP), strict=True):
        desk.visit.sort(number.lower(), way)
    with pytest.raises(Problem, match="not-found"):
        desk.visit.sort("Z999", Way.WAIT)
    desk.clock.tick(47 * 60)
    desk.visit.outage_over()
    told = desk.visit.outage_report()
    assert told is not None
    assert (told.minutes, told.sorted, told.ways[Way.KEEP], told.announced_by) == (47, 4, 2, "陈静")


def test_when_the_hub_is_what_is_gone_the_desk_goes_on_and_the_hub_hears_later(desk: TestOffice) -> None:
    ticket = desk.hub.take("r1")
    cable = behind_a_cable(desk)
    cable.whole = False
    view = desk.visit.announce("中心断网")
    assert view.hall_now.outage is not None
    assert view.hall_now.outage.is_local
    kept = desk.visit.sort(ticket.number, Way.KEEP)
    assert kept.kept.startswith("K")
    with pytest.raises(Problem, match="kept-already"):
        desk.visit.sort(ticket.number, Way.WAIT)
    assert desk.visit.sort("A099", Way.WAIT).number == "A099"
    cable.whole = True
    assert desk.visit.refresh_line().hall_now.outage is not None, "the hub never heard of it"
    drain(desk.store, desk.office.ports.hub, desk.store.settle)
    assert desk.visit.outage_over().hall_now.outage is None
    gone = desk.hub.ticket(ticket.ticket_id)
    assert gone is not None
    assert gone.state is TicketState.CANCELLED
    desk.clock.tick(24 * 3600)
    early = desk.hub.take("r2")
    back = desk.hub.redeem(kept.kept, "k1")
    first = desk.hub.call("3", "c1", desk.office.actor)
    assert first is not None
    assert first.ticket_id == back.ticket_id != early.ticket_id
    told = outage.report(desk.office, START.date())
    assert told is not None
    assert (told.sorted, told.ways[Way.KEEP], told.ways[Way.WAIT]) == (2, 1, 1)


def test_afterwards_forms_and_offline_cases_are_entered_in_their_order(desk: TestOffice) -> None:
    for item in OPENING:
        desk.visit.look(item.id, True)
    desk.visit.open_day("0301")
    desk.visit.take_spares("numbers", "Y0001", "Y0003")
    desk.visit.announce()
    desk.visit.use_spare("numbers", "Y0002", "查询，王某")
    desk.visit.use_spare("numbers", "Y0001", "写坏", spoilt=True)
    [form] = desk.visit.owed()
    assert (form.mark, form.by_hand) == ("Y0002", True)
    with pytest.raises(Problem, match="not-found"):
        desk.visit.entered("Y0001", "x")
    with pytest.raises(Problem, match="not-found"):
        desk.visit.entered("Y0002", "no such case")
    desk.identify("li_guifang")
    assert desk.visit.entered("Y0002", accept_yd01(desk)) == ()
    told = desk.visit.outage_report()
    assert told is not None
    assert (told.owed, told.entered, told.minutes) == (0, 1, None)


def test_the_order_is_deadline_then_right_then_by_hand_then_age() -> None:
    day = START.date()
    later = START.replace(hour=11)
    owed = (
        Owed("plain", "", START),
        Owed("old", "", START, "elderly"),
        Owed("form", "", later, by_hand=True),
        Owed("due", "", later, due_on=day),
        Owed("due-first", "", later, "elderly", day),
    )
    assert [one.mark for one in in_order(reversed(owed))] == ["due-first", "due", "old", "form", "plain"]
    assert [way_of(word) for word in ("full", "accept_only", "cache_only", "none")] == [
        Way.OFFLINE,
        Way.OFFLINE,
        Way.WAIT,
        Way.WAIT,
    ]


def test_help_is_pressed_quietly_and_what_it_was_is_written_down(desk: TestOffice) -> None:
    word = desk.visit.press_emergency()
    assert word.text == "3 号窗口请求支援"
    other = boss(desk)
    [seen] = other.refresh_line().hall_now.helps
    assert seen.window == "3"
    with pytest.raises(Problem, match="reason-needed"):
        other.emergency_answered(word.id, " ")
    with pytest.raises(Problem, match="not-found"):
        other.emergency_answered("nobody", "到场")
    assert other.emergency_answered(word.id, "群众情绪激动，已劝离").hall_now.helps == ()
    last = desk.store.facts(limit=10_000)[-1]
    assert (last["kind"], last["body"]["note"]) == ("emergency.ended", "群众情绪激动，已劝离")


def test_while_the_hall_is_covered_nobody_has_a_name(desk: TestOffice) -> None:
    with pytest.raises(Problem, match="supervisor-needed"):
        desk.visit.cover_hall(True)
    desk.identify("li_guifang")
    desk.visit.open_case("YD01")
    other = boss(desk)
    other.cover_hall(True)
    view = desk.visit.refresh_line()
    key = view.current_principal
    assert "李*芳" not in str(view)
    assert "李桂芳" not in str(view)
    assert view.principals[0].name == "＊＊＊"
    with pytest.raises(Problem, match="hall-covered"):
        desk.visit.reveal(key)
    assert view.case is not None
    before = {f.key: f.value for f in view.case.fields if f.editable and f.sensitive == "none"}
    assert "已遮盖" not in before.values(), "what is typed stays what it is"
    other.cover_hall(False)
    assert desk.visit.refresh_line().principals[0].name == "李*芳"
    assert hall_words.now_in_hall(desk.office).cover is None

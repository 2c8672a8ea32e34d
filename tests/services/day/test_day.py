"""One day at a desk: opened by two, handed over at noon, balanced in the evening, on a real store and hub."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from counter_app.domain.days import OPENING
from counter_app.problems import Problem
from counter_app.services.day import closing, opening
from counter_app.services.day.closing import Sealed
from counter_app.services.day.state import day_of
from counter_app.services.printing import print_queued
from counter_app.services.visit import Visit
from counter_app.sync.drain import drain
from tests.fakes.office import TestOffice
from tests.services.test_visit import accept_yd01


def opened(desk: TestOffice) -> Visit:
    for item in OPENING:
        desk.visit.look(item.id, True)
    desk.visit.open_day("0301")
    return desk.visit


def served(desk: TestOffice, key: str = "li_guifang") -> str:
    """Somebody with a number, accepted, printed, gone; the case's number."""
    desk.hub.take(f"r{desk.clock.mono}{key}")
    desk.visit.call_next()
    desk.identify(key)
    number = accept_yd01(desk)
    print_queued(desk.office.ports, desk.office.actor)
    desk.visit.finish()
    return number


def sent(desk: TestOffice) -> None:
    drain(desk.store, desk.hub, desk.store.settle)


def test_the_morning_is_looked_at_item_by_item_and_opened_by_two(desk: TestOffice) -> None:
    found = desk.visit.opening()
    assert {row.item.id for row in found.rows if row.found is not None} >= {"clock", "pack", "unprinted"}
    assert "开柜取章" in found.missing
    with pytest.raises(Problem, match="day-unchecked"):
        desk.visit.open_day("0301")
    with pytest.raises(Problem, match="reason-needed"):
        desk.visit.look("devices", False)
    with pytest.raises(Problem, match="not-found"):
        desk.visit.look("weather", True)
    for item in OPENING:
        desk.visit.look(
            item.id, item.id != "devices", "高拍仪在修，用 4 号窗口的" if item.id == "devices" else ""
        )
    for second, code in [("", "field-required"), ("9999", "clerk-unknown"), ("0317", "two-needed")]:
        with pytest.raises(Problem, match=code):
            desk.visit.open_day(second)
    state = desk.visit.open_day("0301")
    assert [one.name for one in state.opened_by] == ["陈静", "何主任"]
    assert state.checks["devices"].note.startswith("高拍仪")
    with pytest.raises(Problem, match="day-opened"):
        desk.visit.open_day("0301")
    again = desk.again()
    assert day_of(again.store, again.office.today()) == state
    again.close()


def test_what_yesterday_left_is_not_in_order_by_itself(desk: TestOffice) -> None:
    served(desk)
    desk.clock.tick(24 * 3600)
    rows = {row.item.id: row for row in desk.visit.opening("读卡器断开").rows}
    assert rows["unsent"].found is None
    assert rows["unsent"].detail.startswith("未上传")
    assert rows["devices"].detail == "读卡器断开"
    assert rows["holidays"].detail == "2027 年安排未公布，到期日为暂估"
    assert opening.opening(desk.office).state.opened_at == ""


def test_an_ordinary_day_balances_and_is_signed_by_two(desk: TestOffice) -> None:
    visit = opened(desk)
    served(desk)
    sent(desk)
    found = visit.closing()
    assert found.balance.open == ()
    lines = {line.id: line for line in found.balance.lines}
    assert lines["numbers"].left == ("发号", 1)
    assert lines["acceptances"].left == ("受理", 1)
    assert lines["seals"].left == ("用章次数", 1)
    paper = visit.close_day("0301")
    content = json.loads(paper.content)
    assert (paper.kind, content["giver"], content["taker"]) == (
        "RZZD",
        "陈静（工号 0317）",
        "何主任（工号 0301）",
    )
    assert len(content["tally"]) == len(found.balance.lines)
    assert print_queued(desk.office.ports, desk.office.actor) == []
    state = day_of(desk.store, desk.office.today())
    assert (state.is_open, state.sheet) == (False, paper.number)
    with pytest.raises(Problem, match="day-not-open"):
        visit.close_day("0301")


def test_a_difference_is_explained_by_name_and_never_forced(desk: TestOffice) -> None:
    visit = opened(desk)
    served(desk)
    left = desk.hub.take("r-left").number
    sent(desk)
    with pytest.raises(Problem, match="day-uneven") as refused:
        visit.close_day("0301")
    assert left in refused.value.detail
    with pytest.raises(Problem, match="reason-needed"):
        visit.explain("numbers", left, " ")
    with pytest.raises(Problem, match="not-found"):
        visit.explain("numbers", "A999", "没有这个人")
    visit.explain("numbers", left, "已离开大厅，联系不上")
    sent(desk)
    found = visit.closing()
    assert found.balance.may_close
    assert dict(next(line for line in found.balance.lines if line.id == "numbers").items) == {
        left: "仍在等候"
    }
    content = json.loads(visit.close_day("0301").content)
    assert content["reasons"] == [f"发号　{left}（仍在等候）：已离开大厅，联系不上。说明人 陈静（工号 0317）"]


def test_what_was_not_sent_is_sent_or_sealed_and_cannot_be_talked_away(desk: TestOffice) -> None:
    visit = opened(desk)
    [(line, what)] = visit.closing().balance.open
    assert line.id == "unsent"
    with pytest.raises(Problem, match="day-unsent"):
        visit.explain("unsent", what, "网络不好")
    with pytest.raises(Problem, match="day-unsent"):
        visit.close_day("0301")
    waiting = desk.store.outbox().waiting
    with pytest.raises(Problem, match="day-unsent"):
        visit.close_day("0301", Sealed(waiting - 1, "a.ow1p", "00"))
    paper = visit.close_day("0301", Sealed(waiting, "a.ow1p", "ab" * 32))
    assert f"未上传 {waiting} 条已封包：a.ow1p" in paper.content


def test_paper_in_the_printer_and_people_at_the_window_keep_a_day_open(desk: TestOffice) -> None:
    visit = opened(desk)
    desk.identify("li_guifang")
    number = accept_yd01(desk)
    with pytest.raises(Problem, match="visit-open"):
        visit.close_day("0301")
    visit.finish()
    odd = {line.id: dict(line.items) for line in visit.closing().balance.lines if line.items}
    assert odd["unprinted"] == {number: "单据未打印"}
    assert odd["seals"] == {number: "用章 1 次，盖章文书 0 份"}
    print_queued(desk.office.ports, desk.office.actor)
    visit.void(number, "卡纸，字迹不清")
    with pytest.raises(Problem, match="paper-voided"):
        visit.void(number, "再来")
    assert visit.closing().counts.voids == {number: "卡纸，字迹不清"}


def test_at_noon_the_other_one_acts_from_then_on(desk: TestOffice) -> None:
    with pytest.raises(Problem, match="day-not-open"):
        desk.visit.hand_over("0318")
    visit = opened(desk)
    visit.take_spares("numbers", "Y0001", "Y0010")
    visit.serve_walk_in()
    assert visit.on_desk().visits == ("无号：0 件，已受理 0 件",)
    assert visit.on_desk().spares == ("预印号段 10 个",)
    with pytest.raises(Problem, match="two-needed"):
        visit.hand_over("0317")
    view = visit.hand_over("0318", "材料柜钥匙在抽屉")
    assert (view.clerk_no, view.clerk_name, view.visit_open) == ("0318", "林晓", True)
    visit.finish()
    last = desk.store.facts(limit=10_000)[-1]
    assert (last["kind"], last["actor"]["clerk_no"]) == ("visit.closed", "0318")
    [(giver, taker, _)] = day_of(desk.store, desk.office.today()).hands
    assert (giver.no, taker.no) == ("0317", "0318")


def test_blank_things_are_counted_by_number(desk: TestOffice) -> None:
    visit = opened(desk)
    assert len(visit.take_spares("numbers", "Y0001", "Y0005")) == 5
    for call, code in [
        (lambda: visit.take_spares("numbers", "Y0005", "Y0006"), "spare-twice"),
        (lambda: visit.take_spares("flags", "1"), "field-choice"),
        (lambda: visit.use_spare("numbers", "Y0009", "断网发号"), "spare-away"),
        (lambda: visit.use_spare("numbers", "Y0001", " "), "reason-needed"),
    ]:
        with pytest.raises(Problem, match=code):
            call()
    visit.use_spare("numbers", "Y0001", "断网发号")
    visit.use_spare("numbers", "Y0002", "写坏", spoilt=True)
    visit.return_spares("numbers", "Y0003", "Y0004")
    line = next(one for one in visit.closing().balance.lines if one.id == "spares.预印号段")
    assert (line.left, line.difference, dict(line.items)) == (("领用", 5), 1, {"Y0005": "去向不明"})


def test_a_window_balances_its_own_numbers_and_the_supervisor_the_halls(desk: TestOffice) -> None:
    for nth, window in enumerate(("3", "4")):
        ticket = desk.hub.take(f"r{nth}")
        desk.hub.call(window, f"c{nth}", replace(desk.office.actor, window=window))
        desk.hub.act(ticket.ticket_id, "done", f"d{nth}", replace(desk.office.actor, window=window))
    desk.hub.take("r9")
    assert len(closing.closing(desk.office).counts.tickets) == 1
    boss = replace(desk.office, actor=replace(desk.office.actor, roles=("clerk", "supervisor")))
    assert len(closing.closing(boss).counts.tickets) == 3

"""Cases that began elsewhere: one list, picked up once, finished or sent back."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from counter_app.demo.network import Cable, HubBehindCable
from counter_app.domain.filings import Filing, FilingState
from counter_app.domain.people import Employer, Person
from counter_app.problems import Problem
from counter_app.seals.device import DeviceSecrets
from counter_app.services import filings
from counter_app.services.visit import Visit
from counter_app.wire.package import pack
from tests.fakes.office import TestOffice, certno
from tests.wire.test_package import KEYS, RECORD, TRUST, head

ANSWERS = {
    "rloc_admdvs": "上海市",
    "insutype": "310",
    "psn_type": "12",
    "insuplc_admdvs": "371100",
    "tel": "13800001526",
}


def filing(key: str = "li_guifang", **changes: Any) -> Filing:
    """异地备案 as a citizen filed it at home."""
    made = Filing(
        filing_id="app:W1",
        channel="online",
        origin="示例医保公共服务平台",
        type_id="YD01",
        filed_at="2026-11-22T20:15:00+08:00",
        situation="retired",
        person=Person("", "李桂芳", certno=certno(key)),
        answers={**ANSWERS, "by_commit": "是"},
        materials={"M_ID": "shared", "M_YDFORM": "received", "M_CNS": "received"},
        evidence="医保电子凭证实人认证",
        content_hash="h1",
    )
    return replace(made, **changes)


def received(desk: TestOffice, *given: Filing) -> filings.Received:
    return filings.receive(desk.office, given or (filing(),))


def finish(desk: TestOffice) -> None:
    desk.visit.check(True)
    view = desk.visit.submit()
    assert view.case is not None
    assert view.case.number, view.case.problems


def test_it_lands_in_the_list_once(desk: TestOffice) -> None:
    assert [f.filing_id for f in received(desk).new] == ["app:W1"]
    again = received(desk)
    assert ([f.filing_id for f in again.known], again.new) == (["app:W1"], ())
    rows = filings.inbox(desk.office)
    told = rows[0].as_dict()
    assert (told["channel"], told["type"], told["state"], told["complete"]) == (
        "online",
        "YD01",
        "waiting",
        True,
    )
    assert told["name"] == "李*芳"
    assert [f["kind"] for f in desk.store.facts()] == ["filing.received"]
    reopened = desk.again()
    assert [f.filing_id for f in reopened.store.filings()] == ["app:W1"]
    reopened.close()


def test_one_id_twice_at_once_or_put_together_here_is_a_conflict_and_the_first_stays(
    desk: TestOffice,
) -> None:
    received(desk)
    found = received(
        desk, filing(content_hash="h2", answers={}), filing(filing_id="app:W2", content_hash="x")
    )
    twice = received(desk, *(filing(filing_id="app:W3", package_id="P", content_hash=h) for h in "xy"))
    assert ([f.content_hash for f in twice.new], [p.code for p in twice.problems]) == (
        ["x"],
        ["filing-conflict"],
    )
    assert [p.code for p in found.problems] == ["filing-conflict"]
    assert [f.filing_id for f in found.new] == ["app:W2"]
    first = desk.store.filing("app:W1")
    assert first is not None
    assert first.content_hash == "h1"


@pytest.mark.parametrize(
    "changes",
    [
        {"type_id": "XX99"},
        {"type_id": "MT05"},
        {"channel": "online", "type_id": "MT16"},
        {"channel": "hospital", "type_id": "FW09"},
    ],
    ids=["unknown", "not offered here", "not online", "not by import"],
)
def test_what_cannot_be_done_here_is_said_at_once(desk: TestOffice, changes: dict[str, Any]) -> None:
    found = received(desk, filing(**changes))
    assert [p.code for p in found.problems] == ["filing-type"]
    assert desk.store.filings() == []


def test_it_is_picked_up_filled_and_finished(desk: TestOffice) -> None:
    received(desk)
    desk.visit.serve_walk_in()
    view = desk.visit.pick_up("app:W1")
    assert view.case is not None
    assert {f.key: f.value for f in view.case.fields}["rloc_admdvs"] == "310000"
    finish(desk)
    record = desk.store.cases()[0]
    assert (record.came.channel, record.came.origin, record.came.filing_id) == (
        "online",
        "示例医保公共服务平台",
        "app:W1",
    )
    kept = desk.store.filing("app:W1")
    assert kept is not None
    assert (kept.state, kept.case_number) == (FilingState.DONE, record.number)
    fact = next(f for f in desk.store.facts() if f["kind"] == "case.accepted")
    assert fact["body"]["evidence"]["kind"] == "online"
    assert fact["body"]["came"]["channel"] == "online"


def test_it_is_never_accepted_twice(desk: TestOffice) -> None:
    received(desk)
    desk.visit.serve_walk_in()
    desk.visit.pick_up("app:W1")
    cut = replace(desk.office.ports, hub=HubBehindCable(desk.hub, Cable(whole=False)))
    other = Visit(replace(desk.office, window="5", ports=cut))
    other.serve_walk_in()
    other.pick_up("app:W1")
    finish(desk)
    other.check(True)
    with pytest.raises(Problem, match="filing-done"):
        other.submit()
    assert len(desk.store.cases()) == 1
    with pytest.raises(Problem, match="filing-done"):
        desk.visit.pick_up("app:W1") if desk.visit.finish() else None
    with pytest.raises(Problem, match="filing-done"):
        desk.visit.send_back("app:W1", "重复")


def test_two_windows_do_not_take_the_same_one(desk: TestOffice) -> None:
    received(desk)
    desk.visit.serve_walk_in()
    desk.visit.pick_up("app:W1")
    other = Visit(replace(desk.office, window="5"))
    other.serve_walk_in()
    with pytest.raises(Problem, match="filing-elsewhere") as refused:
        other.pick_up("app:W1")
    assert refused.value.detail == "3"
    assert other.state.cases == ()
    desk.clock.tick(3 * 3600)  # window 3 went home
    other.pick_up("app:W1")


def test_the_hub_hands_over_what_came_for_this_hall(desk: TestOffice) -> None:
    data = pack(head(), [RECORD], DeviceSecrets(KEYS).sign)
    assert desk.hub.send("r1", json.loads(data))
    assert not desk.hub.send("r2", json.loads(data))
    assert [p.code for p in desk.visit.fetch_filings().problems] == ["package-signer"]
    desk.visit = Visit(replace(desk.office, trust=TRUST))
    found = desk.visit.fetch_filings()
    assert [f.filing_id for f in found.new] == ["app:W1"]
    assert desk.visit.fetch_filings().new == ()
    second = pack(head(package_id="P2"), [{**RECORD, "filing_id": "W2"}], DeviceSecrets(KEYS).sign)
    desk.hub.send("r3", json.loads(second))
    assert [f.filing_id for f in desk.visit.fetch_filings().new] == ["app:W2"]


def test_picking_up_again_turns_to_the_case_that_is_open(desk: TestOffice) -> None:
    received(desk)
    desk.visit.serve_walk_in()
    first = desk.visit.pick_up("app:W1")
    assert len(desk.visit.pick_up("app:W1").tiles) == len(first.tiles) == 1


def test_the_person_who_comes_is_still_identified(desk: TestOffice) -> None:
    received(desk)
    desk.visit.serve_walk_in()
    desk.visit.pick_up("app:W1")
    desk.visit.take(desk.card("li_guifang"))
    view = desk.visit.witness("verified")
    assert [p.evidence for p in view.principals] == ["card"]


def test_somebody_else_at_the_window_is_not_given_it(desk: TestOffice) -> None:
    received(desk)
    desk.identify("wang_min")
    with pytest.raises(Problem, match="filing-person"):
        desk.visit.pick_up("app:W1")


def test_without_proof_from_there_the_documents_are_asked_for_here(desk: TestOffice) -> None:
    received(desk, filing(evidence="", materials={"M_YDFORM": "received", "M_CNS": "received"}))
    desk.visit.serve_walk_in()
    desk.visit.pick_up("app:W1")
    view = desk.visit.check(True)
    assert view.case is not None
    assert [p.where for p in view.case.problems] == ["material:M_ID"]
    desk.visit.take(desk.card("li_guifang"))
    desk.visit.witness("verified")
    view = desk.visit.check(True)
    assert view.case is not None
    assert view.case.problems == ()


def test_what_is_missing_is_counted_and_supplemented_at_the_window(desk: TestOffice) -> None:
    received(desk, filing(answers={"by_commit": "是"}, materials={"M_ID": "shared"}))
    row = filings.inbox(desk.office)[0]
    assert row.missing > 0
    desk.visit.serve_walk_in()
    desk.visit.pick_up("app:W1")
    desk.visit.set_field("rloc_admdvs", "上海市")
    for code in ("M_YDFORM", "M_CNS"):
        desk.visit.receive(code)
    finish(desk)


def test_a_nonsense_answer_is_kept_beside_its_refusal(desk: TestOffice) -> None:
    received(desk, filing(answers={**ANSWERS, "rloc_admdvs": "火星", "nobody_asked": "x"}))
    desk.visit.serve_walk_in()
    desk.visit.pick_up("app:W1")
    view = desk.visit.check(True)
    assert view.case is not None
    assert ("field-choice", "rloc_admdvs") in [(p.code, p.where) for p in view.case.problems]


def test_it_may_be_sent_back_with_a_reason(desk: TestOffice) -> None:
    received(desk)
    with pytest.raises(Problem, match="reason-needed"):
        desk.visit.send_back("app:W1", " ")
    desk.visit.send_back("app:W1", "材料不清")
    assert filings.inbox(desk.office)[0].as_dict()["state"] == "refused"
    desk.visit.serve_walk_in()
    with pytest.raises(Problem, match="filing-refused"):
        desk.visit.pick_up("app:W1")
    assert "filing.refused" in [f["kind"] for f in desk.store.facts()]


def test_not_accepting_it_closes_it_too(desk: TestOffice) -> None:
    received(desk)
    desk.visit.serve_walk_in()
    desk.visit.pick_up("app:W1")
    desk.visit.refuse("不符合条件")
    kept = desk.store.filing("app:W1")
    assert kept is not None
    assert kept.state is FilingState.DONE


def test_an_old_one_is_refused(desk: TestOffice) -> None:
    received(desk, filing(expires_on=date(2026, 11, 22)))
    desk.visit.serve_walk_in()
    with pytest.raises(Problem, match="filing-expired"):
        desk.visit.pick_up("app:W1")


def test_a_new_enterprise_comes_from_the_register(desk: TestOffice) -> None:
    answers = {
        "legrep_certno": certno("wang_min"),
        "emp_addr": "日照市示例路1号",
        "headcount": "5",
        "emp_type": "enterprise",
    }
    given = filing(
        filing_id="amr:E1",
        channel="enterprise",
        origin="市场监管一网通",
        type_id="CB01",
        situation="",
        person=None,
        employer=Employer("", "示例新企业有限公司", "91350100M000100Y43"),
        answers=answers,
        materials={"M_USCC": "shared"},
    )
    assert received(desk, given).problems == ()
    desk.visit.serve_walk_in()
    view = desk.visit.pick_up("amr:E1")
    assert view.principals[0].name == "示例新企业有限公司"
    view = desk.visit.check(True)
    assert view.case is not None
    missing = [p.where for p in view.case.problems]
    assert "party" in missing  # who comes for it is asked for at the window
    assert not {"headcount", "emp_name", "uscc", "legrep_certno"} & set(missing)


def test_nothing_of_it_is_readable_in_the_files(desk: TestOffice) -> None:
    received(desk, filing(note="CANARY-NOTE", address="CANARY-ADDRESS"))
    for file in desk.folder.rglob("*"):
        if file.is_file():
            assert b"CANARY" not in file.read_bytes()
    with desk.store.database.read() as connection:
        body = connection.exec_driver_sql("SELECT body FROM filings").scalar_one()
    assert "CANARY" not in body


def test_what_is_dropped_is_any_windows_at_once_and_undo_takes_it_again(desk: TestOffice) -> None:
    received(desk)
    desk.visit.serve_walk_in()
    desk.visit.pick_up("app:W1")
    desk.visit.drop_case()
    other = Visit(replace(desk.office, window="5"))
    other.serve_walk_in()
    other.pick_up("app:W1")
    with pytest.raises(Problem, match="filing-elsewhere"):
        desk.visit.undo()
    assert desk.visit.state.cases == ()
    other.undo()
    view = desk.visit.undo()
    assert view.case is not None
    with pytest.raises(Problem, match="filing-elsewhere"):
        other.redo()
    finish(desk)


def test_leaving_gives_back_what_was_not_accepted(desk: TestOffice) -> None:
    received(desk)
    desk.visit.serve_walk_in()
    desk.visit.pick_up("app:W1")
    desk.visit.finish()
    desk.visit.answer("finish")
    other = Visit(replace(desk.office, window="5"))
    other.serve_walk_in()
    assert other.pick_up("app:W1").case is not None


def test_dropping_does_not_depend_on_the_hub(desk: TestOffice) -> None:
    received(desk)
    cut = replace(desk.office.ports, hub=HubBehindCable(desk.hub, Cable(whole=False)))
    away = Visit(replace(desk.office, ports=cut))
    away.serve_walk_in()
    away.pick_up("app:W1")
    assert away.drop_case().case is None

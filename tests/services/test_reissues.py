"""A filing that comes again: the same one, a newer one, one for what somebody has picked up already."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from counter_app.domain.filings import Filing, FilingState
from counter_app.seals.device import DeviceSecrets
from counter_app.services import filings
from counter_app.services.reissues import changes
from counter_app.services.visit import Visit
from counter_app.wire.package import pack
from tests.fakes.office import TestOffice
from tests.services.test_filings import ANSWERS, filing, finish
from tests.wire.test_package import KEYS, RECORD, TRUST, head

LATER = {**ANSWERS, "rloc_admdvs": "北京市", "tel": "13900001111"}
CHANGED = ["联系电话", "就医地", "以个人承诺书办理"]


def issued(**changes: Any) -> Filing:
    """The second issue of the filing."""
    return replace(filing(package_id="P2", content_hash="h2", answers=LATER, hub_no=2), **changes)


def received(desk: TestOffice, *given: Filing) -> filings.Received:
    return filings.receive(desk.office, given)


def kept(desk: TestOffice) -> Filing:
    found = desk.store.filing("app:W1")
    assert found is not None
    return found


def told(desk: TestOffice) -> list[Any]:
    return [f["body"] for f in desk.store.facts(limit=10_000) if f["kind"] == "filing.reissued"]


def test_the_newer_replaces_what_nobody_has_picked_up(desk: TestOffice) -> None:
    received(desk, filing(package_id="P1"))
    found = received(desk, issued())
    assert (found.new, found.problems, found.changed) == ((), (), ())
    assert [f.filing_id for f in found.renewed] == ["app:W1"]
    assert (kept(desk).content_hash, kept(desk).hub_no, len(desk.store.filings())) == ("h2", 2, 1)
    [body] = told(desk)
    assert (body["replaced"], body["changed"]) == (True, CHANGED)
    assert "13900001111" not in str(body)
    view = desk.visit.serve_walk_in() and desk.visit.pick_up("app:W1")
    assert view.case is not None
    assert {f.key: f.value for f in view.case.fields}["rloc_admdvs"] == "110000"


def test_the_same_again_or_an_older_one_come_late_changes_nothing(desk: TestOffice) -> None:
    received(desk, filing(package_id="P1"))
    for same in (filing(package_id="P9"), issued(filed_at="2026-11-22T20:14:59+08:00")):
        found = received(desk, same)
        assert ([f.content_hash for f in found.known], found.renewed) == (["h1"], ())
    assert kept(desk).content_hash == "h1"
    assert told(desk) == []


def test_who_has_it_in_hand_is_told_what_changed_and_the_case_stays(desk: TestOffice) -> None:
    received(desk, filing(package_id="P1"))
    desk.visit.serve_walk_in()
    desk.visit.pick_up("app:W1")
    [problem] = received(desk, issued()).changed
    assert (problem.code, problem.where) == ("filing-changed", "app:W1")
    assert "联系电话" in problem.cause
    assert "13900001111" not in str(problem.as_dict())
    assert received(desk, issued()).changed == ()  # told once
    view = desk.visit.view()
    assert view.case is not None
    assert {f.key: f.value for f in view.case.fields}["rloc_admdvs"] == "310000"
    assert told(desk)[0]["replaced"] is False
    finish(desk)
    [record] = desk.store.cases()
    assert record.answers["tel"] == ANSWERS["tel"]
    assert kept(desk).state is FilingState.DONE


def test_dropped_and_picked_up_again_it_has_the_new_content(desk: TestOffice) -> None:
    received(desk, filing(package_id="P1"))
    desk.visit.serve_walk_in()
    desk.visit.pick_up("app:W1")
    received(desk, issued())
    desk.visit.drop_case()
    view = desk.visit.pick_up("app:W1")
    assert view.case is not None
    assert {f.key: f.value for f in view.case.fields}["rloc_admdvs"] == "110000"


def test_what_has_become_a_case_stays_done_and_the_clerk_is_told_once(desk: TestOffice) -> None:
    received(desk, filing(package_id="P1"))
    desk.visit.serve_walk_in()
    desk.visit.pick_up("app:W1")
    finish(desk)
    number = desk.store.cases()[0].number
    [problem] = received(desk, issued()).changed
    assert problem.code == "filing-late"
    assert number in problem.cause
    again = received(desk, issued())
    assert (again.changed, [f.case_number for f in again.known]) == ((), [number])
    assert (kept(desk).state, kept(desk).content_hash, kept(desk).hub_no) == (FilingState.DONE, "h1", 2)


def test_one_that_was_sent_back_comes_again_as_it_was_mended(desk: TestOffice) -> None:
    received(desk, filing(package_id="P1"))
    desk.visit.send_back("app:W1", "材料不清")
    assert received(desk, filing(package_id="P9")).renewed == ()  # the same is still refused
    assert kept(desk).state is FilingState.REFUSED
    received(desk, issued())
    assert (kept(desk).state, kept(desk).reason) == (FilingState.WAITING, "")


def test_by_network_the_second_package_is_fetched_and_the_clerk_sees_a_notice(desk: TestOffice) -> None:
    def sent(nth: int, **changes: Any) -> None:
        data = pack(head(package_id=f"P{nth}"), [{**RECORD, **changes}], DeviceSecrets(KEYS).sign)
        desk.hub.send(f"r{nth}", json.loads(data))

    visit = Visit(replace(desk.office, trust=TRUST))
    sent(1)
    filing_id = visit.fetch_filings().new[0].filing_id
    visit.serve_walk_in()
    visit.pick_up(filing_id)
    sent(2, answers={**RECORD["answers"], "tel": "13900001111"})
    assert [f.filing_id for f in visit.fetch_filings().renewed] == [filing_id]
    assert "filing-changed" in [p.code for p in visit.view().notices]
    before = len(visit.view().notices)
    assert visit.fetch_filings().renewed == ()
    assert len(visit.view().notices) == before


def test_what_changed_is_said_by_the_names_of_the_form(desk: TestOffice) -> None:
    first, other = filing(), issued(materials={}, situation="transient", note="急")
    assert changes(desk.office, first, other)[:3] == ("情形", "材料", "备注")
    assert "联系电话" in changes(desk.office, first, other)
    assert changes(desk.office, first, first) == ()

"""Which language stands beside the Chinese: touched at a kiosk, written by the guide, turned by the clerk."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from counter_app.domain.tickets import Ticket, TicketState
from counter_app.services.numbers_given import About, NumberGiver
from counter_app.services.spoken_tongue import next_tongue, tongue_of, tongue_of_ticket, wish_of
from counter_app.services.state import VisitState
from tests.fakes.office import TestOffice
from tests.services.test_decide import accept_mt02
from tests.services.test_tell import told

TICKET = Ticket("t", "A001", "all", "", TicketState.CALLED, datetime(2026, 11, 23, tzinfo=UTC))


def tongues_of(desk: TestOffice, number: str) -> list[str]:
    return [json.loads(paper.content).get("tongue", "") for paper in desk.store.papers(number)]


@pytest.mark.parametrize(
    ("needs", "note", "hall", "code"),
    [
        ((), "", ("ug",), ""),
        ((), "单据附英文对照", (), "en"),
        ((), "不识英文字母", ("ug",), ""),  # only what a kiosk writes, unless the need is told
        (("language",), "", ("ug", "kk_Arab"), "ug"),
        (("language",), "", (), ""),
        (("language",), "只会哈萨克文", ("ug",), "kk_Arab"),
        (("hearing",), "", ("ug",), ""),
    ],
)
def test_a_number_says_the_language(
    needs: tuple[str, ...], note: str, hall: tuple[str, ...], code: str
) -> None:
    assert tongue_of_ticket(replace(TICKET, needs=needs, note=note), hall) == code


@pytest.mark.parametrize("code", ["ug", "kk_Arab", "en", "zh_Hant"])
def test_what_is_touched_at_a_kiosk_arrives_at_the_window_and_stands_on_the_slip(
    desk: TestOffice, code: str
) -> None:
    giver = NumberGiver(desk.office, desk.folder)
    slip = giver.give("", About(), code)
    assert slip.tongue == code
    ticket = desk.hub.ticket(slip.ticket_id)
    assert ticket is not None
    assert ("language" in ticket.needs) == (code in ("ug", "kk_Arab"))
    assert tongue_of(desk.office, VisitState(ticket=ticket)) == code
    assert wish_of("") == wish_of("zh_Hans") == ((), "")
    assert NumberGiver(desk.office, desk.folder).give("", About()).tongue == ""


def test_the_clerk_turns_through_the_hall_s_languages_first_and_back_to_chinese(desk: TestOffice) -> None:
    office = replace(desk.office, tongues=("kk_Arab",))
    turned, seen = "", []
    for _ in range(5):
        turned = next_tongue(office, turned)
        seen.append(turned)
    assert seen[0] == "kk_Arab"
    assert (set(seen), seen[-1]) == ({"kk_Arab", "ug", "en", "zh_Hant", ""}, "")


def test_papers_of_a_case_keep_the_language_and_another_visit_begins_in_chinese(desk: TestOffice) -> None:
    desk.visit.speak("ug")
    assert desk.visit.view().tongue == "维吾尔文"
    number = accept_mt02(desk)
    assert set(tongues_of(desk, number)) == {"ug"}
    desk.visit.tell_once()
    assert told(desk).tongue == "ug"
    desk.visit.finish()
    assert desk.visit.view().tongue == ""
    from counter_app.services.contents import from_record

    record = desk.store.case(number)
    assert record is not None
    assert from_record(desk.office, record, "1", "BJTZ").tongue == "ug"
    assert from_record(desk.office, record, "1", "YJJJ").tongue == ""


def test_turning_can_be_undone(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    assert desk.visit.turn_tongue().tongue != ""
    assert desk.visit.undo().tongue == ""

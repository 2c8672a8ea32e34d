"""Behind the counter: seen masked, refused beforehand, asked of the hub as it was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from counter_app.catalog.model import Catalogue
from counter_app.domain.actor import Actor
from counter_app.domain.life import Wish
from counter_app.hub.looks import looks_of
from counter_app.problems import Problem
from counter_app.services import review
from counter_app.services.life import follow, life_of, record_of
from counter_app.services.review_sheet import HIDDEN, Eyes, sheet
from counter_app.services.review_view import Decision, Offer, PartLine
from counter_app.services.reviewing import Reviewing
from tests.fakes.office import TestOffice
from tests.hub.envelopes import reviewed
from tests.services.test_decide import accept_mt02

FIRST, SECOND = Actor("0420", "周衡", ("reviewer",)), Actor("0421", "吴岚", ("reviewer",))


def places(desk: TestOffice, actor: Actor, opens: bool = False) -> Reviewing:
    opener = desk.store.secrets.open if opens else None
    eyes = Eyes(actor, desk.catalogue, desk.office.region, opener)
    return Reviewing(desk.hub, eyes, desk.clock)


def accept_with_covers(desk: TestOffice, whole: bytes, *covered: bytes) -> None:
    """A case of which one page was photographed and covered again and again."""
    desk.identify("li_guifang")
    view = desk.visit.open_case("MT02")
    assert view.case is not None
    desk.visit.add_page(view.case.case_id, "M_MEDREC", whole)
    for page in covered:
        desk.visit.mask_page(view.case.case_id, "M_MEDREC", 0, page)
    for key, value in (("opsp_dise_code", "M03900"), ("ide_fixmedins_no", "日照示范人民医院")):
        desk.visit.set_field(key, value)
    desk.visit.set_field("hosp_ide_date", "2026-11-20")
    for code in ("M_MTFORM", "M_EXAM"):
        desk.visit.receive(code)
    desk.visit.check()
    assert desk.visit.submit().case is not None


def pushed(desk: TestOffice) -> str:
    number = accept_mt02(desk)
    desk.store.settle(desk.hub.push(desk.store.waiting()))
    return number


def test_a_case_goes_from_the_list_through_two_persons(desk: TestOffice) -> None:
    number = pushed(desk)
    one, two = places(desk, FIRST), places(desk, SECOND)
    (row,) = one.work()
    assert (row.number, row.person, row.mine) == (number, "李*芳", False)
    seen = one.decide(one.sheet(row.case_id), Decision("claim"), "r1")
    assert seen.row.mine
    seen = one.decide(seen, Decision("pass"), "r2")
    blocked = {offer.act: offer.blocked for offer in seen.offers}
    assert "另一位同事" in blocked["second"]
    with pytest.raises(Problem):
        one.decide(seen, Decision("second"), "r3")
    done = two.decide(two.sheet(row.case_id), Decision("second"), "r4")
    assert [turn.name for turn in done.history][-1] == "复核通过"
    assert two.work("慢特病岗") == ()


def test_money_goes_through_three_persons_and_finance_sees_only_its_own(desk: TestOffice) -> None:
    desk.hub.push([reviewed(1, "N1")])
    one, two = places(desk, FIRST), places(desk, SECOND)
    cash = places(desk, Actor("0430", "出纳", ("finance",)))
    seen = one.decide(one.sheet("case-N1"), Decision("claim"), "r1")
    (passing,) = [offer for offer in seen.offers if offer.act == "pass"]
    assert passing.needs == ("amount",)
    one.decide(seen, Decision("pass", amount=350_000), "r2")
    two.decide(two.sheet("case-N1"), Decision("second"), "r3")
    (row,) = cash.work("基金财务岗")
    assert row.money
    acts = {offer.act: offer for offer in cash.sheet(row.case_id).offers}
    assert set(acts) >= {"pay", "part", "bounce"}
    part = cash.decide(cash.sheet(row.case_id), Decision("part", amount=100_000), "r4")
    assert (part.amount, part.paid) == (350_000, 100_000)
    bounced = cash.decide(part, Decision("bounce", "bounce.closed"), "r5")
    assert bounced.row.promised.light == "paused"
    assert "1,000.00 元" in bounced.history[-2].words


def test_a_joint_case_is_two_lines_and_each_desk_does_its_own(desk: TestOffice) -> None:
    desk.hub.push([reviewed(1, "N1", "timed", life={"desks": ["慢特病岗", "参保征缴岗"]})])
    one, two = places(desk, FIRST), places(desk, SECOND)
    rows = one.work()
    assert {row.part for row in rows} == {"慢特病岗", "参保征缴岗"}
    seen = one.decide(one.sheet("case-N1", "慢特病岗"), Decision("claim"), "r1")
    assert (seen.row.holder, seen.step) == ("0420", "first_review")
    other = two.sheet("case-N1", "参保征缴岗")
    assert (other.row.holder, other.offers[0].act) == ("", "claim")
    assert two.decide(other, Decision("claim"), "r2").row.mine
    one.decide(seen, Decision("pass"), "r3")
    assert {row.part: row.step_name for row in one.work()} == {"慢特病岗": "复核", "参保征缴岗": "初审"}


def test_what_another_holds_is_said_and_a_supervisor_may(desk: TestOffice) -> None:
    pushed(desk)
    one = places(desk, FIRST)
    (row,) = one.work()
    one.decide(one.sheet(row.case_id), Decision("claim"), "r1")
    other = places(desk, SECOND).sheet(row.case_id)
    assert all("0420" in offer.blocked for offer in other.offers)
    chief = places(desk, Actor("0301", "主管", ("supervisor",))).sheet(row.case_id)
    assert not any(offer.blocked for offer in chief.offers)


def test_everything_is_masked_until_the_look_is_written_down(desk: TestOffice) -> None:
    pushed(desk)
    mine = places(desk, FIRST, opens=True)
    (row,) = mine.work()
    shown = {line.key: line for line in mine.sheet(row.case_id).answers}
    assert (shown["psn_name"].value, shown["certno"].value, shown["opsp_dise_code"].value) == (
        "李*芳",
        HIDDEN,
        HIDDEN,
    )
    assert shown["certno"].hidden
    whole = mine.reveal(row.case_id, row.part, "look-1")
    opened = {line.key: line.value for line in whole.answers}
    assert opened["psn_name"] == "李桂芳"
    assert opened["certno"] == "371102194803120024"
    assert whole.revealed
    nobody = places(desk, Actor("", "", ("reviewer",)), opens=True)
    with pytest.raises(Problem) as refused:
        nobody.reveal(row.case_id, row.part, "look-2")
    assert refused.value.code == "actor-unnamed"


def test_a_sealed_value_stays_sealed_where_its_key_is_not(desk: TestOffice) -> None:
    pushed(desk)
    far = places(desk, FIRST)
    (row,) = far.work()
    opened = {line.key: line.value for line in far.reveal(row.case_id, row.part, "look-1").answers}
    assert (opened["psn_name"], opened["certno"]) == ("李桂芳", HIDDEN)


def test_a_covered_page_is_seen_covered_and_lifted_on_record(desk: TestOffice) -> None:
    whole, covered, again = (b"\xff\xd8" + words for words in (b"whole", b"covered", b"covered twice"))
    accept_with_covers(desk, whole, covered, again)
    desk.store.settle(desk.hub.push(desk.store.waiting()))
    here = replace(places(desk, FIRST), page_of=desk.store.page)
    (row,) = here.work()
    case_id, seen = row.case_id, here.sheet(row.case_id)
    ref = next(line.pages[0] for line in seen.materials if line.pages)
    assert seen.covered[-1] == ref
    assert here.page(ref) == again
    with pytest.raises(Problem) as refused:
        here.uncovered(case_id, ref, "　", "look-0")
    assert refused.value.code == "reason-needed"
    assert here.uncovered(case_id, ref, "核对被盖住的金额", "look-1") == whole
    told = desk.hub.lane.do(lambda connection: looks_of(connection, desk.hub.hall, case_id))
    assert [(one["what"], one["clerk"]) for one in told] == [("揭开影像遮盖：核对被盖住的金额", "0420")]
    with pytest.raises(Problem):
        here.uncovered(case_id, "0" * 64, "核对", "look-2")


def test_a_reviewer_covers_a_page_and_the_counter_hears_who_did(desk: TestOffice) -> None:
    accept_with_covers(desk, b"\xff\xd8whole")
    desk.store.settle(desk.hub.push(desk.store.waiting()))
    here = replace(places(desk, FIRST), page_of=desk.store.page)
    (row,) = here.work()
    seen = here.sheet(row.case_id)
    ref = next(line.pages[0] for line in seen.materials if line.pages)
    after = here.cover(seen, ref, [(0, 0, 5_000, 800)], "cover-1")
    assert after.laid == ((ref, ((0, 0, 5_000, 800),)),)
    assert (after.row.step_name, after.offers) == (seen.row.step_name, seen.offers)
    line = after.history[-1]
    assert (line.name, line.who) == ("遮盖影像", "周衡 0420")
    assert line.words.endswith("第 1 页，1 处")
    assert ref not in line.words
    assert here.uncovered(row.case_id, ref, "核对被盖住的金额", "look-1") == b"\xff\xd8whole"
    assert follow(desk.office, desk.hub.feed()) > 0
    told = life_of(desk.office, record_of(desk.office, row.number)).history[-1]
    assert (told.act, told.clerk_no, told.reason) == ("covered", "0420", line.words)
    assert life_of(desk.office, record_of(desk.office, row.number)).step == after.step


def test_pages_that_are_not_here_are_said_to_be_elsewhere(desk: TestOffice) -> None:
    with pytest.raises(Problem) as refused:
        places(desk, FIRST).page("a" * 64)
    assert refused.value.code == "page-away"
    page = desk.store.add_page(b"JPEG")
    here = replace(places(desk, FIRST), page_of=desk.store.page)
    assert here.page(page) == b"JPEG"


@pytest.mark.parametrize(
    ("offer", "said", "code"),
    [
        (Offer("refuse", "不予办理", True), Decision("refuse"), "reason-needed"),
        (Offer("refuse", "不予办理", True), Decision("refuse", "其他： "), "reason-needed"),
        (Offer("pass", "初审通过", False, ("amount",)), Decision("pass"), "amount-needed"),
        (Offer("extend", "延期", True, ("days",)), Decision("extend", "x"), "days-needed"),
        (Offer("transfer", "转办", True, ("desk",)), Decision("transfer", "x"), "field-required"),
        (Offer("deliver", "送达", False, ("way",)), Decision("deliver"), "field-required"),
        (Offer("second", "复核通过", blocked="另一位"), Decision("second"), "state-wrong"),
    ],
)
def test_what_is_missing_is_said_before_the_hub_is_asked(offer: Offer, said: Decision, code: str) -> None:
    found = review.problem_of(offer, said)
    assert found is not None
    assert found.code == code


def test_a_whole_decision_has_nothing_missing() -> None:
    offer = Offer("transfer", "转办", True, ("desk",))
    assert review.problem_of(offer, Decision("transfer", "transfer.desk", desk="异地结算岗")) is None


def test_the_hub_is_asked_for_what_was_chosen(plain: dict[str, Any]) -> None:
    row = review.work_row({**plain, "part": "慢特病岗"}, FIRST)
    said = Decision("transfer", "transfer.desk", desk="异地结算岗")
    alone = [PartLine("慢特病岗", "first_review", "0420")]
    assert review.wish_of("r1", row, said, alone) == Wish(
        "r1", "transfer", desks=("异地结算岗",), reason="transfer.desk"
    )
    joint = [*alone, PartLine("参保征缴岗", "assigned", "")]
    assert review.wish_of("r1", row, said, joint).desk == "慢特病岗"


def test_only_what_ones_role_may_do_is_offered(plain: dict[str, Any]) -> None:
    finance = Actor("0430", "出纳", ("finance",))
    assert [offer.act for offer in review.offers(plain, finance)] == ["pay"]
    acts = [offer.act for offer in review.offers(plain, FIRST)]
    assert acts == ["pass", "refuse"]


def test_late_materials_block_the_second_review(plain: dict[str, Any]) -> None:
    held = {**plain, "step": "second_review", "deferred": ["M_EXAM"]}
    held["acts"] = [{"act": "second", "name": "复核通过", "roles": ["reviewer"], "reasoned": False}]
    (offer,) = review.offers(held, SECOND)
    assert "1 件容缺" in offer.blocked


def test_the_nearer_of_both_days_comes_first(plain: dict[str, Any]) -> None:
    def row(number: str, promised: str, statutory: str) -> Any:
        light = {"left": 1, "light": "green", "provisional": False}
        more = {"promised": {**light, "due_on": promised}, "statutory": {**light, "due_on": statutory}}
        return review.work_row({**plain, "number": number, **more}, FIRST)

    rows = [row("a", "2026-12-03", "2026-12-09"), row("b", "2026-12-20", "2026-12-01"), row("c", "", "")]
    assert [one.number for one in sorted(rows, key=review.urgency)] == ["b", "a", "c"]


def test_a_case_of_an_unknown_type_is_still_shown(plain: dict[str, Any], catalogue: Catalogue) -> None:
    eyes = Eyes(FIRST, catalogue, catalogue.regions["rizhao"])
    told: Mapping[str, Any] = {**plain, "type": "ZZ99", "form": {"answers": {"x": "1"}}}
    assert [(line.label, line.value) for line in sheet(told, eyes).answers] == [("x", "1")]


@pytest.fixture
def plain() -> dict[str, Any]:
    """A case as the hub tells it."""
    return {
        "id": "case-1",
        "number": "261123-001-K7Q-0001-5",
        "type": "MT02",
        "type_name": "门诊慢特病病种待遇认定",
        "person": "李*芳",
        "desk": "慢特病岗",
        "step": "first_review",
        "step_name": "初审",
        "holder": "0420",
        "money": False,
        "deferred": [],
        "parts": [{"desk": "慢特病岗", "step": "first_review", "holder": "0420", "first": ""}],
        "acts": [
            {"act": "refuse", "name": "不予办理", "roles": ["reviewer"], "reasoned": True},
            {"act": "pass", "name": "初审通过", "roles": ["reviewer"], "reasoned": False},
            {"act": "pay", "name": "支付", "roles": ["finance"], "reasoned": False},
        ],
    }

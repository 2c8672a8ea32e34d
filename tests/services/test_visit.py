"""The visit as its clerk lives it: who, what, checked, accepted — and nothing lost on the way."""

from __future__ import annotations

import pytest

from counter_app.domain.cases import CaseState
from counter_app.problems import Problem
from counter_app.services.visit_view import CaseView
from drivers.protocols import Scan, VoucherPerson
from tests.fakes.office import TestOffice, certno


def case_of(desk: TestOffice) -> CaseView:
    case = desk.visit.view().case
    assert case is not None
    return case


def fill_yd01(desk: TestOffice, place: str = "上海市") -> None:
    desk.visit.open_case("YD01")
    desk.visit.set_field("rloc_admdvs", place)
    for material in case_of(desk).materials:
        if material.state == "missing":
            desk.visit.receive(material.code)


def accept_yd01(desk: TestOffice) -> str:
    fill_yd01(desk)
    desk.visit.check()
    desk.visit.submit()
    return case_of(desk).number


def test_a_card_fills_the_form_and_the_clerk_types_only_what_nobody_knows(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("YD01")
    fields = {f.key: f for f in case_of(desk).fields}
    assert fields["psn_name"].value == "李*芳"
    assert fields["psn_name"].source == "card"
    assert not fields["psn_name"].editable
    assert fields["tel"].source == "hub"
    missing = [f.key for f in case_of(desk).fields if f.required and not f.value]
    assert missing == ["rloc_admdvs"]


def test_numbers_are_masked_until_opened_and_the_look_is_recorded(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    key = desk.visit.view().current_principal
    number = certno("li_guifang")
    assert number not in str(desk.visit.view())
    before = len(desk.store.facts())
    assert desk.visit.reveal(key).principals[0].certno == number
    assert desk.store.facts()[before]["kind"] == "access.read"
    desk.clock.tick(6)
    assert number not in str(desk.visit.view())


def test_acceptance_needs_the_citizens_check_and_happens_once(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    fill_yd01(desk)
    with pytest.raises(Problem) as refused:
        desk.visit.submit()
    assert refused.value.code == "check-needed"
    desk.visit.check()
    for _ in range(10):
        desk.visit.submit()
    assert len(desk.store.cases()) == 1
    assert len(desk.store.papers()) == 1


def test_a_changed_answer_takes_the_check_back(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    fill_yd01(desk)
    desk.visit.check()
    assert case_of(desk).checked
    desk.visit.set_field("rloc_admdvs", "北京市")
    assert not case_of(desk).checked
    with pytest.raises(Problem):
        desk.visit.submit()


def test_a_refused_text_stays_beside_its_refusal(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("YD01")
    desk.visit.set_field("tel", "12345")
    field = next(f for f in case_of(desk).fields if f.key == "tel")
    assert field.value == "12345"
    assert field.problem is not None
    assert field.problem.code == "field-phone"
    desk.visit.set_field("tel", "13800001111")
    field = next(f for f in case_of(desk).fields if f.key == "tel")
    assert field.problem is None


def test_a_voucher_identifies_now_or_never(desk: TestOffice) -> None:
    code = "424" + "1" * 19 + "37" + "0000"
    with pytest.raises(Problem) as refused:
        desk.visit.take(Scan(code, kind="voucher"))
    assert refused.value.code == "voucher-expired"
    desk.resolver.known[code] = VoucherPerson("李桂芳", certno("li_guifang"))
    view = desk.visit.take(Scan(code, kind="voucher"))
    assert view.principals[0].evidence == "voucher"
    assert code not in str(desk.store.drafts())


def test_full_width_digits_are_the_right_number(desk: TestOffice) -> None:
    wide = certno("li_guifang").translate({ord(str(d)): chr(0xFF10 + d) for d in range(10)})
    assert desk.visit.type_certno(wide).principals[0].name == "李*芳"


@pytest.mark.parametrize("amount", ["1" + "0" * 18, "-1", "一百", "1.234", "9" * 1_000_000])
def test_amounts_that_are_none_are_refused_in_their_cell(desk: TestOffice, amount: str) -> None:
    desk.identify("yi")
    desk.visit.open_case("BX02")
    desk.visit.set_cell("invoices", 0, "amount", amount)
    assert desk.visit.state.case() is not None
    assert "invoices[1].amount" in desk.visit.state.case().refused  # type: ignore[union-attr]
    desk.visit.set_cell("invoices", 0, "amount", "￥1,234.50")
    assert desk.visit.state.case().values["invoices"][0]["amount"] == 123450  # type: ignore[union-attr]


def test_undo_goes_back_step_by_step_and_stops_at_a_fact(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    fill_yd01(desk)
    states = []
    while desk.visit.view().undo_label:
        states.append(desk.visit.state)
        desk.visit.undo()
    for state in reversed(states):
        desk.visit.redo()
        assert desk.visit.state == state
    desk.visit.check()
    desk.visit.submit()
    assert desk.visit.view().undo_label == ""
    with pytest.raises(Problem):
        desk.visit.undo()


def test_the_visit_is_on_its_field_again_after_a_stop(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("YD01")
    desk.visit.set_field("rloc_admdvs", "上海市")
    left = desk.visit.state
    reopened = desk.again()
    try:
        assert reopened.visit.state == left
    finally:
        desk.store, desk.hub = reopened.store, reopened.hub


def test_a_held_visit_waits_and_comes_back_whole(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    fill_yd01(desk)
    cases = desk.visit.state.cases
    view = desk.visit.hold()
    assert not view.visit_open
    assert [h.names for h in view.held] == [("李*芳",)]
    view = desk.visit.resume(view.held[0].visit_id)
    assert desk.visit.state.cases == cases
    assert view.held == ()


def test_leaving_with_open_cases_asks_first(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    fill_yd01(desk)
    view = desk.visit.finish()
    assert view.prompt is not None
    assert view.prompt.kind == "leave"
    assert not desk.visit.answer("finish").visit_open
    assert desk.store.drafts() == []


def test_deferring_makes_an_instant_matter_a_timed_one(desk: TestOffice) -> None:
    desk.identify("wang_min")
    desk.visit.open_case("GZ02")
    desk.visit.take(desk.card("li_guifang"))
    desk.visit.answer("related")
    desk.visit.set_field("relation", "父母")
    desk.visit.receive("M_ACCTAUTH")
    verdict = case_of(desk).verdict
    assert verdict is not None
    assert verdict.kind == "instant"
    desk.visit.defer("M_KIN")
    verdict = case_of(desk).verdict
    assert verdict is not None
    assert verdict.kind == "limited"
    desk.visit.check()
    desk.visit.submit()
    (case,) = desk.store.cases()
    assert case.state is CaseState.ACCEPTED
    assert [p.kind for p in desk.store.papers()] == ["SLTZ", "RQCN"]


def test_a_core_material_can_neither_be_deferred_nor_promised(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("MT02")
    for verb, code in ((desk.visit.defer, "material-no-defer"), (desk.visit.commit, "material-no-commit")):
        with pytest.raises(Problem) as refused:
            verb("M_MEDREC")
        assert refused.value.code == code


def test_help_is_a_mark_on_the_case_not_agency(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.toggle_help()
    accept_yd01(desk)
    (case,) = desk.store.cases()
    assert case.helped_by == "0317"
    assert case.party == "self"


def test_the_sealed_answers_hide_the_number_and_open_again(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    accept_yd01(desk)
    (case,) = desk.store.cases()
    sealed = case.answers["certno"]["sealed"]
    assert certno("li_guifang") not in str(case)
    assert desk.office.ports.secrets.open(sealed, f"{case.case_id}|certno") == certno("li_guifang")
    assert all(certno("li_guifang") not in str(fact) for fact in desk.store.facts())


def test_bring_over_takes_last_times_answers(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    accept_yd01(desk)
    desk.visit.finish()
    desk.clock.tick(60)
    desk.identify("li_guifang")
    desk.visit.open_case("YD01")
    assert case_of(desk).last_time["就医地"] == "上海市"
    desk.visit.bring_over()
    field = next(f for f in case_of(desk).fields if f.key == "rloc_admdvs")
    assert (field.value, field.source) == ("310000", "earlier")


def test_the_ticket_is_served_by_the_acceptance_and_done_at_the_end(desk: TestOffice) -> None:
    desk.hub.take("r1")
    desk.visit.call_next()
    desk.identify("li_guifang")
    accept_yd01(desk)
    kinds = [fact["kind"] for fact in desk.store.facts()]
    assert "ticket.served" in kinds
    desk.visit.finish()
    (ticket,) = desk.hub.tickets(desk.clock.now().date())
    assert ticket.state == "done"


def test_a_question_is_put_only_when_its_answer_matters(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("YD01")
    assert [q.name for q in case_of(desk).questions] == []
    desk.visit.set_speaker("kin")
    assert [q.name for q in case_of(desk).questions] == ["poa_instead"]
    before = {m.code for m in case_of(desk).materials}
    desk.visit.ask("poa_instead", True)
    assert {m.code for m in case_of(desk).materials} != before


def test_the_next_number_ends_a_visit_that_is_done_and_asks_about_one_that_is_not(desk: TestOffice) -> None:
    desk.hub.take("r1")
    desk.hub.take("r2")
    first = desk.visit.call_next()
    desk.identify("li_guifang")
    fill_yd01(desk)
    asked = desk.visit.call_next()
    assert asked.prompt is not None
    assert asked.prompt.kind == "leave"
    desk.visit.answer("stay")
    desk.visit.check()
    desk.visit.submit()
    after = desk.visit.call_next()
    assert first.ticket is not None
    assert after.ticket is not None
    assert (first.ticket.number, after.ticket.number) == ("A001", "A002")
    assert after.principals == ()


def test_a_held_number_stays_aside_and_the_next_call_brings_somebody_else(desk: TestOffice) -> None:
    desk.hub.take("r1")
    desk.hub.take("r2")
    first = desk.visit.call_next()
    assert first.ticket is not None
    desk.identify("li_guifang")
    held = desk.visit.hold()
    second = desk.visit.call_next()
    assert second.ticket is not None
    assert second.ticket.number != first.ticket.number
    desk.visit.finish()
    resumed = desk.visit.resume(held.held[0].visit_id)
    assert resumed.notices == ()
    assert resumed.ticket is not None
    assert resumed.ticket.number == first.ticket.number
    states = {t.number: t.state.value for t in desk.hub.tickets(desk.clock.now().date())}
    assert states == {first.ticket.number: "serving", second.ticket.number: "done"}

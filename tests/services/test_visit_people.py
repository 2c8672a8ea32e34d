"""Who is at the window: one card or two, a number typed, a newborn, several at once, the dead."""

from __future__ import annotations

import pytest

from counter_app.problems import Problem
from tests.fakes.office import TestOffice


def test_a_second_card_asks_one_question_and_never_replaces_by_itself(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("MT02")
    view = desk.visit.take(desk.card("wang_min"))
    assert view.prompt is not None
    assert view.prompt.kind == "second_card"
    assert [p.name for p in view.principals] == ["李*芳"]
    view = desk.visit.answer("agent")
    assert view.speaker is not None
    assert view.speaker.kind == "kin"
    assert view.speaker.fields["agnter_name"] == "王*"
    assert [p.name for p in view.principals] == ["李*芳"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("37110219480312002", "idno-length"),
        ("371102194803120025", "idno-check"),
        ("371102480312002", "idno-15"),
        ("3711021948031\x000024", "idno-chars"),
        ("4" * 1_000_000, "idno-length"),
    ],
)
def test_bad_numbers_get_a_clear_refusal_and_change_nothing(desk: TestOffice, text: str, code: str) -> None:
    before = desk.visit.state
    with pytest.raises(Problem) as refused:
        desk.visit.type_certno(text)
    assert refused.value.code == code
    assert desk.visit.state == before


def test_a_newborn_has_no_number_and_a_guardian(desk: TestOffice) -> None:
    desk.identify("zhao")
    view = desk.visit.open_case("CB06")
    assert view.speaker is not None
    assert view.speaker.kind == "guardian"
    desk.visit.set_field("psn_name", "赵小苗")
    principal = desk.visit.state.principal()
    assert principal is not None
    assert principal.person is not None
    assert (principal.person.psn_name, principal.person.certno) == ("赵小苗", "")


def test_several_principals_keep_their_own_speakers(desk: TestOffice) -> None:
    desk.identify("village_01")
    for nth in range(2, 11):
        desk.visit.take(desk.card(f"village_{nth:02d}"))
        desk.visit.answer("related")
        desk.visit.witness("verified")
    assert len(desk.visit.view().principals) == 10
    desk.visit.set_speaker("agent")
    kinds = [p.speaker.kind for p in desk.visit.state.principals]
    assert kinds.count("agent") == 1


def test_the_dead_are_spoken_for_by_heirs_only(desk: TestOffice) -> None:
    view = desk.visit.take(desk.card("chen_deceased"))
    assert view.prompt is not None
    assert view.prompt.kind == "deceased"
    desk.visit.answer("heir")
    with pytest.raises(Problem) as refused:
        desk.visit.open_case("YD01")
    assert refused.value.code == "person-deceased"


def test_an_expired_card_proves_nothing(desk: TestOffice) -> None:
    view = desk.visit.take(desk.card("sun_expired", expires_on="2024-06-30"))
    assert view.prompt is not None
    assert view.prompt.kind == "expired"
    assert view.principals == ()


def test_a_card_without_psam_says_what_is_missing(desk: TestOffice) -> None:
    with pytest.raises(Problem) as refused:
        desk.visit.take(desk.card("zhao", idno="", name="", complete=False, missing=("idno", "name")))
    assert refused.value.code == "card-incomplete"
    assert "社会保障号码" in refused.value.cause

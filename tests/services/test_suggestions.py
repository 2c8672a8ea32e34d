"""What the desk offers first is for whoever stands there."""

from __future__ import annotations

from counter_app.services.view import SUGGESTED
from counter_app.services.visit import Visit
from tests.fakes.office import TestOffice
from tests.fakes.plays import EMPLOYER


def _offered(desk: TestOffice) -> set[str]:
    view = desk.visit.view()
    assert len(view.suggestions) == SUGGESTED
    return {desk.office.type(choice.code).applicant for choice in view.suggestions}


def test_a_citizen_is_offered_what_is_for_a_citizen(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    assert _offered(desk) == {"individual"}


def test_an_employer_is_offered_what_is_for_employers(desk: TestOffice) -> None:
    desk.visit.serve_walk_in()
    desk.visit.add_employer(EMPLOYER)
    assert _offered(desk) == {"employer"}


def test_a_newborn_comes_first_to_be_insured(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.add_child("")
    first = desk.visit.view().suggestions[0]
    assert desk.office.type(first.code).applicant == "newborn"


def test_what_heirs_may_open_comes_first_for_somebody_dead(desk: TestOffice) -> None:
    desk.visit.take(desk.card("chen_deceased"))
    desk.visit.answer("heir")
    assert all(desk.office.type(choice.code).deceased for choice in desk.visit.view().suggestions)


def test_what_this_clerk_opens_most_comes_first(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    assert desk.visit.view().suggestions[0].code != "YD01"
    case = desk.visit.open_case("YD01").case
    assert "YD01" not in {choice.code for choice in desk.visit.view().suggestions}
    desk.visit.set_field("rloc_admdvs", "上海市")
    assert case is not None
    for material in case.materials:
        if material.state == "missing":
            desk.visit.receive(material.code)
    desk.visit.check()
    desk.visit.submit()
    desk.visit.finish()
    tomorrow = Visit(desk.office)
    tomorrow.take(desk.card("li_guifang"))
    assert tomorrow.view().suggestions[0].code == "YD01"

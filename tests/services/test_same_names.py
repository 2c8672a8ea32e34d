"""Two people of one name in a visit: the tray says whose case is whose."""

from __future__ import annotations

from tests.fakes.office import TestOffice


def test_cases_of_people_who_share_a_masked_name_are_told_apart(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("YD01")
    assert [tile.principal for tile in desk.visit.view().tiles] == ["李*芳"]
    desk.visit.take(desk.card("li_guifang", idno="370102196003150426", name="李玉芳"))
    desk.visit.answer("related")
    desk.visit.witness("verified")
    desk.visit.open_case("YD01")
    first, second = desk.visit.view().tiles
    ends = [person.certno[-4:] for person in desk.visit.view().principals]
    assert [first.principal, second.principal] == [f"李*芳 {end}" for end in ends]
    assert ends[0] != ends[1]

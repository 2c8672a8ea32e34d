"""What the clerk's screen masks: everywhere the same, and open for five seconds on record."""

from __future__ import annotations

from counter_app.services.visit_view import FieldView
from tests.fakes.office import TestOffice
from tests.services.test_visit import case_of


def field(desk: TestOffice, key: str) -> FieldView:
    return next(one for one in case_of(desk).fields if one.key == key)


def looks(desk: TestOffice) -> list[object]:
    return [fact["body"]["what"] for fact in desk.store.facts() if fact["kind"] == "access.read"]


def test_who_was_read_from_a_card_is_masked_in_the_form_as_on_the_banner(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("YD01")
    banner = desk.visit.view().principals[0]
    assert (field(desk, "psn_name").value, field(desk, "certno").value) == (banner.name, banner.certno)
    assert "*" in banner.name
    key = banner.key
    opened = desk.visit.reveal(key)
    assert opened.opened
    assert (field(desk, "psn_name").value, field(desk, "certno").value) == (
        opened.principals[0].name,
        opened.principals[0].certno,
    )
    assert "*" not in field(desk, "psn_name").display + field(desk, "certno").display
    assert looks(desk) == [key]
    desk.clock.tick(6)
    assert not desk.visit.view().opened
    assert "*" in field(desk, "psn_name").value


def test_one_field_is_opened_alone(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("YD01")
    desk.visit.set_field("tel", "13900001234")
    assert field(desk, "tel").value == "139****1234"
    desk.visit.reveal("tel")
    assert field(desk, "tel").value == "13900001234"
    assert "*" in field(desk, "certno").value
    assert looks(desk) == ["tel"]


def test_a_typed_name_is_compared_whole_until_the_case_is_accepted(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("GZ02")
    desk.visit.set_field("member_name", "王小云")
    assert field(desk, "member_name").value == "王小云"


def test_the_agents_fields_open_one_by_one(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("YD01")
    desk.visit.set_speaker("kin")
    desk.visit.set_agent("agnter_tel", "13900004321")
    speaker = desk.visit.view().speaker
    assert speaker is not None
    assert speaker.fields["agnter_tel"] == "139****4321"
    speaker = desk.visit.reveal("agnter_tel").speaker
    assert speaker is not None
    assert speaker.fields["agnter_tel"] == "13900004321"

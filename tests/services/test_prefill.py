from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.domain.people import Person
from tests.fakes.office import TestOffice, certno
from tests.services.test_visit import case_of


def known(desk: TestOffice, **changes: object) -> None:
    """Somebody of whom the hub has told this."""
    person = desk.store.person_by_certno(certno("zhao"))
    assert isinstance(person, Person)
    desk.store.import_people([replace(person, **changes)])  # type: ignore[arg-type]


def value(desk: TestOffice, key: str) -> tuple[str, str]:
    found = next(f for f in case_of(desk).fields if f.key == key)
    return found.value, found.source if found.value else ""


@pytest.mark.parametrize(
    ("insutype", "psn_type", "whose"),
    [
        ("310", "1101", ("employee", "hub")),
        ("310", "1103", ("flexible", "hub")),
        ("310", "1203", ("flexible", "hub")),
        ("390", "15", ("", "")),  # resident, or an employee's spouse without work: somebody has to ask
    ],
)
def test_whose_standard_a_birth_is_paid_by_follows_from_the_insurance(
    desk: TestOffice, insutype: str, psn_type: str, whose: tuple[str, str]
) -> None:
    known(desk, insutype=insutype, psn_type=psn_type)
    desk.identify("zhao")
    desk.visit.open_case("SY02")
    assert value(desk, "matn_trt_dclaer_type") == whose


def test_who_is_known_to_be_helped_is_not_asked_in_which_class(desk: TestOffice) -> None:
    known(desk, psn_idet_type="DB")
    desk.identify("zhao")
    desk.visit.open_case("JZ01")
    assert value(desk, "psn_idet_kind") == ("DB", "hub")


def test_nobody_is_taken_for_unregistered_because_nobody_looked(desk: TestOffice) -> None:
    desk.identify("zhao")
    desk.visit.open_case("BX02")
    assert value(desk, "out_ba") == ("", "")

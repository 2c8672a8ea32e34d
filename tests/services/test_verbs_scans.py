"""Codes on papers: what is read need not be typed."""

from __future__ import annotations

import pytest

from counter_app.domain.people import Employer
from counter_app.problems import Problem
from drivers.protocols import Scan
from drivers.scanners.classify import kind_of
from tests.fakes.office import TestOffice, people
from tests.services.test_visit import case_of

BILL = "01,06,37060226,110073452{n},{yuan},2026110{n},771203,9F2A"
USCC = "91371121MA94R7X2KE"


def scan(desk: TestOffice, text: str) -> None:
    desk.visit.take(Scan(text, "scanner", 0, kind_of(text)))


def bill(n: int, yuan: str) -> str:
    return BILL.format(n=n, yuan=yuan)


def value(desk: TestOffice, key: str) -> tuple[str, str]:
    found = next(f for f in case_of(desk).fields if f.key == key)
    return found.value, found.source


def claim(desk: TestOffice) -> None:
    desk.identify("zhao")
    desk.visit.open_case("BX01")


def test_bills_become_rows_a_material_and_a_day(desk: TestOffice) -> None:
    claim(desk)
    scan(desk, bill(5, "64.00"))
    scan(desk, bill(3, "1392.37"))
    rows = next(f for f in case_of(desk).fields if f.key == "invoices").rows
    assert rows == (
        ("37060226", "1100734525", "2026-11-05", "64.00"),
        ("37060226", "1100734523", "2026-11-03", "1,392.37"),
    )
    material = next(m for m in case_of(desk).materials if m.code == "M_INV")
    assert (material.state, material.copies) == ("received", 2)
    assert value(desk, "adm_date") == ("2026-11-03", "scan")


def test_what_the_clerk_said_about_the_day_and_the_material_stays(desk: TestOffice) -> None:
    claim(desk)
    desk.visit.set_field("adm_date", "20261020")
    scan(desk, bill(5, "64.00"))
    assert value(desk, "adm_date") == ("2026-10-20", "clerk")


def test_one_bill_is_taken_once(desk: TestOffice) -> None:
    claim(desk)
    scan(desk, bill(5, "64.00"))
    with pytest.raises(Problem) as caught:
        scan(desk, bill(5, "64.00"))
    assert (caught.value.code, caught.value.detail) == ("invoice-again", "1")


@pytest.mark.parametrize("kind", ["", "YD01"])
def test_a_bill_without_a_case_for_it_is_refused(desk: TestOffice, kind: str) -> None:
    desk.identify("zhao")
    if kind:
        desk.visit.open_case(kind)
    with pytest.raises(Problem) as caught:
        scan(desk, bill(5, "64.00"))
    assert caught.value.code == "invoice-nowhere"


def test_a_birth_certificate_answers_its_field_and_the_guardian_is_a_parent(desk: TestOffice) -> None:
    desk.identify("zhao")
    desk.visit.open_case("CB06")
    scan(desk, "W370912345")
    desk.visit.set_field("brdy", "20261030")
    field = next(f for f in case_of(desk).fields if f.key == "birth_cert_no")
    assert (field.value[:1], field.source) == ("W", "scan")
    assert value(desk, "insu_year") == ("2026", "default")
    speaker = desk.visit.view().speaker
    assert speaker is not None
    assert speaker.fields["agnter_rlts"] == "父母"


def known_employer(desk: TestOffice, legrep: str) -> None:
    told = Employer(
        "e1", "五莲示例木业有限公司", USCC, legrep_name=legrep, addr="示例路", bank_acct="913000000000"
    )
    desk.store.import_employers([told])


@pytest.mark.parametrize("is_typed", [True, False])
def test_a_code_tells_everything_the_hub_knows_of_an_employer(desk: TestOffice, is_typed: bool) -> None:
    zhao = next(row for row in people() if row["key"] == "zhao")
    known_employer(desk, zhao["name"])
    desk.identify("zhao")
    desk.visit.open_case("CB01")
    if is_typed:
        desk.visit.set_field("uscc", USCC.lower())
    else:
        scan(desk, USCC)
    assert value(desk, "emp_name")[0] == "五莲示例木业有限公司"
    assert value(desk, "emp_type") == ("enterprise", "hub")
    assert value(desk, "bank_acctname") == ("五莲示例木业有限公司", "hub")
    assert value(desk, "legrep_certno")[0][:6] == zhao["certno"][:6]
    view = desk.visit.view()
    assert view.speaker is not None
    assert view.speaker.fields["agnter_rlts"] == "单位经办"


def test_another_person_is_not_taken_for_the_legal_representative(desk: TestOffice) -> None:
    known_employer(desk, "邓志远")
    desk.identify("zhao")
    desk.visit.open_case("CB01")
    desk.visit.set_field("uscc", USCC)
    assert value(desk, "legrep_certno")[0] == ""

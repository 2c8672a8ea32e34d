"""What kind of code was scanned."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.scanners.classify import kind_of


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("4243669509084040896099330000", "voucher"),
        ("4243669509084040896099331234", "voucher"),
        ("424366950908404089609933000", "unknown"),
        ("５２４3669509084040896099330000", "unknown"),
        ("OW1R.eyJhIjoxfQ-_=", "receipt"),
        ("OW1T.QTAwMQ", "ticket"),
        ("OW1T.0a1b-2c.20261123.A023", "ticket"),
        ("Y0001", "ticket"),
        ("Y00", "unknown"),
        ("OW1R.", "unknown"),
        ("ow1t.QTAwMQ", "unknown"),
        ("11010519491231002X", "idno"),
        ("11010519491231002x", "idno"),
        ("371102194803120024", "idno"),
        ("134567890123456789", "payment"),
        ("130102199003070019", "payment"),  # the shape of both; its check digit is wrong
        ("286012345678901234", "payment"),
        ("301234567890123456789012", "payment"),
        ("6212345678901234567", "payment"),
        ("91371121MA94R7X2KE", "uscc"),
        ("91371121ma94r7x2ke", "unknown"),
        ("W370912345", "birth_cert"),
        ("01,06,37060226,1100734521,128.50,20261105,771203,9F2A", "invoice"),
        ("01,06,37060226", "unknown"),
        ("", "unknown"),
        ("https://example.invalid/pay", "unknown"),
        ("4243669509084040896099330000" * 2, "unknown"),
    ],
)
def test_each_kind_by_its_shape(text: str, kind: str) -> None:
    assert kind_of(text) == kind


def check_digit(body: str) -> str:
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


@given(
    st.integers(110000, 659999),
    st.dates().map(lambda d: d.replace(year=1900 + d.year % 120)),
    st.integers(0, 999),
)
def test_a_right_certificate_number_is_never_taken_for_a_pay_code(
    region: int, born: object, nth: int
) -> None:
    body = f"{region}{str(born).replace('-', '')}{nth:03d}"
    assert kind_of(body + check_digit(body)) == "idno"


@given(st.text())
def test_any_text_has_a_kind_and_only_424_is_a_voucher(text: str) -> None:
    kind = kind_of(text)
    assert kind in {"voucher", "receipt", "ticket", "idno", "payment", "unknown"}
    assert (kind == "voucher") <= text.strip().startswith("424")

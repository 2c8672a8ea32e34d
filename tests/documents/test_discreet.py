"""No whole number on paper, wherever it was typed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.documents.discreet import discreet
from counter_app.domain import idnumbers
from counter_app.domain.papers import PaperAnswer, PaperContent
from tests.documents.conftest import drawn
from tests.documents.contents import EMPLOYER
from tests.documents.samples import sample

CERTNO = "37110219550101001" + idnumbers.check_digit("37110219550101001")
ACCOUNT = "6222021234567890123"


@pytest.mark.parametrize("kind", ["SLTZ", "YWHZ", "BZGZ", "BYSL", "DYHD", "CHSQ", "SQWT"])
@pytest.mark.parametrize("number", [CERTNO, CERTNO.lower(), ACCOUNT, ACCOUNT[:16]])
def test_a_number_typed_anywhere_loses_its_middle(kind: str, number: str) -> None:
    said = f"号码{number}有误"
    content = replace(
        sample(kind),
        reasons=[said],
        corrections=[said],
        commitments=[said],
        remedy=said,
        go_to=said,
        agent_name=said,
        answers=[PaperAnswer("备注", said)],
        materials=[replace(item, name=said) for item in sample("SLTZ").materials],
    )
    told = "".join(drawn(content).lines)
    assert number not in told
    assert number[4:-4] not in told


def test_what_is_public_stays_whole() -> None:
    assert discreet(EMPLOYER) == EMPLOYER
    assert discreet(replace(EMPLOYER, uscc="113200000000001518")).uscc == "113200000000001518"


def test_a_certificate_number_keeps_both_ends_and_an_account_its_tail() -> None:
    assert discreet(f"证 {CERTNO}") == f"证 {CERTNO[:6]}********{CERTNO[-4:]}"
    assert discreet(f"户 {ACCOUNT}。") == f"户 ****{ACCOUNT[-4:]}。"


@given(st.text(st.sampled_from("0123456789X-中 a"), max_size=60))
def test_no_long_number_is_left(text: str) -> None:
    shown: str = discreet(PaperContent("SLTZ", "1", "1", "2026-11-23", remedy=text)).remedy
    assert (
        len([part for part in shown.replace("X", "a").split() if part.isdigit() and 15 <= len(part) <= 19])
        == 0
    )

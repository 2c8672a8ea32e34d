from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain import masks


@pytest.mark.parametrize(
    ("whole", "shown"),
    [
        ("", ""),
        ("李", "*"),
        ("李芳", "李*"),
        ("李小芳", "李*芳"),
        ("欧阳小芳", "欧**芳"),
        ("阿卜杜热西提·麦麦提明", "阿***明"),
        ("葛\U000e0101小\U000e0101芳", "葛\U000e0101*芳"),
    ],
)
def test_names(whole: str, shown: str) -> None:
    assert masks.name(whole) == shown


@given(st.text("0123456789X", min_size=1, max_size=30))
def test_numbers_keep_their_length_and_hide_their_middle(number: str) -> None:
    shown = masks.certno(number)
    assert len(shown) == len(number)
    assert "*" in shown
    assert shown.count("*") * 2 >= min(len(number), 16) * 0.4


def test_the_usual_numbers() -> None:
    assert masks.certno("371102195501010019") == "371102********0019"
    assert masks.phone("13800138000") == "138****8000"
    assert masks.phone("0633-8012345") == "****2345"
    assert masks.bank_card("6228480000001234567") == "****4567"


def test_by_the_kind_of_field() -> None:
    assert masks.mask("I10", "diagnosis") == "已填"
    assert masks.mask("371102195501010019", "id") == "371102********0019"
    assert masks.mask("13800138000", "none", "phone") == "138****8000"
    assert masks.mask("合成纺织有限公司", "none") == "合成纺织有限公司"
    assert masks.mask("", "diagnosis") == ""

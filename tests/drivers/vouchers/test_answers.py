"""What answers of the platform mean."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.protocols import Fault
from drivers.vouchers.answers import person_of

PERSON = {"userName": "王敏", "idNo": "11010519491231002X"}


def outcome(body: bytes) -> str:
    try:
        return "person" if person_of(body).user_name else "nobody"
    except Fault as fault:
        return fault.code


def answer(**given: object) -> bytes:
    return json.dumps({"code": 0, "data": PERSON, **given}, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({}, "person"),
        ({"code": "0"}, "person"),
        ({"data": json.dumps(PERSON)}, "person"),
        ({"data": None}, "voucher-garbled"),
        ({"data": "[]"}, "voucher-garbled"),
        ({"data": {"userName": "王敏"}}, "voucher-garbled"),
        ({"data": {**PERSON, "idNo": "110105********002X"}}, "voucher-garbled"),
        ({"code": 500159}, "voucher-other"),
        ({"code": -2, "message": "用户取消"}, "voucher-refused"),
        ({"code": 7, "message": "二维码已过期"}, "voucher-expired"),
        ({"code": 7, "message": "该码已使用，请重新获取"}, "voucher-expired"),
        ({"code": 7, "message": None}, "voucher-refused"),
        ({"code": "0 or 1=1"}, "voucher-garbled"),
        ({"code": None}, "voucher-garbled"),
    ],
)
def test_each_answer_by_its_code_and_words(given: dict[str, object], code: str) -> None:
    assert outcome(answer(**given)) == code


def test_a_refusal_shows_the_platforms_words_without_numbers() -> None:
    with pytest.raises(Fault) as caught:
        person_of(
            answer(code=500101, message="参保人 11010519491231002X 未激活，码 4243669509084040896099330000")
        )
    assert caught.value.detail == "参保人 … 未激活，码 …（500101）"


def test_a_long_message_is_cut() -> None:
    with pytest.raises(Fault) as caught:
        person_of(answer(code=1, message="错" * 500))
    assert len(caught.value.detail) < 70


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["code", "data", "idNo"]), inner)
    ),
    max_leaves=8,
)


@given(anything.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=60))
def test_any_answer_is_a_person_or_a_fault(body: bytes) -> None:
    assert outcome(body) in {"voucher-garbled", "voucher-refused", "voucher-expired", "voucher-other"}

"""Query papers say what this counter knows, as of when, and what it does not know."""

from __future__ import annotations

import json
from typing import Any

import pytest

from counter_app.domain.people import Paid
from counter_app.services.results import UNPAID
from tests.fakes.office import TestOffice
from tests.services.test_visit import case_of


def asked(desk: TestOffice, type_id: str, who: str = "li_guifang", **values: str) -> Any:
    desk.identify(who)
    desk.visit.open_case(type_id)
    for key, value in values.items():
        desk.visit.set_field(key, value)
    desk.visit.check()
    desk.visit.submit()
    (paper,) = desk.store.papers(case_of(desk).number)
    return json.loads(paper.content)


@pytest.mark.parametrize(
    ("type_id", "kind", "values"),
    [
        ("CX03", "JFZM", {"use_for": "申请住房"}),
        ("ZY01", "CBPZ", {"stopped": "是", "no_pending": "是"}),
        ("CX02", "CXJG", {"q_kind": "参保状态"}),
    ],
)
def test_the_result_is_the_one_sheet_and_bears_the_cases_number(
    desk: TestOffice, type_id: str, kind: str, values: dict[str, str]
) -> None:
    told = asked(desk, type_id, **values)
    assert (told["kind"], told["number"]) == (kind, told["case_number"])
    found = {line["label"]: line["value"] for line in told["results"]}
    assert found["参保状态"] == "正常参保"
    assert "materials" not in told


def test_what_this_counter_does_not_hold_is_said_to_be_absent(desk: TestOffice) -> None:
    told = asked(desk, "CX02", q_kind="缴费记录、个人账户")
    found = {line["label"]: line["value"] for line in told["results"]}
    assert found == {"缴费记录": "本机没有这项数据，未列出", "个人账户余额": "3,218.40 元"}


def test_only_the_balance_asked_for_is_told(desk: TestOffice) -> None:
    told = asked(desk, "CX03")
    assert "个人账户余额" not in {line["label"] for line in told["results"]}
    assert {line["label"] for line in told.get("answers", [])} <= {"起月", "止月", "用途"}


def test_the_paid_months_stand_on_the_certificate(desk: TestOffice) -> None:
    told = asked(desk, "CX03", "wang_min", from_ym="2024-11", to_ym="2025-04")
    months = [line["value"] for line in told["results"] if line["label"] == "缴费月份"]
    assert months == [
        "2024年11月至2024年12月，2 个月，月缴费基数 4,800.00 元",
        "2025年3月至2025年4月，2 个月，月缴费基数 5,200.00 元",
    ]
    assert {"label": "合计", "value": "所列期间共缴费 4 个月"} in told["results"]


def test_where_no_month_is_known_the_certificate_says_so(desk: TestOffice) -> None:
    found = {line["label"]: line["value"] for line in asked(desk, "CX03")["results"]}
    assert found["缴费月份"] == UNPAID
    assert "合计" not in found


def test_a_span_of_one_month_and_one_out_of_reach() -> None:
    span = Paid("2025-03", "2026-10", 1)
    assert span.months == 20
    assert span.within("2026-10") == Paid("2026-10", "2026-10", 1)
    assert span.within("2026-11") is None
    assert span.within("", "2025-02") is None

from __future__ import annotations

import pytest

from counter_app.catalog import conditions
from counter_app.catalog.kinds import Kind

KNOWN = {
    "form.day": Kind("date"),
    "form.month": Kind("month"),
    "form.sum": Kind("money"),
    "form.count": Kind("number"),
    "form.flag": Kind("bool"),
    "form.many": Kind("list", frozenset({"a", "b"})),
    "form.kind": Kind("text", frozenset({"a", "b"})),
    "form.name": Kind("text"),
    "today": Kind("date"),
}


@pytest.mark.parametrize(
    "text",
    [
        "form.day >= today - 30d and form.flag",
        "form.month + 1m >= 2026-11",
        "form.sum > 300元 or form.count in [1, 2]",
        "'a' in form.many and form.kind in ['a', 'b']",
        "form.name != 'x' and not form.flag == true",
        "form.name is known",
    ],
)
def test_what_fits(text: str) -> None:
    assert conditions.parse(text).faults(KNOWN) == ()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("form.nmae == 'x'", "没有这个名称：form.nmae"),
        ("form.day == 'x'", "date 与 text 不能比较"),
        ("form.sum > 300", "金额请写成 300元"),
        ("form.name > 'x'", "text 不能比大小"),
        ("form.kind == 'c'", "选项里没有 c"),
        ("form.kind in ['a', 'c']", "选项里没有 c"),
        ("'c' in form.many", "选项里没有 c"),
        ("form.name in form.kind", "in 的右边应当是列表"),
        ("form.name", "应当是真假"),
        ("form.name and form.flag", "and、or、not 只能连接真假"),
        ("not form.count", "and、or、not 只能连接真假"),
        ("form.name + 3d > today", "只有日期可以加减"),
        ("form.month + 3d > 2026-11", "月份只能加减月、年"),
    ],
)
def test_what_does_not(text: str, said: str) -> None:
    assert any(said in fault for fault in conditions.parse(text).faults(KNOWN))

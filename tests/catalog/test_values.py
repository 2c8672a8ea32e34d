from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.catalog.model import Catalogue, Choice, FieldSpec
from counter_app.catalog.shapes import FIELD_TYPES
from counter_app.catalog.values import choices, display, matches, normalise, normalise_rows
from counter_app.problems import Problem

TODAY = date(2026, 11, 22)
KINDS = (Choice("a", "甲类"), Choice("b", "乙类"), Choice("c", "丙类"))
TABLE = FieldSpec(
    "bills",
    "票据",
    type="table",
    columns=(
        FieldSpec("no", "号码", required=True),
        FieldSpec("day", "日期", type="date"),
        FieldSpec("amount", "金额（元）", type="money", required=True),
    ),
)


def spec(type_: str) -> FieldSpec:
    if type_ == "table":
        return TABLE
    return FieldSpec("f", "栏", type=type_, choices=KINDS if type_.endswith("enum") else ())


@pytest.mark.parametrize(
    ("type_", "typed", "value", "shown"),
    [
        ("text", "  东港区　１号 ", "东港区 1号", "东港区 1号"),
        ("cert_no", "１１０１０５１９４９１２３１００２x", "11010519491231002X", "11010519491231002X"),
        ("cert_no", "e12345678", "E12345678", "E12345678"),
        ("uscc", "91350100m000100y43", "91350100M000100Y43", "91350100M000100Y43"),
        ("phone", "+86 138-0013-8000", "13800138000", "13800138000"),
        ("phone", "(0633) 8012345", "06338012345", "06338012345"),
        ("phone", "0633-8012345", "0633-8012345", "0633-8012345"),
        ("date", "今天", "2026-11-22", "2026-11-22"),
        ("month", "本月", "2026-11", "2026-11"),
        ("datetime", "20261122 0930", "2026-11-22 09:30", "2026-11-22 09:30"),
        ("money", "￥1,234.5", 123450, "1,234.50"),
        ("ratio", "70%", "0.7", "70%"),
        ("ratio", "0.855", "0.855", "85.5%"),
        ("int", "１２", 12, "12"),
        ("bool", "是", True, "是"),
        ("bool", "n", False, "否"),
        ("enum", "乙", "b", "乙类"),
        ("enum", "yl", "b", "乙类"),
        ("multi_enum", "丙类、甲类，c", ["a", "c"], "甲类、丙类"),
        ("admdvs", "shs", "310000", "上海市"),
        ("disease_code", "gxy", "M03900", "高血压"),
        ("institution_code", "syy", "H37110200001", "日照示范人民医院"),
        ("bank_card", "6228 4800 0000 1234 567", "6228480000001234567", "6228480000001234567"),
        ("icd", "i10.x05", "I10.X05", "I10.X05"),
        ("icd", "肺炎", "肺炎", "肺炎"),
        ("case_no", "261122-001-a7b-0001-c", "261122-001-A7B-0001-C", "261122-001-A7B-0001-C"),
    ],
)
def test_typed_stored_and_shown(packs: Catalogue, type_: str, typed: str, value: Any, shown: str) -> None:
    region = packs.regions["rizhao"]
    found = normalise(spec(type_), typed, region, TODAY)
    assert found == value
    assert type(found) is type(value)
    assert display(spec(type_), found, region) == shown


@pytest.mark.parametrize(
    ("type_", "typed", "code"),
    [
        ("text", "字" * 201, "field-too-long"),
        ("text", "a\x07b", "field-control-chars"),
        ("cert_no", "37110219550101001", "idno-length"),
        ("cert_no", "371102195501010018", "idno-check"),
        ("cert_no", "护照", "idno-chars"),
        ("uscc", "1", "uscc-length"),
        ("phone", "12345678901", "field-phone"),
        ("phone", "1380013800", "field-phone"),
        ("date", "30/2", "field-date"),
        ("month", "13", "field-month"),
        ("datetime", "今天", "field-date"),
        ("money", "1e18", "field-money"),
        ("money", "1000000000000000000", "field-money-range"),
        ("ratio", "1.2", "field-number"),
        ("ratio", "0.12345", "field-number"),
        ("int", "1.5", "field-number"),
        ("bool", "也许", "field-choice"),
        ("enum", "丁", "field-choice"),
        ("multi_enum", "甲类、丁", "field-choice"),
        ("admdvs", "亚特兰蒂斯", "field-choice"),
        ("bank_card", "123", "field-bank-card"),
        ("table", "[3]", "field-choice"),
        ("table", "[[", "field-choice"),
        ("case_no", "x" * 50, "field-too-long"),
    ],
)
def test_refusals_name_their_field(packs: Catalogue, type_: str, typed: str, code: str) -> None:
    with pytest.raises(Problem) as caught:
        normalise(spec(type_), typed, packs.regions["rizhao"], TODAY)
    assert caught.value.code == code
    assert caught.value.where == spec(type_).key


@pytest.mark.parametrize("type_", FIELD_TYPES)
def test_a_pasted_megabyte_is_refused_everywhere(packs: Catalogue, type_: str) -> None:
    with pytest.raises(Problem) as caught:
        normalise(spec(type_), "7" * 1_000_000, packs.regions["rizhao"], TODAY)
    assert len(caught.value.cause) < 200


@given(st.sampled_from(FIELD_TYPES), st.text(max_size=30))
def test_what_is_accepted_is_canonical_json_and_stays_itself(
    packs: Catalogue, type_: str, typed: str
) -> None:
    region = packs.regions["rizhao"]
    code, value = "", None
    try:
        value = normalise(spec(type_), typed, region, TODAY)
    except Problem as problem:
        code = problem.code
    assert code == "" or code.startswith(("field-", "idno-", "uscc-"))
    assert json.loads(json.dumps(value)) == value
    shown = display(spec(type_), value, region)
    if value is not None and type_ not in {"table", "multi_enum"}:
        assert normalise(spec(type_), shown, region, TODAY) == value


def test_nothing_is_nothing(packs: Catalogue) -> None:
    region = packs.regions["rizhao"]
    assert {normalise(spec(type_), "  ", region, TODAY) for type_ in FIELD_TYPES} == {None}
    assert display(spec("money"), None, region) == ""


def test_other_documents_are_not_held_to_the_resident_arithmetic(packs: Catalogue) -> None:
    """ALL-18: passports, permits to travel and birth certificates have no check digit."""
    region = packs.regions["rizhao"]
    assert normalise(spec("cert_no"), "12345678", region, TODAY, cert_type="X5") == "12345678"
    assert normalise(spec("cert_no"), "Q370000123", region, TODAY, cert_type="X9") == "Q370000123"
    with pytest.raises(Problem, match="idno-length"):
        normalise(spec("cert_no"), "12345678", region, TODAY, cert_type="01")


@pytest.mark.parametrize(
    "typed",
    [
        "77\t20261101\t12.50\n\n88\t\t1",
        '[["77", "20261101", "12.50"], ["88", "", "1"], ["", "", ""]]',
        '[{"no": "77", "day": "20261101", "amount": "12.5"}, {"no": "88", "amount": 1}]',
    ],
)
def test_tables_come_as_lines_or_json(packs: Catalogue, typed: str) -> None:
    region = packs.regions["rizhao"]
    rows = normalise(TABLE, typed, region, TODAY)
    assert rows == [{"no": "77", "day": "2026-11-01", "amount": 1250}, {"no": "88", "amount": 100}]
    assert display(TABLE, rows, region) == "共 2 行，金额合计 13.50 元"


def test_a_wrong_cell_is_named(packs: Catalogue) -> None:
    with pytest.raises(Problem) as caught:
        normalise_rows(TABLE, [["1", "", "5"], ["2", "", "x"]], packs.regions["rizhao"], TODAY)
    assert caught.value.where == "bills[2].amount"
    with pytest.raises(Problem) as caught:
        normalise_rows(TABLE, [["", "", "5"]], packs.regions["rizhao"], TODAY)
    assert (caught.value.code, caught.value.where) == ("field-required", "bills[1].no")
    with pytest.raises(Problem, match="field-too-long"):
        normalise_rows(TABLE, [["1", "", "5"]] * 501, packs.regions["rizhao"], TODAY)


def test_names_get_their_middle_dot(packs: Catalogue) -> None:
    field = FieldSpec("psn_name", "姓名", sensitive="name", max_length=50)
    assert normalise(field, "阿卜杜．热合曼", packs.regions["rizhao"], TODAY) == "阿卜杜\u00b7热合曼"


def test_lists_come_from_the_region(packs: Catalogue) -> None:
    region = packs.regions["rizhao"]
    assert choices(spec("admdvs"), region) == region.admdvs
    assert [choice.label for choice in choices(spec("bool"), region)] == ["是", "否"]
    assert choices(spec("text"), region) == ()
    assert matches("重", region.admdvs)[0].label == "重庆市"

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from counter_app.catalog.model import Region
from counter_app.policy.estimates import SUMS, Filing, estimate

DAY = date(2021, 9, 1)
CLAIM = {
    "manual.deductible": "500",
    "manual.ratio": "0.8",
    "manual.annual_cap": "200000",
    "manual.unfiled_cut": "0.2",
}


def filing(regions: Mapping[str, Region], type_id: str, answers: Mapping[str, Any], **more: Any) -> Filing:
    more.setdefault("region", regions["rizhao"])
    return Filing(type_id, answers, more.pop("region"), DAY, **more)


def test_a_claim_adds_its_invoices_and_knows_how_care_was_sought(regions: Mapping[str, Region]) -> None:
    invoices = [{"amount": 100_000}, {"amount": 50_000}]
    pays = []
    for more in ({}, {"out_ba": False}, {"out_ba": False, "med_type": "13"}):
        result = estimate(filing(regions, "BX02", {"invoices": invoices, **more}, given=CLAIM))
        assert result is not None
        pays.append(result.amounts["fund_pay"])
    assert pays == [80_000, 60_000, 80_000]  # (1500 - 500) x .8, x .6, x .8


def test_a_claim_in_a_region_without_ratios_says_what_is_missing(regions: Mapping[str, Region]) -> None:
    result = estimate(filing(regions, "BX01", {"invoices": [{"amount": 1}]}))
    assert result is not None
    assert result.missing == ("manual.deductible", "manual.ratio", "manual.annual_cap")


@pytest.mark.parametrize(
    ("insutype", "psn_type", "born", "fen"),
    [
        ("310", "1101", "2021-07-01", 350_000),
        ("310", "1101", "2021-06-30", 200_000),
        ("310", "1103", "2021-06-30", 100_000),
        ("390", "", "2021-06-30", 50_000),
    ],
)
def test_a_birth_takes_the_standard_of_its_day_and_person(
    regions: Mapping[str, Region], insutype: str, psn_type: str, born: str, fen: int
) -> None:
    answers = {"birctrl_matn_date": born, "matn_type": "1", "medfee_sumamt": 1}
    result = estimate(filing(regions, "SY02", answers, insutype=insutype, psn_type=psn_type))
    assert result is not None
    assert result.amounts["fixed_amount"] == fen


def test_examinations_before_a_birth_take_today(regions: Mapping[str, Region]) -> None:
    result = estimate(filing(regions, "SY01", {}, insutype="310"))
    assert result is not None
    assert result.amounts["fixed_amount"] == 100_000


@pytest.mark.parametrize(("kind", "days"), [("1", 98), ("3", 113), ("12", 42), ("13", 15)])
def test_an_allowance_counts_its_days(regions: Mapping[str, Region], kind: str, days: int) -> None:
    given = {"maternity.allowance.bonus_days": 0}
    answers = {"avg_wage": 600_000, "matn_type": kind}
    result = estimate(filing(regions, "SY04", answers, given=given))
    assert result is not None
    assert result.facts["days"] == days


def test_care_serious_illness_and_choice(regions: Mapping[str, Region]) -> None:
    place = regions["jiaozhou"]
    care = estimate(filing(regions, "CH03", {"care_fee": 400_000}, region=place, given={"ltc.ratio": "0.9"}))
    serious = estimate(filing(regions, "BX06", {"comp_fee": 5_000_000, "tilt": True}, region=place))
    choice = estimate(filing(regions, "MT13", {"hosp": "H1", "stores": ["P1", "P2", "P3"]}))
    assert care is not None
    assert serious is not None
    assert choice is not None
    assert care.amounts["fund_pay"] == 345_000
    assert serious.missing == ("serious.deductible", "serious.ratio")
    assert choice.facts["ok"] is False


@pytest.mark.parametrize("type_id", sorted(SUMS.keys() - {"MT13"}))
def test_an_empty_form_has_no_estimate(regions: Mapping[str, Region], type_id: str) -> None:
    assert estimate(filing(regions, type_id, {})) is None


def test_most_types_have_no_sum(regions: Mapping[str, Region]) -> None:
    assert estimate(filing(regions, "YD01", {"a": 1})) is None
    unfinished = {"birctrl_matn_date": 20210701, "matn_type": "1"}
    assert estimate(filing(regions, "SY02", unfinished, insutype="310")) is None
    assert estimate(filing(regions, "BX02", {"invoices": [{"amount": 1}, {}]})) is None

"""The verb `policy` as another program sees it: one JSON document, exact figures, exit codes."""

from __future__ import annotations

import argparse
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from counter_app.commands.policy import COMMAND
from counter_app.problems import Problem

GIVEN = Path(__file__).parent.parent / "policy" / "given.yaml"


def run(*argv: str) -> int:
    parser = argparse.ArgumentParser()
    COMMAND.add_arguments(parser)
    return COMMAND.run(parser.parse_args(argv))


def document(capsys: pytest.CaptureFixture[str]) -> Any:
    return json.loads(capsys.readouterr().out, parse_float=Decimal)


def test_the_given_file_is_green(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("run", str(GIVEN), "--json") == 0
    shown = document(capsys)
    assert (shown["passed"], shown["failed"]) == (len(shown["cases"]), 0)
    for case in shown["cases"]:
        assert set(case) == {"id", "rule", "status", "expected", "actual", "missing", "steps"}
        for step in case["steps"]:
            assert {"text", "parameter", "value", "region", "effective", "source"} <= set(step)


def test_money_is_yuan_with_exact_decimals(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(
        "cases: [{rule: ltc_monthly, region: jiaozhou, input: {month_fee: 99999999999999.99, ratio: 0.9}}]",
        "utf-8",
    )
    assert run("run", str(file), "--json") == 0
    (case,) = document(capsys)["cases"]
    assert case["status"] == "no_expected"
    assert "expected" not in case
    assert case["actual"]["self_pay"] == Decimal("99999999996549.99")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("- {rule: rate_check, input: {items: 24, online: 23}, expected: {rate: 95.8}}", 0),
        ("- {rule: rate_check, input: {items: 24, online: 23}, expected: {rate: 95.9}}", 1),
        ("- {rule: dual_channel_drug, region: rizhao, input: {insured: 职工, drug_fee: 1}}", 0),
        ("- {rule: dual_channel_drug, input: {insured: 职工, drug_fee: 1}, expected: {a: 1}}", 1),
        ("- {rule: nonsense, input: {}}", 1),
    ],
)
def test_exit_codes(tmp_path: Path, text: str, code: int) -> None:
    file = tmp_path / "a.yaml"
    file.write_text(text, "utf-8")
    assert run("run", str(file)) == code


def test_the_day_can_be_set(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "a.yaml"
    file.write_text("- {rule: prenatal_fixed, region: rizhao, input: {insured: 职工}}", "utf-8")
    found = []
    for day in ("2021-06-30", "2021-07-01"):
        run("explain", str(file), "--on", day, "--json")
        found.append(document(capsys)["actual"]["fixed_amount"])
    assert found == [500, 1000]


def test_explain_says_region_period_and_source(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("explain", str(GIVEN), "PC-R11") == 0
    shown = capsys.readouterr().out
    assert "职工剖宫产定额：4,500.00 元" in shown
    assert "rizhao，2021-07-01 起，R68 R74" in shown
    assert "原文未明" in shown


def test_explaining_what_is_not_there_is_refused() -> None:
    with pytest.raises(Problem, match="not-found"):
        run("explain", str(GIVEN), "PC-NONE")


def test_rules_are_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("rules", "--json") == 0
    rows = {row["id"]: row for row in document(capsys)}
    assert rows["layered_settlement"]["rates"]["r_assist"] == "layers.assist_ratio"


def test_a_hall_s_own_regions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "regions" / "newtown"
    place.mkdir(parents=True)
    (place / "parameters.toml").write_text(
        '[[parameter]]\nname = "ltc.monthly_cap"\nvalue = "100"\nunit = "元"\nsource = "X"\n', "utf-8"
    )
    file = tmp_path / "a.yaml"
    file.write_text("- {rule: ltc_monthly, region: newtown, input: {month_fee: 500, ratio: 0.9}}", "utf-8")
    assert run("run", str(file), "--regions", str(tmp_path / "regions"), "--json") == 0
    assert document(capsys)["cases"][0]["actual"]["fund_pay"] == 100

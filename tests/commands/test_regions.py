from __future__ import annotations

import json

import pytest

from counter_app.__main__ import main


def test_every_value_has_a_source_or_says_that_it_is_our_choice(capsys: pytest.CaptureFixture[str]) -> None:
    for region in ("rizhao", "zaozhuang", "jiaozhou", "kuitun", "county57"):
        assert main(["regions", "show", region, "--json"]) == 0
        shown = json.loads(capsys.readouterr().out)
        assert shown["id"] == region
        assert shown["parameters"]
        assert all(item["source"] or item["default"] for item in shown["parameters"])


def test_promises_offers_and_hours(capsys: pytest.CaptureFixture[str]) -> None:
    main(["regions", "show", "kuitun", "--json"])
    shown = json.loads(capsys.readouterr().out)
    assert shown["promises"] == [{"type": "MT02", "situation": "collected", "days": 20}]
    assert shown["offers"]["CH01"]["mode"] == "不办"
    assert [hours["open"][1] for hours in shown["hours"]] == ["16:00-20:00", "15:30-19:30"]


def test_the_list_and_the_table(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["regions", "list", "--json"]) == 0
    assert {row["id"] for row in json.loads(capsys.readouterr().out)} >= {"rizhao", "county57"}
    assert main(["regions", "show", "jiaozhou"]) == 0
    shown = capsys.readouterr().out
    assert "ltc.monthly_cap\t3450" in shown
    assert "\nagreements\t协议医药机构：659\t家\t" in shown
    assert "\ncomprehensive\t综合窗口\t" in shown


def test_an_unknown_region(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["regions", "show", "atlantis"]) == 1
    assert json.loads(capsys.readouterr().err)["problems"][0]["code"] == "not-found"

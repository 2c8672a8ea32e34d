from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from counter_app.__main__ import main
from counter_app.catalog.schema import schema_text


def answer(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, Any]:
    code = main(["catalog", *words])
    return code, json.loads(capsys.readouterr().out)


def test_the_list_is_as_promised(capsys: pytest.CaptureFixture[str]) -> None:
    code, rows = answer(capsys, "list", "--json")
    assert code == 0
    assert all(
        set(row) == {"id", "name", "category", "window_group", "offline", "version", "regions"}
        for row in rows
    )
    found = {row["id"]: row for row in rows}
    assert len(found) == len(rows) > 80
    assert found["CH01"]["regions"] == ["jiaozhou"]
    assert found["JF01"]["regions"] == []
    assert set(found["BX02"]["regions"]) == {"rizhao", "zaozhuang", "jiaozhou", "kuitun", "county57"}


def test_an_old_id_shows_what_took_it_over(capsys: pytest.CaptureFixture[str]) -> None:
    code, shown = answer(capsys, "show", "bx05")
    assert (code, shown["id"], shown["situation"], shown["asked_for"]) == (0, "BX02", "injury", "bx05")
    assert shown["limits"]["promised"] == {"zaozhuang": 9}
    assert any(field["key"] == "invoices" and field["columns"] for field in shown["fields"])
    assert any(item["when"] == "ask.outrx == true" for item in shown["materials"])
    assert "origin" not in shown


def test_an_unknown_id_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "show", "QQ99"]) == 1
    (problem,) = json.loads(capsys.readouterr().err)["problems"]
    assert problem["code"] == "type-unknown"


def test_check_is_green_here_and_red_for_a_spoilt_folder(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, found = answer(capsys, "check", "--json")
    assert (code, found["ok"], found["findings"]) == (0, True, [])
    assert found["types"] > 80
    (tmp_path / "ZZ09.toml").write_text('id = "ZZ09"\nname = 3\n', "utf-8")
    code, found = answer(capsys, "check", str(tmp_path), "--json")
    assert (code, found["ok"]) == (1, False)
    assert {"file": "catalog/ZZ09.toml", "line": 2, "code": "bad-type", "text": "应当是 文字"} in found[
        "findings"
    ]
    assert main(["catalog", "check", str(tmp_path)]) == 1
    assert "catalog/ZZ09.toml\t2\tbad-type" in capsys.readouterr().out


def test_a_new_file_is_a_new_type(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = 'id = "ZZ09"\nname = "新事项"\ncategory = "x"\napplicant = "individual"\ndomain = "综合服务"\n'
    (tmp_path / "ZZ09.toml").write_text(words + 'flow = "instant"\noffline = "none"\n', "utf-8")
    _, rows = answer(capsys, "list", "--packs", str(tmp_path), "--json")
    assert "新事项" in {row["name"] for row in rows}


def test_schema_and_drawings(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["catalog", "schema"]) == 0
    assert capsys.readouterr().out == schema_text()
    assert main(["catalog", "flow", "payment"]) == 0
    assert "pay_bounced --> account_changed" in capsys.readouterr().out
    assert main(["catalog", "flow", "nothing"]) == 1

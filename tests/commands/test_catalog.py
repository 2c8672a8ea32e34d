from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

import resources
from counter_app.__main__ import main
from counter_app.catalog.schema import schema_text
from tests.fakes.office import open_office


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


@pytest.fixture
def publisher(tmp_path: Path) -> Path:
    """The data folder of whoever signs packs."""
    open_office(tmp_path / "publisher").close()
    return tmp_path / "publisher"


@pytest.fixture
def hall_pack(tmp_path: Path) -> Path:
    """A pack of a hall's own: all of ours, in force from the first of January."""
    ours = Path(resources.__file__).parent
    for part in ("catalog", "regions"):
        shutil.copytree(ours / part, tmp_path / "hall" / part)
    head = 'name = "hall"\nversion = "2027.1"\nvalid_from = 2020-01-01\npublisher = "示范"\n'
    (tmp_path / "hall" / "catalog" / "_pack.toml").write_text(head, "utf-8")
    return tmp_path / "hall"


def test_a_signed_pack_goes_onto_the_shelf_and_a_changed_byte_is_noticed(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, publisher: Path, hall_pack: Path
) -> None:
    data = str(tmp_path / "desk")
    code, signed = answer(capsys, "sign", str(hall_pack), "--data", str(publisher))
    (key,) = signed["keys"].values()
    assert (code, answer(capsys, "trust", key, "--data", data)[0]) == (0, 0)
    assert main(["catalog", "install", str(hall_pack), "--data", data]) == 0
    capsys.readouterr()
    code, rows = answer(capsys, "packs", "--data", data, "--json")
    assert (code, [row["id"] for row in rows]) == (0, ["hall-2027.1"])
    file = tmp_path / "desk" / "packs" / "hall-2027.1" / "catalog" / "BX02.toml"
    file.write_bytes(file.read_bytes().replace(b"statutory = 30", b"statutory = 31"))
    head = file.with_name("_pack.toml")
    head.write_text(head.read_text("utf-8").replace("2020-01-01", "2026-11-02"), "utf-8")
    assert main(["catalog", "packs", "--data", data]) == 1
    (problem,) = json.loads(capsys.readouterr().err)["problems"]
    assert problem["code"] == "pack-signature"


def test_an_unsigned_pack_is_kept_off_the_shelf_once_somebody_is_trusted(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, hall_pack: Path
) -> None:
    data = str(tmp_path / "desk")
    assert main(["catalog", "trust", "ab" * 32, "--data", data]) == 0
    assert main(["catalog", "install", str(hall_pack), "--data", data]) == 1
    assert "pack-unsigned" in capsys.readouterr().err
    assert not (tmp_path / "desk" / "packs").exists()
    assert main(["catalog", "install", str(hall_pack)]) == 1  # nowhere to put it

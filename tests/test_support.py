from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from counter_app import logs, support
from counter_app.problems import Problem
from counter_app.settings import Settings, apply

SECRETS = {
    "hall_name": "某某大厅",
    "hub": "https://hall.example/secret",
    "voucher_url": "http://user:pass@h",
    "kiosk_pin": "a1b2c3",
    "board_notice": "请钱示例到三号窗口 371102195501010190",
    "paper_folder": "/srv/钱示例",
}


def bundled(folder: Path, ask: support.Ask = dict) -> dict[str, str]:
    file = folder / "support.zip"
    support.bundle(folder, file, ask)
    with zipfile.ZipFile(file) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def test_it_says_how_the_machine_is(tmp_path: Path) -> None:
    (tmp_path / "counter.toml").write_text('window = "7"\n', "utf-8")
    parts = bundled(tmp_path, lambda: {"entries": 5})
    assert json.loads(parts["settings.json"]) == {"window": "7"}
    assert json.loads(parts["health.json"])["store"] == {"entries": 5}
    assert json.loads(parts["about.json"])["sqlite"] >= "3.51.3"
    assert {row["family"] for row in json.loads(parts["devices.json"])} >= {"cards", "printers"}
    assert (tmp_path / "support.zip").stat().st_mode & 0o077 == 0


def test_of_settings_only_what_is_no_secret(tmp_path: Path) -> None:
    text = "".join(f"{name} = {json.dumps(value, ensure_ascii=False)}\n" for name, value in SECRETS.items())
    (tmp_path / "counter.toml").write_text(text, "utf-8")
    apply(Settings(), dict(SECRETS))
    assert json.loads(bundled(tmp_path)["settings.json"]) == dict.fromkeys(SECRETS, "(set)")


def test_nothing_of_anybody_comes_out(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "钱示例-371102195501010190.pdf").write_bytes(b"x")
    (tmp_path / logs.FOLDER).mkdir()
    (tmp_path / logs.FOLDER / logs.FILE).write_text("read 371102195501010190 of 钱示例\n", "utf-8")
    parts = bundled(tmp_path)
    assert parts["log.txt"] == "read # of ~\n"
    assert json.loads(parts["health.json"])["kinds"]["papers"] == {"files": 1, "bytes": 1}
    for text in parts.values():
        assert "钱示例" not in text
        assert "371102195501010190" not in text
        assert str(tmp_path) not in text


def test_a_store_that_does_not_open_is_said_by_its_code(tmp_path: Path) -> None:
    def ask() -> Any:
        raise Problem("store-key", str(tmp_path))

    assert json.loads(bundled(tmp_path, ask)["health.json"])["store"] == {"problem": "store-key"}


def test_where_it_cannot_be_written(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        support.bundle(tmp_path, tmp_path / "no" / "x.zip", dict)
    assert caught.value.code == "store-write"

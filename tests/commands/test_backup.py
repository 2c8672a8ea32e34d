"""`backup`, `restore`, `check` and `support` on the folder of a desk."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from counter_app.__main__ import main
from tests.fakes.counter import Desk, accept

CANARY = "欧阳试"
Ask = Callable[..., Any]


@pytest.fixture
def ask(capsys: pytest.CaptureFixture[str]) -> Ask:
    """Runs a command; its JSON answer when it is done, else its refusals, with the exit code first."""

    def run(code: int, *words: str) -> Any:
        assert main(words) == code
        told = capsys.readouterr()
        return json.loads(told.out) if told.out else json.loads(told.err)["problems"]

    return run


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """A desk that has accepted twice and is closed."""
    made = Desk(tmp_path / "data")
    store = made.open()
    accept(store)
    accept(store)
    store.close()
    return made


def test_there_and_back(desk: Desk, tmp_path: Path, ask: Ask) -> None:
    data, stick, fresh = str(desk.folder), tmp_path / "stick", str(tmp_path / "fresh")
    assert ask(0, "check", "--data", data, "--json")["ok"]
    made = ask(0, "backup", "--data", data, "--to", str(stick))
    assert (made["folder"], made["entries"]) == (str(stick / made["id"]), 8)
    done = ask(0, "restore", made["folder"], "--data", fresh)
    assert (done["entries"] > 8, done["replaced"]) == (True, None)
    assert len(ask(0, "cases", "list", "--data", fresh, "--json")) == 2
    assert ask(0, "check", "--data", fresh, "--json")["ok"]
    (refused,) = ask(1, "restore", made["folder"], "--data", data)
    assert refused["code"] == "restore-unsent"


def test_check_names_what_is_wrong_and_support_says_nothing_personal(
    desk: Desk, tmp_path: Path, ask: Ask, capsys: pytest.CaptureFixture[str]
) -> None:
    data = str(desk.folder)
    (page,) = desk.files("journal/*.owj")
    page.write_bytes(page.read_bytes()[:200] + b"!" + page.read_bytes()[201:])
    (found,) = ask(1, "check", "--data", data, "--json")["findings"]
    assert (found["code"], bool(found["advice"])) == ("check-journal", True)
    assert main(["check", "--data", data]) == 1
    table = capsys.readouterr().out.splitlines()
    assert table[0].split("\t") == ["code", "where", "title", "cause", "advice"]
    told = ask(0, "support", "--data", data, "--out", str(tmp_path / "s.zip"))
    assert told["parts"] == ["about.json", "settings.json", "devices.json", "health.json", "log.txt"]
    with zipfile.ZipFile(tmp_path / "s.zip") as packed:
        store = json.loads(packed.read("health.json"))["store"]
        assert store["findings"] == ["check-journal"]
        assert not any(CANARY in packed.read(name).decode() for name in packed.namelist())
    ask(0, "support", "--data", data, "--out", str(tmp_path / "t.zip"), "--no-store")
    (refused,) = ask(1, "support", "--data", str(tmp_path / "no"), "--out", str(tmp_path / "t.zip"))
    assert refused["code"] == "store-missing"

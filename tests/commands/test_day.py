"""A day from the command line: opened, counted, explained, sealed, closed; read from another process."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from counter_app.__main__ import main
from counter_app.clock import WallClock
from counter_app.domain.days import OPENING
from counter_app.problems import Problem
from counter_app.seals.device import DeviceSecrets
from counter_app.seals.keyring import DemoKeyring, keys_of
from counter_app.seals.trust import TrustStore
from counter_app.services.day.closing import Sealed
from counter_app.sync.leaving import leave, opened
from counter_app.wire.enrol import MEMBER_FILE
from tests.commands.test_reading_verbs import run
from tests.fakes.office import open_office
from tests.services.day.test_day import opened as opened_day
from tests.services.test_outage import behind_a_cable

CLERK = ("--clerk", "0317", "--json")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    desk = open_office(tmp_path / "data")
    desk.close()
    return desk.folder


def answer(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, Any]:
    code = main(["day", *[str(word) for word in words]])
    told = capsys.readouterr()
    return code, json.loads(told.out or told.err)


def test_a_whole_day_and_what_another_process_sees_of_it(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    here = ("--data", folder, *CLERK)
    code, told = answer(capsys, "open", "--second", "0301", *here)
    assert (code, told["problems"][0]["code"]) == (1, "day-unchecked")
    answer(capsys, "check", *[item.id for item in OPENING], *here)
    code, told = answer(capsys, "open", "--second", "0301", *here)
    assert (code, told["opened_by"]) == (0, ["陈静（工号 0317）", "何主任（工号 0301）"])
    answer(capsys, "spares", "numbers", "Y0001", "Y0002", *here)
    answer(capsys, "spares", "numbers", "Y0001", "--use", "断网发号", *here)
    assert answer(capsys, "handover", "--to", "0318", *here)[1]["clerk_name"] == "林晓"
    code, told = answer(capsys, "close", "--second", "0301", *here)
    assert (code, told["problems"][0]["code"]) == (1, "day-uneven")
    answer(capsys, "explain", "spares.预印号段", "Y0002", "--note", "夹在手册里，明早交回", *here)
    code, told = answer(capsys, "close", "--second", "0301", "--package", tmp_path / "out", *here)
    assert code == 0
    seen = json.loads(run("day", "show", "--data", str(folder), "--json").stdout)
    assert (seen["sheet"], seen["may_close"]) == (told["sheet"], True)
    assert [one["to"] for one in seen["hands"]] == ["林晓（工号 0318）"]
    assert {row["ok"] for row in seen["checks"]} == {True}
    assert not (tmp_path / "out").exists(), "everything was sent: there is nothing to seal"


def test_words_that_are_missing_are_asked_for(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    here = ("--data", folder, *CLERK)
    for action in ("check", "spares", "explain", "void", "complete"):
        code, told = answer(capsys, action, *here)
        assert (code, told["problems"][0]["code"]) == (1, "usage")
    assert main(["day", "show", "--data", str(folder)]) == 0
    shown = capsys.readouterr().out
    assert "发号" in shown
    assert "开班" in shown
    assert not set("[]{}'") & set(shown), "in words, as the sheet says it"


def test_of_a_hall_elsewhere_the_numbers_are_unchecked_and_never_a_zero(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    member = dict.fromkeys(("hall", "role", "window", "device", "token", "ca"), "")
    (folder / MEMBER_FILE).write_text(json.dumps({"url": "https://127.0.0.1:1", **member}), "ascii")
    assert main(["day", "show", "--data", str(folder)]) == 0
    (line,) = (one for one in capsys.readouterr().out.splitlines() if one.startswith("发号"))
    assert "未核（中枢未连接）" in line
    assert "0" not in line
    seen = json.loads(run("day", "show", "--data", str(folder), "--json").stdout)
    assert (seen["unchecked"], seen["owed"]) == (["numbers"], [])


def test_a_day_closed_without_its_hub_is_completed_by_two(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = open_office(tmp_path / "data")
    cable = behind_a_cable(desk)
    opened_day(desk)
    left = desk.hub.take("r1").number
    cable.whole = False
    desk.visit.close_day("0301", Sealed(desk.store.outbox().waiting, "a.ow1s", "ab" * 32))
    day = desk.office.today().isoformat()
    desk.close()
    here = ("--day", day, "--data", desk.folder, *CLERK)
    assert json.loads(run("day", "show", "--data", str(desk.folder), "--json").stdout)["owed"] == [day]
    code, told = answer(capsys, "complete", "--second", "0301", *here)
    assert (code, told["problems"][0]["code"]) == (1, "day-uneven")
    assert answer(capsys, "explain", "numbers", left, "--note", "断网后已离开", *here)[1]["open"] == []
    code, told = answer(capsys, "complete", "--second", "0301", *here)
    assert (code, bool(told["sheet"])) == (0, True)
    assert answer(capsys, "complete", "--second", "0301", *here)[1]["problems"][0]["code"] == "day-complete"


def test_a_sealed_package_holds_what_waits_and_only_this_device_reads_it(tmp_path: Path) -> None:
    desk = open_office(tmp_path / "data")
    desk.visit.serve_walk_in()
    waiting = desk.store.waiting()
    desk.close()
    secrets = DeviceSecrets(keys_of(DemoKeyring(desk.folder), may_create=False))
    now = WallClock().now()
    made = leave(waiting, tmp_path / "out", "261123", ("d", "大厅"), now, secrets)
    [file] = (tmp_path / "out").iterdir()
    assert (made.records, made.file) == (len(waiting), file.name)
    assert b"visit.opened" not in file.read_bytes()
    trust = TrustStore(desk.public_keys)
    assert list(opened(file, secrets, trust, now)) == list(waiting)
    file.rename(tmp_path / "out" / "other.ow1s")
    with pytest.raises(Problem, match="seal-broken"):
        opened(tmp_path / "out" / "other.ow1s", secrets, trust, now)
    with pytest.raises(Problem, match="package-large"):
        leave([{}] * 5001, tmp_path, "x", ("d", "大厅"), now, secrets)

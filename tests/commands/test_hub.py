"""`hub` as a process: the training hub, a store that lasts, and a day played."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

BLOCK_QT = (
    "import sys; sys.modules['PySide6'] = None; from counter_app.__main__ import main; sys.exit(main({0!r}))"
)
ROOT = Path(__file__).resolve().parents[2]


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-c", BLOCK_QT.format(list(arguments))]


def once(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), capture_output=True, text=True, timeout=120, cwd=ROOT)


@contextmanager
def hub(*arguments: str, kill: bool = False) -> Iterator[dict[str, Any]]:
    """A hub process; its first line. Ended by SIGTERM, or killed."""
    process = subprocess.Popen(
        command("hub", "--listen", "127.0.0.1:0", *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    try:
        yield json.loads(line) if line else {}
    finally:
        process.send_signal(signal.SIGKILL if kill else signal.SIGTERM)
        out, err = process.communicate(timeout=30)
        assert (out, err) == ("", "")
        assert process.returncode == (-signal.SIGKILL if kill else 0)


def ask(told: dict[str, Any], token: str, method: str, path: str, body: Any = None) -> Any:
    sent = json.dumps(body).encode() if body is not None else None
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(told["url"] + path, sent, headers, method=method)
    with urllib.request.urlopen(request, timeout=30) as response:
        return json.loads(response.read() or b"null")


def test_help_reads_like_a_manual_without_qt() -> None:
    told = once("hub", "--help")
    assert told.returncode == 0
    assert "--demo-windows" in told.stdout
    assert "hub simulate DAY.csv" in told.stdout


def test_a_training_hub_gives_one_token_per_window() -> None:
    with hub("--demo-windows", "3", "--groups", "general=综合,benefit=待遇") as told:
        assert sorted(told["tokens"]) == ["w1", "w2", "w3"]
        assert sorted(told["others"]) == ["board", "device", "guide", "kiosk", "manage"]
        kiosk = told["others"]["kiosk"]
        number = ask(told, kiosk, "POST", "/v1/tickets", {"request_id": "r1", "group": "benefit"})["number"]
        assert number == "B001"
        called = ask(told, told["tokens"]["w2"], "POST", "/v1/windows/w2/call", {"call_id": "c1"})
        assert called["ticket"]["number"] == "B001"


def test_a_file_lasts_over_a_kill(tmp_path: Path) -> None:
    store = (
        "--database",
        str(tmp_path / "hub.db"),
        "--key-file",
        str(tmp_path / "hub.key"),
        "--demo-windows",
        "1",
    )
    with hub(*store, kill=True) as told:
        first = ask(told, told["others"]["kiosk"], "POST", "/v1/tickets", {"request_id": "r1"})
        refused = once("hub", "--listen", "127.0.0.1:0", *store)
        assert refused.returncode == 1
        assert json.loads(refused.stderr)["problems"][0]["code"] == "store-locked"
    with hub(*store) as told:
        assert (
            ask(told, told["others"]["kiosk"], "POST", "/v1/tickets", {"request_id": "r1"})["id"]
            == first["id"]
        )
        again = ask(told, told["others"]["kiosk"], "POST", "/v1/tickets", {"request_id": "r2"})
        assert again["number"] == "A002"
    assert (tmp_path / "hub.key").stat().st_mode & 0o777 == 0o600
    (tmp_path / "hub.key").write_text("not a key")
    assert json.loads(once("hub", *store).stderr)["problems"][0]["code"] == "store-key"


def test_a_hub_on_postgresql(postgres: Any) -> None:
    with hub("--database", postgres.fresh(), "--demo-windows", "1") as told:
        ask(told, told["others"]["kiosk"], "POST", "/v1/tickets", {"request_id": "r1"})
        called = ask(told, told["tokens"]["w1"], "POST", "/v1/windows/w1/call", {"call_id": "c1"})
        assert called["ticket"]["number"] == "A001"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), "usage"),
        (("--database", "x.db"), "usage"),
        (("--listen", "nowhere", "--demo-windows", "1"), "usage"),
        (("--listen", "192.0.2.1:1", "--demo-windows", "1"), "hub-port"),
        (("--database", "postgresql://nobody@127.0.0.1:1/none"), "hub-store"),
        (("simulate",), "usage"),
        (("simulate", "nowhere.csv"), "day-file"),
        (("simulate", "nowhere.csv", "--windows", "0"), "usage"),
    ],
)
def test_wrong_usage_is_refused(arguments: tuple[str, ...], code: str) -> None:
    told = once("hub", *arguments)
    assert told.returncode in (1, 3)
    assert [p["code"] for p in json.loads(told.stderr)["problems"]] == [code]
    assert told.stdout == ""


def test_a_day_is_played(tmp_path: Path) -> None:
    rows = ["arrival,class,group,service_minutes"]
    rows += [f"09:{n:02d},{'elderly' if n % 5 == 0 else 'ordinary'},{'AB'[n % 2]},6.5" for n in range(50)]
    file = tmp_path / "day.csv"
    file.write_text("\n".join(rows) + "\n", "utf-8")
    told = once("hub", "simulate", str(file), "--windows", "4", "--gap-seconds", "10", "--json")
    assert (told.returncode, told.stderr) == (0, "")
    report = json.loads(told.stdout)
    assert (report["visitors"], report["windows"], report["beyond_bound"]) == (50, 4, 0)
    assert [row["id"] for row in report["items"]] == list(range(1, 51))
    assert all(row["wait_min"] <= row["bound_min"] for row in report["items"])
    assert set(report["classes"]) == {"elderly", "ordinary"}
    assert report["classes"]["elderly"]["median_min"] < report["classes"]["ordinary"]["median_min"]
    table = once("hub", "simulate", str(file), "--windows", "4")
    assert table.stdout.splitlines()[0].startswith("class\tvisitors")

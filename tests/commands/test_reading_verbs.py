"""What was accepted is read back by other processes, in the shapes fixed from the first day."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.scripts import person

NUMBER = "371102195501010190"
SCRIPT = f"""
[hall]
region = "rizhao"
date = 2026-11-23
{person("a", "钱示例", NUMBER, "13900001234")}
[[step]]
citizen = {{ do = "take" }}
[[step]]
clerk = {{ do = "call" }}
[[step]]
clerk = {{ do = "identify", person = "a" }}
[[step]]
clerk = {{ do = "open", type = "YD01" }}
[[step]]
clerk = {{ do = "set", field = "rloc_admdvs", value = "上海市" }}
[[step]]
clerk = {{ do = "receive" }}
[[step]]
citizen = {{ do = "confirm" }}
[[step]]
clerk = {{ do = "submit" }}
[[step]]
reviewer = {{ do = "deliver", word = "本人签收" }}
"""


def run(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "-m", "counter_app", *words]
    return subprocess.run(argv, capture_output=True, text=True, input=given, check=False, timeout=120)


def answer(*words: str, given: str = "") -> Any:
    done = run(*words, given=given)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("played")
    script = out / "day.toml"
    script.write_text(SCRIPT, "utf-8")
    done = run("rehearse", str(script), "--out", str(out))
    assert done.returncode == 0, done.stderr
    return out


def data(played: Path) -> str:
    return str(played / "data")


def test_cases_are_listed_and_shown_masked(played: Path) -> None:
    (row,) = answer("cases", "list", "--data", data(played), "--json")
    assert set(row) >= {"id", "number", "type", "state", "accepted_at", "business_date", "synced"}
    assert (row["type"], row["state"], row["step"], row["synced"]) == ("YD01", "done", "delivered", True)
    shown = run("cases", "show", row["number"], "--data", data(played), "--json").stdout
    assert NUMBER not in shown
    assert "钱示例" not in shown
    assert "13900001234" not in shown


def test_a_reveal_opens_the_case_and_is_itself_recorded(played: Path) -> None:
    (row,) = answer("cases", "list", "--data", data(played), "--json")
    before = answer("audit", "verify", "--data", data(played), "--json")["entries"]
    shown = answer("cases", "show", row["number"], "--data", data(played), "--json", "--reveal")
    assert shown["answers"]["certno"] == NUMBER
    after = answer("audit", "verify", "--data", data(played), "--json")
    assert after["ok"]
    assert after["entries"] > before


def test_a_person_is_shown_by_a_number_from_standard_input(played: Path) -> None:
    shown = run("people", "show", "-", "--data", data(played), "--json", given=NUMBER + "\n")
    assert shown.returncode == 0, shown.stderr
    assert NUMBER not in shown.stdout
    whole = answer("people", "show", "-", "--data", data(played), "--json", "--reveal", given=NUMBER + "\n")
    assert whole["certno"] == NUMBER
    nobody = run("people", "show", "-", "--data", data(played), "--json", given="37110219480312002X\n")
    assert nobody.returncode == 1
    assert json.loads(nobody.stderr)["problems"][0]["code"].startswith("idno-")


def test_papers_tickets_and_outbox_have_their_shapes(played: Path) -> None:
    (paper,) = answer("papers", "list", "--data", data(played), "--json")
    assert set(paper) >= {"id", "number", "case", "kind", "sha256", "printed", "reprints"}
    assert paper["printed"] == 1
    (ticket,) = answer("tickets", "list", "--data", data(played), "--json")
    assert set(ticket) == {"id", "number", "group", "class", "state", "window", "taken_at"}
    assert ticket["number"] == "A001"
    outbox = answer("outbox", "--data", data(played), "--json")
    assert set(outbox) == {"waiting", "acknowledged", "set_aside", "oldest"}
    assert outbox["acknowledged"] > 5


def test_a_paper_is_verified_by_store_by_key_and_not_without(played: Path) -> None:
    (paper,) = played.glob("*.pdf")
    by_store = answer("receipt", "verify", str(paper), "--data", data(played), "--json")
    by_key = answer("receipt", "verify", str(paper), "--key", str(played / "data" / "device.pub"), "--json")
    assert by_store == by_key
    assert by_store["ok"]
    assert by_store["number"] in paper.name
    alone = run("receipt", "verify", str(paper), "--json")
    assert alone.returncode == 1
    assert not json.loads(alone.stdout)["ok"]


def test_a_folder_without_a_store_is_refused_calmly(tmp_path: Path) -> None:
    done = run("cases", "list", "--data", str(tmp_path / "none"), "--json")
    assert done.returncode == 1
    (problem,) = json.loads(done.stderr)["problems"]
    assert problem["code"] == "store-missing"
    assert problem["advice"]


def test_nothing_about_a_person_lies_in_clear(played: Path) -> None:
    for file in (played / "data").rglob("*"):
        if file.is_file():
            held = file.read_bytes()
            assert NUMBER.encode() not in held, file
            assert "钱示例".encode() not in held, file


def test_the_life_of_a_case_is_told_with_time_person_and_way(played: Path) -> None:
    (row,) = answer("cases", "list", "--data", data(played), "--json")
    life = answer("cases", "show", row["number"], "--data", data(played), "--json")["life"]
    assert (life["flow"], life["step"], life["step_name"]) == ("instant", "delivered", "送达")
    (turn,) = life["history"]
    assert (turn["act"], turn["name"], turn["source"], turn["detail"]) == (
        "deliver",
        "送达",
        "done",
        "窗口：本人签收",
    )
    assert turn["at"].startswith("2026-11-23T09:")
    assert turn["clerk_no"] == "0317"

"""`suspicions`: for auditors of the store, from another process, on a store nobody is writing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from counter_app.__main__ import main
from tests.fakes.office import certno, open_office
from tests.services.test_suspicions import claim

Said = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One invoice in two claims."""
    desk = open_office(tmp_path / "data")
    claim(desk, "2026-10-01", "2026-10-03", "111")
    claim(desk, "2026-10-06", "2026-10-08", "111")
    desk.close()
    return tmp_path / "data"


def told(said: Said, folder: Path) -> Any:
    assert main(["suspicions", "list", "--data", str(folder), "--clerk", "0902", "--json"]) == 0
    return json.loads(said.readouterr().out)


def refused(said: Said, *words: str) -> str:
    assert main(["suspicions", *words]) == 1
    return str(json.loads(said.readouterr().err)["problems"][0]["code"])


def test_marks_are_listed_handed_over_and_decided(capsys: Said, folder: Path) -> None:
    (mark,) = told(capsys, folder)
    assert (mark["kind"], mark["state"], len(mark["cases"])) == ("invoice", "new", 2)
    assert certno("li_guifang") not in str(mark)
    at = ["--data", str(folder), "--clerk", "0902"]
    assert main(["suspicions", "hand-over", "all", *at]) == 0
    assert main(["suspicions", "hand-over", "all", *at]) == 0  # nothing is new any more
    assert told(capsys, folder)[0]["state"] == "handed_over"
    words = ["--outcome", "transferred", "--reason", "另案核查"]
    assert main(["suspicions", "decide", mark["id"], *at, *words]) == 0
    assert told(capsys, folder)[0]["state"] == "transferred"


def test_a_role_is_the_stores_and_not_the_command_lines(capsys: Said, folder: Path) -> None:
    for number in ("0317", "9999", ""):
        words = ["list", "--data", str(folder), "--clerk", number]
        assert refused(capsys, *words) == "auditor-needed"


def test_a_mark_that_is_not_there(capsys: Said, folder: Path) -> None:
    words = ["hand-over", "0" * 12, "--data", str(folder), "--clerk", "0902"]
    assert refused(capsys, *words) == "not-found"

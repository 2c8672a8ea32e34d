"""Lists and filings from the command line: files in, a list back, and what a stranger's package is worth."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from counter_app.__main__ import main
from counter_app.documents import sheets
from counter_app.seals.device import DeviceKeys, DeviceSecrets
from counter_app.wire import package
from tests.fakes.office import ZONE, certno, open_office
from tests.services.lists import HEADER, row

CLERK = ("--clerk", "0317")
KEYS = DeviceKeys(signing=bytes(range(32)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A demo desk's data folder, closed; its keys lie beside it."""
    opened = open_office(tmp_path / "data")
    opened.close()
    return opened.folder


@pytest.fixture
def handler(tmp_path: Path) -> Path:
    file = tmp_path / "who.json"
    told = {"agnter_name": "周示例", "agnter_certno": certno("wang_min"), "agnter_tel": "13800002234"}
    file.write_text(json.dumps(told, ensure_ascii=False), "utf-8")
    return file


def csv_of(file: Path, *rows: list[str]) -> Path:
    file.write_text("\n".join(",".join(cells) for cells in [list(HEADER), *rows]), "gb18030")
    return file


def answer(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, Any]:
    code = main([str(word) for word in words])
    told = capsys.readouterr()
    return code, json.loads(told.out or told.err)


def problem(capsys: pytest.CaptureFixture[str], *words: str | Path) -> tuple[int, str]:
    code, told = answer(capsys, *words)
    return code, told["problems"][0]["code"]


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_template_for_every_type_that_comes_as_a_list(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    file = tmp_path / f"t.{ending}"
    code, told = answer(capsys, "cases", "template", "CB05", "--out", file, "--json")
    assert code == 0
    header = [cell.text for cell in sheets.read(file.read_bytes())[0].lines[0].cells]
    assert len(header) == len(told["columns"])
    assert "姓名*" in header
    assert problem(capsys, "cases", "template", "CB04", "--out", file) == (1, "batch-not-allowed")
    assert problem(capsys, "cases", "template", "CB05") == (1, "usage")


def test_a_list_is_checked_accepted_corrected_and_read_again(
    tmp_path: Path, folder: Path, handler: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = csv_of(tmp_path / "list.csv", row(0), row(1, 联系电话="1"))
    wrong = tmp_path / "wrong.xlsx"
    words = ("--type", "CB05", "--received", "all", "--handler", handler, "--data", folder, "--clerk", "0317")
    code, told = answer(capsys, "cases", "import", given, *words, "--check", "--json")
    assert (code, told["batch"], told["rows"][0]["state"]) == (1, "", "good")
    code, told = answer(capsys, "cases", "import", given, *words, "--errors", wrong, "--json")
    assert (code, told["accepted"], told["refused"]) == (1, 1, 1)
    assert told["problems"][0] == {
        **told["problems"][0],
        "row": 3,
        "column": "联系电话",
        "code": "field-phone",
    }
    papers = list((folder / "papers").glob("*PLQD*.pdf"))
    assert len(papers) == 1
    lines = sheets.read(wrong.read_bytes())[0].lines
    assert lines[1].cells[-1].text.startswith("已受理")
    assert "联系电话" in lines[2].cells[-1].text
    # The list that came back is corrected where it was marked, and handed in again as it is.
    import openpyxl

    book = openpyxl.load_workbook(wrong)
    book.worksheets[0]["C3"] = "13800001234"
    book.save(wrong)
    code, told = answer(capsys, "cases", "import", wrong, *words, "--json")
    assert (code, told["accepted"], told["already"], told["refused"]) == (0, 1, 1, 0)
    code, listed = answer(capsys, "cases", "list", "--data", folder, "--json")
    assert {case["number"] for case in listed} == {r["number"] for r in told["rows"]}


def test_nobody_brings_a_list_without_a_name(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = csv_of(tmp_path / "list.csv", row(0))
    words = ("cases", "import", given, "--type", "CB05", "--data", folder, *CLERK)
    assert problem(capsys, *words) == (1, "batch-handler")
    bad = tmp_path / "bad.json"
    bad.write_text('{"agnter_name": "甲", "agnter_certno": "1", "agnter_tel": "2"}')
    assert problem(capsys, *words, "--handler", bad) == (1, "idno-length")
    bad.write_text("[1, 2")
    assert problem(capsys, *words, "--handler", bad) == (1, "batch-handler")


def test_a_sender_is_believed_only_after_it_was_added(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    now = datetime.now(ZONE)
    record = {
        "filing_id": "W1",
        "channel": "online",
        "type": "YD01",
        "filed_at": now.isoformat(),
        "person": {"psn_name": "李桂芳", "certno": certno("li_guifang")},
        "answers": {"rloc_admdvs": "上海市"},
    }
    head = {
        "package_id": "P1",
        "kind": "filings",
        "made_at": now.isoformat(),
        "expires_at": (now + timedelta(days=9)).isoformat(),
        "sender": {"id": "app", "name": "示例平台"},
    }
    file, key = tmp_path / "a.ow1p", tmp_path / "app.pub"
    refused = {**record, "filing_id": "W2", "type": "XX99"}
    file.write_bytes(package.pack(head, [record, refused], DeviceSecrets(KEYS).sign))
    key.write_text(KEYS.public_key.hex() + "\n")
    take = ("cases", "import", file, "--data", folder, "--json", *CLERK)
    assert problem(capsys, *take) == (1, "package-signer")
    code, known = answer(capsys, "trust", "add", key, "--data", folder, "--json")
    assert (code, [one["key"] for one in known]) == (0, [KEYS.public_key.hex()])
    code, told = answer(capsys, *take)
    assert (code, told["received"], [p["code"] for p in told["problems"]]) == (1, ["app:W1"], ["filing-type"])
    code, told = answer(capsys, *take)
    assert (told["received"], told["already"]) == ([], ["app:W1"])
    code, inbox = answer(capsys, "cases", "inbox", "--data", folder, "--json")
    assert [(one["id"], one["name"], one["complete"]) for one in inbox] == [("app:W1", "李*芳", False)]
    code, inbox = answer(capsys, "cases", "inbox", "--data", folder, "--state", "done", "--json")
    assert inbox == []
    code, known = answer(capsys, "trust", "remove", known[0]["id"], "--data", folder, "--json")
    assert known == []
    assert problem(capsys, *take) == (1, "package-signer")
    assert problem(capsys, "trust", "remove", "nobody", "--data", folder) == (1, "not-found")
    key.write_text("no key")
    assert problem(capsys, "trust", "add", key, "--data", folder) == (1, "key-file")


def test_a_days_home_visits_are_carried_to_another_desk(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from dataclasses import replace

    from counter_app.domain.filings import Filing
    from counter_app.services import filings

    hall, laptop = open_office(tmp_path / "hall"), open_office(tmp_path / "laptop")
    made = Filing(
        filing_id="N1:YD01",
        channel="home_visit",
        origin="示例大厅",
        type_id="YD01",
        filed_at=datetime.now(ZONE).isoformat(),
        person=replace(hall.cast.people[0], person_id=""),
        planned_on=datetime.now(ZONE).date(),
        address="示例路 1 号",
        staff=("0317", "0402"),
    )
    filings.receive(hall.office, (made,))
    for one in (hall, laptop):
        one.close()
    out, key = tmp_path / "day.ow1p", tmp_path / "hall.pub"
    code, told = answer(capsys, "cases", "carry", "--data", hall.folder, "--out", out, "--json", *CLERK)
    assert (code, told[0]["visits"]) == (0, 1)
    key.write_text((hall.folder / "device.pub").read_text())
    assert answer(capsys, "trust", "add", key, "--data", laptop.folder, "--json")[0] == 0
    code, told = answer(capsys, "cases", "import", out, "--data", laptop.folder, "--json", *CLERK)
    assert (code, len(told["received"])) == (0, 1)
    code, inbox = answer(capsys, "cases", "inbox", "--data", laptop.folder, "--json")
    assert [(one["channel"], one["planned_on"]) for one in inbox] == [("home_visit", str(made.planned_on))]


def test_what_is_no_file_and_no_folder(
    tmp_path: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert problem(capsys, "cases", "import", tmp_path / "no", "--data", folder, *CLERK) == (1, "not-found")
    assert problem(capsys, "cases", "import", "x", "--data", tmp_path / "no") == (1, "store-missing")
    assert problem(capsys, "cases", "inbox") == (1, "usage")
    csv_of(tmp_path / "a.csv", row(0))
    assert problem(capsys, "cases", "import", tmp_path / "a.csv", "--data", folder, *CLERK) == (1, "usage")

"""A type file nobody has seen before, dropped into a folder: from form to verified paper, without code."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

TYPE = """
id = "QQ07"
name = "陪护床位预约登记"
plain_name = "预约陪护床"
aliases = ["陪护床", "phcw"]
category = "服务与监督"
applicant = "individual"
domain = "综合服务"
flow = "instant"
offline = "accept_only"
channels = ["desk"]
parties = ["self", "kin"]
uses = ["PERSON"]
minutes = 3
notices = ["床位以医院当日安排为准。"]

[offered_in.rizhao]
mode = "办"

[limits]
promised = { rizhao = 0 }

[[situations]]
code = "day"
name = "日间"

[[situations]]
code = "night"
name = "夜间"

[[field]]
key = "ward"
label = "病区"
type = "enum"
choices = [{ code = "inner", label = "内科" }, { code = "outer", label = "外科" }]
required = true

[[field]]
key = "from_day"
label = "起始日期"
type = "date"
required = true
rule = "form.from_day >= today"
rule_text = "起始日期不能早于今天。"

[[field]]
key = "nights"
label = "夜数"
type = "int"
required = true
when = "case.situation == 'night'"
rule = "form.nights >= 1 and form.nights <= 30"
rule_text = "夜数应在 1 至 30 之间。"

[[material]]
code = "M_ID"

[[material]]
code = "M_STAY"
name = "住院证明"
defer = "no"
"""
SCRIPT = """
[hall]
region = "rizhao"
date = 2026-11-23

[[person]]
key = "anna"
name = "司徒远"
certno = "371102194803120024"
insutype = "310"
psn_type = "12"
psn_insu_stas = "1"
insuplc_admdvs = "371100"
tel = "13800001234"
card = { version = "2.00", card_no = "X99887766", expires_on = "2036-04-30" }

[[step]]
clerk = { do = "walk_in" }
[[step]]
device = { id = "cards.pcsc", event = "insert", with = { person = "anna" } }
[[step]]
clerk = { do = "witness", verdict = "verified" }
[[step]]
clerk = { do = "open", type = "QQ07", situation = "night" }
[[step]]
clerk = { do = "set", fields = { ward = "外科", from_day = "+1", nights = "40" } }
[[step]]
clerk = { do = "receive" }
[[step]]
citizen = { do = "confirm" }
[[step]]
clerk = { do = "submit" }
[[step]]
expect = { cases = 0, problem = "field-rule" }
[[step]]
clerk = { do = "set", field = "nights", value = "3" }
[[step]]
citizen = { do = "confirm" }
[[step]]
clerk = { do = "submit" }
[[step]]
expect = { cases = 1, state = "done", text = ["陪护床位预约登记", "外科", "住院证明", "以医院当日安排为准"] }
[[step]]
clerk = { do = "next" }
"""


def program(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "counter_app", *words], capture_output=True, text=True, check=False
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """What a stranger hands over."""
    packs = tmp_path / "theirs"
    packs.mkdir()
    (packs / "QQ07.toml").write_text(TYPE, "utf-8")
    (tmp_path / "day.toml").write_text(SCRIPT, "utf-8")
    return packs


def test_it_works_from_form_to_paper(folder: Path, tmp_path: Path) -> None:
    assert program("catalog", "check", str(folder)).returncode == 0
    out = tmp_path / "out"
    played = program("rehearse", str(tmp_path / "day.toml"), "--out", str(out), "--catalog", str(folder))
    assert played.returncode == 0, played.stderr[-3000:]
    transcript = json.loads((out / "transcript.json").read_text("utf-8"))
    (case,) = transcript["cases"]
    assert (case["type"], case["state"]) == ("QQ07", "done")
    (paper,) = out.glob("*.pdf")
    told = program("receipt", "verify", str(paper), "--key", str(out / "data" / "device.pub"))
    assert json.loads(told.stdout)["ok"] is True


def test_without_the_folder_nobody_knows_it(folder: Path, tmp_path: Path) -> None:
    played = program("rehearse", str(tmp_path / "day.toml"), "--out", str(tmp_path / "out"))
    assert played.returncode == 1


def test_a_spoilt_one_names_file_and_line_and_the_day_goes_on_with_ours(folder: Path, tmp_path: Path) -> None:
    file = folder / "QQ07.toml"
    file.write_text(TYPE.replace("form.nights >= 1", "form.nihgts >= 1"), "utf-8")
    checked = program("catalog", "check", str(folder), "--json")
    (finding, *_) = json.loads(checked.stdout)["findings"]
    line = 1 + TYPE[: TYPE.index("form.nights >= 1")].count("\n")
    assert (checked.returncode, finding["file"], finding["line"]) == (1, "catalog/QQ07.toml", line)
    (tmp_path / "day.toml").write_text(SCRIPT.split("[[step]]")[0], "utf-8")
    played = program(
        "rehearse", str(tmp_path / "day.toml"), "--out", str(tmp_path / "out"), "--catalog", str(folder)
    )
    assert played.returncode == 0, played.stderr[-2000:]

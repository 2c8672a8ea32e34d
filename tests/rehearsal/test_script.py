"""A script is read whole before anything is played; an unknown word is refused with file and line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from counter_app.problems import Problem, Problems
from counter_app.rehearsal import script

HALL = '[hall]\nregion = "rizhao"\ndate = 2026-11-23\n'


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ('colour = "red"\n', 4),
        ('[[person]]\nkey = "a"\nshoe = 43\n', 6),
        ('[[step]]\nclerk = { do = "dance" }\n', 5),
        ('[[step]]\nclerk = { do = "open", tpye = "YD01" }\n', 5),
        ('[[step]]\nclerk = { do = "call" }\ncitizen = { do = "take" }\n', 4),
        ('[[step]]\nnote = "nothing"\n', 4),
        ('[[step]]\nexpect = { mood = "good" }\n', 5),
        ('[[step]]\ndevice = { id = "cards.pcsc", event = "insert", with = { persn = "a" } }\n', 5),
        ('[[step]]\ndevice = { id = "cards.pcsc", event = "insert", with = "a" }\n', 5),
        ('[[step]]\nnetwork = "slow"\n', 5),
        ('[[step]]\nclock = "later"\n', 5),
        ('[[step]]\nkill = "yes"\n', 5),
    ],
)
def test_an_unknown_word_is_refused_where_it_stands(tmp_path: Path, text: str, line: int) -> None:
    file = tmp_path / "day.toml"
    file.write_text(HALL + text, "utf-8")
    with pytest.raises(Problems) as refused:
        script.load(file)
    assert f"day.toml:{line}" in [p.where for p in refused.value.problems]
    assert {p.code for p in refused.value.problems} == {"script-broken"}


def test_every_fault_is_told_at_once(tmp_path: Path) -> None:
    file = tmp_path / "day.toml"
    file.write_text(HALL + '[[step]]\nkill = 1\n[[step]]\nclerk = { do = "x" }\n', "utf-8")
    with pytest.raises(Problems) as refused:
        script.load(file)
    assert len(refused.value.problems) == 2


def test_what_is_no_toml_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "day.toml"
    file.write_bytes(b"\xff\xfe[hall")
    with pytest.raises(Problem) as refused:
        script.load(file)
    assert refused.value.code == "script-broken"


@pytest.mark.parametrize(
    ("text", "span"),
    [("+8h", timedelta(hours=8)), ("-30m", timedelta(minutes=-30)), ("+2d", timedelta(days=2))],
)
def test_spans_are_read(text: str, span: timedelta) -> None:
    assert script.span(text) == span

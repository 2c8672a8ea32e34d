"""The demo hall with other people: what the file may say."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.commands.demo import read_tables
from counter_app.problems import Problem

PEOPLE = Path(__file__).resolve().parents[1] / "journeys" / "people.toml"


def test_people_of_a_file_are_read() -> None:
    assert "冯玉兰" in [row["name"] for row in read_tables(PEOPLE)["person"]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[person]]\nnme = 'a'", "person 1: nme"),
        ("[[employer]]\nkey = 'a'\nx = 1", "employer 1: x"),
        ("[[", ""),
    ],
)
def test_what_means_nothing_is_refused_with_its_place(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "people.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(Problem, match="people-file") as caught:
        read_tables(file)
    assert said in caught.value.detail


def test_no_file_is_said_so(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="not-found"):
        read_tables(tmp_path / "none.toml")

from __future__ import annotations

import os
from pathlib import Path

import pytest

from counter_app.problems import Problem
from ui.viewmodels import sticks as module
from ui.viewmodels.sticks import chosen, newest


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for age, name in enumerate(["c.ow1p", "b.ow1p", "a.txt"]):
        file = tmp_path / name
        file.write_text("x")
        os.utime(file, (1_000_000 + age, 1_000_000 + age))
    (tmp_path / "z.ow1p").mkdir()
    return tmp_path


def test_of_a_folder_the_package_written_last(folder: Path) -> None:
    assert chosen(f'"{folder}"').name == "b.ow1p"
    assert newest([folder / "none", folder]) == folder / "b.ow1p"


def test_a_file_is_that_file_even_when_it_is_not_there(folder: Path) -> None:
    assert chosen(str(folder / "c.ow1p")).name == "c.ow1p"
    assert chosen(str(folder / "no.ow1p")).name == "no.ow1p"


def test_a_folder_without_one_is_said(tmp_path: Path) -> None:
    with pytest.raises(Problem, match="not-found"):
        chosen(str(tmp_path))


def test_a_package_goes_where_it_was_said_and_never_onto_what_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    locked, open_one = tmp_path / "locked", tmp_path / "open"
    open_one.mkdir()
    monkeypatch.setattr(module, "sticks", lambda: [locked, open_one])  # the first is not there to write to
    assert module.place_for(f' "{locked}" ') == str(locked)
    assert module.place_for("") == str(open_one)
    monkeypatch.setattr(module, "sticks", lambda: [locked])
    assert module.place_for("") == ""

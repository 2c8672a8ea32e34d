"""What is new is told once after an upgrade, never to a folder that was just made."""

from __future__ import annotations

import tomllib
from pathlib import Path

from counter_app.news import SEEN, news, take_unseen

ROOT = Path(__file__).resolve().parents[1]


def test_this_version_has_its_news_and_comes_first() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    assert news()[0].version == version
    assert all(one.title and one.text for one in news())


def test_a_fresh_folder_is_told_nothing(tmp_path: Path) -> None:
    assert not take_unseen(tmp_path, is_fresh=True)
    assert not take_unseen(tmp_path, is_fresh=False)


def test_after_an_upgrade_it_is_told_once(tmp_path: Path) -> None:
    (tmp_path / SEEN).write_text("0.0.9", "utf-8")
    assert take_unseen(tmp_path, is_fresh=False)
    assert not take_unseen(tmp_path, is_fresh=False)


def test_a_folder_from_before_there_were_news_is_told(tmp_path: Path) -> None:
    assert take_unseen(tmp_path, is_fresh=False)


def test_an_older_program_shows_nothing_new(tmp_path: Path) -> None:
    (tmp_path / SEEN).write_text("99.0.0", "utf-8")
    assert not take_unseen(tmp_path, is_fresh=False)

"""Who writes: the store knows its clerks, and a command line gives nobody a number or a role."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from counter_app.__main__ import main
from counter_app.commands.desk import open_counter
from counter_app.commands.working import known
from counter_app.domain.actor import Actor
from counter_app.problems import Problem
from counter_app.settings import Settings
from tests.fakes.office import open_office

SUPERVISOR = Actor("0301", "何主任", ("clerk", "supervisor"))
WRITING = (
    ("verify", "N"),
    ("hand-over", "N", "--to", "林晓"),
    ("take-over", "S"),
    ("archive", "N"),
    ("transfer", "N", "--post", "P", "--reason", "x"),
    ("serve", "N"),
    ("special", "N", "--ended"),
    ("import", "x.csv", "--type", "CB05"),
    ("carry", "--out", "x"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    opened = open_office(tmp_path_factory.mktemp("who") / "data")
    opened.close()
    return opened.folder


@pytest.mark.parametrize("words", WRITING, ids=[words[0] for words in WRITING])
def test_a_number_the_store_does_not_know_writes_nothing(
    folder: Path, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["cases", *words, "--data", str(folder), "--clerk", "9999", "--clerk-name", "何主任"]
    assert main(given) == 1
    (problem,) = json.loads(capsys.readouterr().err)["problems"]
    assert (problem["code"], problem["where"]) == ("clerk-unknown", "--clerk")


def test_name_and_roles_are_those_of_the_store_and_the_window_is_the_machines() -> None:
    named = Actor("0301", "冒名", ("reviewer",), device="D1", window="3")
    assert known([SUPERVISOR], named) == Actor("0301", "何主任", ("clerk", "supervisor"), "D1", "3")


def test_a_store_that_knows_nobody_takes_the_number_as_given() -> None:
    named = Actor("0402", "周衡")
    assert known([], named) is named
    with pytest.raises(Problem, match="clerk-unknown"):
        known([SUPERVISOR], named)


def test_a_desk_on_a_store_without_clerks_says_so_in_the_log_and_opens(
    tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("this store knows no clerks")
    settings = Settings(card_reader="", scanner="", printer="")
    counter = open_counter(tmp_path / "data", settings, Actor("0402", "周衡"), "八个字的口令短语")
    try:
        assert counter.office.actor.clerk_no == "0402"
    finally:
        counter.close()


def test_a_desk_refuses_a_number_its_store_does_not_know_and_lets_the_folder_go(
    tmp_path: Path, expect_log: Callable[[str], None]
) -> None:
    expect_log("this store knows no clerks")
    words, settings = "八个字的口令短语", Settings(card_reader="")
    first = open_counter(tmp_path / "data", settings, Actor("0402", "周衡"), words)
    first.office.ports.storage.import_clerks([SUPERVISOR])  # type: ignore[attr-defined]
    first.close()
    with pytest.raises(Problem, match="clerk-unknown"):
        open_counter(tmp_path / "data", settings, Actor("0402", "周衡"), words)
    again = open_counter(tmp_path / "data", settings, Actor("0301", ""), words)
    assert again.office.actor.may("supervisor")
    again.close()

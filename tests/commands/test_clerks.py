"""A counter's people from the command line: founded, filled, and asked who they are."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from counter_app.__main__ import main
from counter_app.commands.desk import open_counter
from counter_app.domain.actor import Actor
from counter_app.seals.keyring import DemoKeyring, keys_of
from counter_app.settings import Settings
from counter_app.storage.store import open_store
from tests.fakes.office import HandClock

OFFICERS = ("--system", "9001=高远", "--security", "9002=沈安", "--audit", "9003=严明")
SETTINGS = Settings(card_reader="", scanner="", printer="")


class People:
    """The command line over one folder, and everybody's passwords in files."""

    def __init__(self, place: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.place, self.folder, self._capsys = place, place / "data", capsys

    def do(self, *argv: str) -> Any:
        code = main(["clerks", *argv, "--data", str(self.folder)])
        out = self._capsys.readouterr()
        if code:
            return json.loads(out.err)["problems"][0]["code"]
        return json.loads(out.out)

    def file(self, name: str, words: str) -> str:
        file = self.place / name
        file.write_text(words, "utf-8")
        return str(file)

    def own(self, number: str, first: str) -> str:
        """Change a first password; the file with the new one."""
        new = self.file(f"{number}.new", f"{number} 的海岸线".replace(number, number[::-1]))
        self.do("password", number, "--login", self.file(f"{number}.first", first), "--new", new)
        return new


@pytest.fixture
def people(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> People:
    folder = tmp_path / "data"
    folder.mkdir()
    keys_of(DemoKeyring(folder))
    open_store(folder, DemoKeyring(folder), "001", HandClock()).close()
    return People(tmp_path, capsys)


def test_from_nobody_to_a_clerk_who_signs_in_at_the_desk(people: People) -> None:
    told = {row["id"]: row["first_password"] for row in people.do("found", *OFFICERS)}
    assert people.do("found", *OFFICERS) == "accounts-there"
    assert people.do("add", "0400", "--name", "乔新", "--role", "clerk") == "field-required"
    system, security = people.own("9001", told["9001"]), people.own("9002", told["9002"])
    both = ("--by", "9001", "--login", system, "--second", "9002", "--second-login", security)
    first = people.do("add", "0400", "--name", "乔新", "--role", "clerk", *both)["first_password"]
    alone = ("--by", "9001", "--login", system, "--second", "9001", "--second-login", system)
    assert people.do("add", "0401", "--name", "某", "--role", "clerk", *alone) == "officer-needed"
    rows = {row["id"]: row for row in people.do("list")}
    assert (rows["0400"]["login"], rows["0400"]["roles"]) == ("first", ["clerk"])
    clerk = people.own("0400", first)
    assert main(["day", "check", "cabinet", "--data", str(people.folder), "--clerk", "0400"]) == 1
    words = Path(clerk).read_text("utf-8")
    counter = open_counter(people.folder, SETTINGS, Actor("", ""), "")
    try:
        assert counter.visit.view().locked
        view = counter.run(lambda: counter.visit.sign_in("0400", words)).result()
        assert (view.locked, view.clerk_name) == (False, "乔新")
    finally:
        counter.close()


@pytest.mark.long
def test_a_forgotten_password_and_a_second_factor_are_the_security_officers(people: People) -> None:
    told = {row["id"]: row["first_password"] for row in people.do("found", *OFFICERS)}
    security = people.own("9002", told["9002"])
    by = ("--by", "9002", "--login", security)
    assert people.do("reset", "9002", *by) == "same-person"
    assert people.do("reset", "9003", *by)["first_password"] != told["9003"]
    made = people.do("totp", "9003", *by)
    assert made["secret"] in made["address"]
    assert {row["id"]: row["second_factor"] for row in people.do("list")}["9003"]
    wrong = people.file("wrong", "nonsense")
    assert people.do("unlock", "9003", "--by", "9002", "--login", wrong) == "login-wrong"
    assert people.do("disable", "9003", *by) == "officer-needed"
    assert people.do("unlock", "9003", *by) == {"id": "9003"}

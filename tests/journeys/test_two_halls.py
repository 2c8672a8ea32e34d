"""Two halls as processes of their own: accepted in one, decided in the other, told at the window again."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from counter_app.__main__ import main
from counter_app.catalog.load import load_catalogue
from counter_app.domain.actor import Actor
from counter_app.domain.life import Wish
from counter_app.sync.member import join, member_of
from counter_app.sync.remote_hub import RemoteHub
from counter_app.wire.enrol import told as words
from tests.commands.test_hub import hub as hub_process
from tests.fakes.two_halls import PLACE, AcceptingDesk
from tests.faults.test_hubs import at_hub, where

LIMIT_S = 60


def until(done: Callable[[], Any]) -> Any:
    """What `done` says as soon as it says anything; a fact, however slow the machine."""
    limit = time.monotonic() + LIMIT_S
    while not (found := done()):
        assert time.monotonic() < limit
        time.sleep(0.05)
    return found


def tls(folder: Path) -> tuple[str, str]:
    """By its own authority, which everybody who joins has pinned."""
    return "--tls", str(folder / "tls")


def invited(folder: Path, told: dict[str, Any], *roles: str) -> list[str]:
    """Codes by which devices of these roles join a hub that has just begun."""
    (code,) = told["codes"].values()
    manager = join(folder, told["url"], code, "经理").connect()
    codes = (manager.invite(role, "1", role, "") for role in roles)
    found = [words(code, str(told.get("fingerprint", ""))) for code in codes]
    manager.close()
    return found


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Where the accepting hub and the other one live."""
    here, there = tmp_path / "here", tmp_path / "there"
    here.mkdir()
    there.mkdir()
    return here, there


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as made:
        yield made


def test_accepted_in_one_hall_decided_in_the_other_and_told_at_the_first(
    tmp_path: Path, folders: tuple[Path, Path], stack: ExitStack, capsys: pytest.CaptureFixture[str]
) -> None:
    here, there = folders
    others = tmp_path / "others"
    second = stack.enter_context(hub_process(*where(there), *tls(there), "--demo-windows", "1"))
    assert second["url"].startswith("https:")
    (code,) = invited(tmp_path / "manager2", second, "hall")
    place = others / "001" / PLACE
    assert main(["enrol", "--data", str(place), "--url", second["url"], "--code", code]) == 0
    capsys.readouterr()
    with hub_process(*where(here), *tls(here), "--others", str(others), kill=True) as first:
        assert first["others_at"] == {"001": [PLACE]}
        (code,) = invited(tmp_path / "manager1", first, "device")
        desk = AcceptingDesk.joined(tmp_path / "desk", first["url"], code, load_catalogue())
        stack.callback(desk.close)
        case = desk.accept()
        desk.sync()
        assert desk.desk.store.outbox().waiting == 0
    member = member_of(place)
    assert member is not None
    ca = member.ca  # pinned by joining: nobody else is believed to be that hall
    people = {n: RemoteHub(second["url"], second["people"][n], ca=ca) for n in ("0420", "0421")}
    for person in people.values():
        stack.callback(person.close)
    # Killed with the case just told, or not yet: the next process goes on where this one was.
    with hub_process(*where(here), *tls(here), "--others", str(others)) as first:
        (line,) = until(people["0420"].work)
        assert (line["id"], line["number"]) == (case.case_id, case.number)
        for act, number in (("claim", "0420"), ("pass", "0420"), ("second", "0421")):
            actor = Actor(number, "", ("reviewer",))
            people[number].move(case.case_id, Wish(f"r-{act}", act), actor)
        desk.moved_to(first["url"])
        until(lambda: desk.sync() and desk.life(case).step == "done")
        assert [turn.act for turn in desk.life(case).history] == ["claim", "pass", "second"]
        assert desk.sync() == 0
        desk.remote.close()  # over TLS a hub that ends waits for those it still speaks with
    stack.close()
    told = [event_id for event_id in at_hub(there) if event_id.endswith("@001")]
    own = {event_id for event_id in at_hub(here)}
    assert len(told) == len(set(told)) >= 3
    assert {event_id.removesuffix("@001") for event_id in told} <= own


def test_one_hall_on_a_server_and_the_other_on_a_file(
    tmp_path: Path, folders: tuple[Path, Path], stack: ExitStack, postgres: Any
) -> None:
    here, there = folders
    url = postgres.fresh().replace("postgresql+psycopg://", "postgresql://", 1)
    second = stack.enter_context(hub_process(*where(there), "--invite", "--demo-windows", "1"))
    (code,) = invited(tmp_path / "manager2", second, "hall")
    join(tmp_path / "others" / "001" / PLACE, second["url"], code, "胶州大厅")
    server = ("--database", url, "--key-file", str(key_of(here)), "--invite")
    first = stack.enter_context(hub_process(*server, "--others", str(tmp_path / "others")))
    (code,) = invited(tmp_path / "manager1", first, "device")
    desk = AcceptingDesk.joined(tmp_path / "desk", first["url"], code, load_catalogue())
    stack.callback(desk.close)
    case = desk.accept()
    desk.sync()
    reviewer = RemoteHub(second["url"], second["people"]["0420"])
    stack.callback(reviewer.close)
    (line,) = until(reviewer.work)
    assert line["number"] == case.number
    reviewer.move(case.case_id, Wish("r-claim", "claim"), Actor("0420", "", ("reviewer",)))
    until(lambda: desk.sync() and [turn.act for turn in desk.life(case).history] == ["claim"])


def key_of(folder: Path) -> Path:
    """The secret a hub on a server derives its own keys from."""
    file = folder / "hub.key"
    file.write_text("5a" * 32)
    file.chmod(0o600)
    return file

"""The desktop's keyring, played with the real gnome-keyring-daemon on a bus of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.problems import Problem
from counter_app.seals.keeper import keeper_of
from tests.servers.session import in_session

ROUND = """
from counter_app.problems import Problem
from counter_app.seals.keepers.secret_service import KEEPER as keeper
print(repr(keeper.because()))
keeper.keep("one", b"1" * 32)
keeper.keep("two", b"2" * 32)
keeper.keep("one", b"3" * 32)
print(keeper.fetch("one", "") == b"3" * 32, keeper.fetch("two", "") == b"2" * 32)
keeper.forget("one", "")
try:
    keeper.fetch("one", "")
except Problem as problem:
    print(problem.code)
"""
STORE = """
import sys
from pathlib import Path
from counter_app.problems import Problem
from counter_app.seals.keyring import keyring_of, keys_of
def nobody():
    raise AssertionError("a passphrase was asked for")
try:
    print(keys_of(keyring_of(Path(sys.argv[1]), nobody, "auto")).as_plain()["database"])
except Problem as problem:
    print(problem.code, problem.detail)
"""


def test_the_keyring_keeps_replaces_and_forgets(tmp_path: Path) -> None:
    said = in_session(tmp_path, "-c", ROUND)
    assert said.stdout.splitlines() == ["''", "True True", "key-store-lost"], said.stderr


def test_a_store_opens_in_a_later_session_and_in_no_other_keyring(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    first = in_session(tmp_path / "clerk", "-c", STORE, str(store)).stdout
    assert len(first.strip()) == 64
    kept = (store / "store.keys").read_text("ascii")
    assert '"keeper": "secret-service"' in kept
    assert first.strip() not in kept
    assert in_session(tmp_path / "clerk", "-c", STORE, str(store)).stdout == first
    stranger = in_session(tmp_path / "stranger", "-c", STORE, str(store)).stdout
    assert stranger.split()[0] == "key-store-lost"
    assert (store / "store.keys").read_text("ascii") == kept


def test_a_locked_keyring_fails_closed(tmp_path: Path) -> None:
    store = tmp_path / "store"
    store.mkdir()
    first = in_session(tmp_path / "clerk", "-c", STORE, str(store)).stdout
    assert len(first.strip()) == 64
    said = in_session(tmp_path / "clerk", "-c", STORE, str(store), unlocked=False).stdout
    assert said.split()[0] == "key-store-away"


def test_without_a_session_it_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    keeper = keeper_of("secret-service")
    assert keeper.because() == "没有桌面会话"
    with pytest.raises(Problem) as caught:
        keeper.keep("one", b"1" * 32)
    assert caught.value.code == "key-store-away"


RESTORED = """
import sys
from pathlib import Path
from counter_app.clock import WallClock
from counter_app.problems import Problem
from counter_app.seals.keyring import keyring_of
from counter_app.storage import backup
from counter_app.storage.restore import restore
from counter_app.storage.store import open_store
from tests.fakes.counter import accept
root = Path(sys.argv[1])
def nobody():
    raise AssertionError("a passphrase was asked for")
def ring(folder):
    return keyring_of(folder, nobody, "auto")
if not (root / "stick").exists():
    store = open_store(root / "desk", ring(root / "desk"), "001", WallClock(), synthetic=True)
    accept(store)
    backup.make(root / "desk", store.state, store.secrets, root / "stick", store.clock.now())
    store.close()
(made,) = (root / "stick").iterdir()
try:
    restore(made, root / sys.argv[2], ring, WallClock())
    again = open_store(root / sys.argv[2], ring(root / sys.argv[2]), "", WallClock())
    print(len(again.cases()), again.state.epoch > 1)
    again.close()
except Problem as problem:
    print(problem.code, (root / sys.argv[2] / "store.db").exists())
"""


def test_a_backup_goes_back_where_the_keyring_is_and_nowhere_else(tmp_path: Path) -> None:
    root = tmp_path / "place"
    (root / "desk").mkdir(parents=True)
    said = in_session(tmp_path / "clerk", "-c", RESTORED, str(root), "fresh")
    assert said.stdout.splitlines()[-1:] == ["1 True"], said.stderr
    stranger = in_session(tmp_path / "stranger", "-c", RESTORED, str(root), "stolen")
    assert stranger.stdout.split()[-2:] == ["key-store-lost", "False"], stranger.stderr

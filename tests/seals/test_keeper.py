from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from counter_app.problems import Problem
from counter_app.seals.device import DeviceKeys
from counter_app.seals.keeper import BY_ITSELF, chosen, keeper_of, keepers
from counter_app.seals.keyring import KeeperKeyring, PassphraseKeyring, kept_by, keyring_of, keys_of, rewrap

WORDS = "日照大厅 3 号窗口"


@dataclass
class Drawer:
    """A keeper that keeps in memory, and fails as told."""

    id: str = "drawer"
    title: str = "抽屉"
    held: dict[str, bytes] = field(default_factory=dict)
    short: int = 32

    def because(self) -> str:
        return ""

    def keep(self, name: str, secret: bytes) -> str:
        self.held[name] = secret[: self.short]
        return ""

    def fetch(self, name: str, kept: str) -> bytes:
        if name not in self.held:
            raise Problem("key-store-lost", self.id, self.title)
        return self.held[name]

    def forget(self, name: str, kept: str) -> None:
        self.held.pop(name, None)


def test_every_keeper_is_found_and_says_why_it_cannot_be_used() -> None:
    found = keepers()
    assert set(found) == {"secret-service", "systemd-creds", "tpm", "dpapi"}
    assert set(BY_ITSELF) <= set(found)
    for name, keeper in found.items():
        assert keeper.id == name
        assert keeper.title
    assert keeper_of("dpapi").because() == "本机不是 Windows"


def test_a_wish_that_cannot_be_had_is_refused_and_never_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert chosen("") == chosen("passphrase") == chosen("auto") == ""
    for wish, code in (("secret-service", "key-store-away"), ("sticker", "key-store-unknown")):
        with pytest.raises(Problem) as caught:
            chosen(wish)
        assert caught.value.code == code


def test_dpapi_elsewhere_is_away() -> None:
    with pytest.raises(Problem) as caught:
        keeper_of("dpapi").keep("one", b"1")
    assert caught.value.code == "key-store-away"


def test_keys_come_back_and_the_wrapping_key_lies_elsewhere(tmp_path: Path) -> None:
    drawer = Drawer()
    made = keys_of(KeeperKeyring(tmp_path, drawer))
    assert keys_of(KeeperKeyring(tmp_path, drawer)).as_plain() == made.as_plain()
    kept = (tmp_path / "store.keys").read_text("ascii")
    secrets = [*made.as_plain().values(), *(one.hex() for one in drawer.held.values())]
    assert not [one for one in secrets if one in kept]
    assert (tmp_path / "store.keys").stat().st_mode & 0o777 == 0o600
    with pytest.raises(Problem) as caught:
        KeeperKeyring(tmp_path, drawer).save(DeviceKeys())
    assert caught.value.code == "store-key"


def test_a_keeper_that_loses_what_it_took_costs_no_store(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        keys_of(KeeperKeyring(tmp_path, Drawer(short=31)))
    assert caught.value.code == "key-store-away"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("loss", ["gone", "other"])
def test_without_the_right_secret_it_fails_closed(tmp_path: Path, loss: str) -> None:
    drawer = Drawer()
    keys_of(KeeperKeyring(tmp_path, drawer))
    drawer.held = {} if loss == "gone" else {name: b"x" * 32 for name in drawer.held}
    with pytest.raises(Problem) as caught:
        keys_of(KeeperKeyring(tmp_path, drawer))
    assert caught.value.code == "key-store-lost"


def test_another_may_keep_the_same_keys(tmp_path: Path) -> None:
    drawer = Drawer()
    made = keys_of(PassphraseKeyring(tmp_path, WORDS))
    assert kept_by(tmp_path) == ""
    rewrap(tmp_path, KeeperKeyring(tmp_path, drawer), made)
    assert kept_by(tmp_path, "auto") == "drawer"
    assert keys_of(KeeperKeyring(tmp_path, drawer)).as_plain() == made.as_plain()
    rewrap(tmp_path, PassphraseKeyring(tmp_path, WORDS), made)
    assert keys_of(keyring_of(tmp_path, lambda: WORDS, "auto")).as_plain() == made.as_plain()

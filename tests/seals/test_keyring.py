from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.problems import Problem
from counter_app.seals.device import DeviceKeys
from counter_app.seals.keyring import DemoKeyring, Keyring, MemoryKeyring, PassphraseKeyring, keys_of

PASSPHRASE = "日照大厅 3 号窗口"


def keyrings(folder: Path) -> list[Keyring]:
    return [MemoryKeyring(), DemoKeyring(folder), PassphraseKeyring(folder, PASSPHRASE)]


def test_every_keyring_gives_back_the_keys_it_made(tmp_path: Path) -> None:
    for keyring in keyrings(tmp_path):
        assert keyring.load() is None
        made = keys_of(keyring)
        assert keys_of(keyring).as_plain() == made.as_plain()
    assert len(DeviceKeys().as_plain()) == len(set(DeviceKeys().as_plain().values())) == 6


def test_the_files_are_private_and_only_the_demo_is_in_clear(tmp_path: Path) -> None:
    for keyring in keyrings(tmp_path)[1:]:
        keys_of(keyring)
    assert {file.name: file.stat().st_mode & 0o777 for file in tmp_path.iterdir()} == {
        "demo.key": 0o600,
        "store.keys": 0o600,
    }
    keys = PassphraseKeyring(tmp_path, PASSPHRASE).load()
    assert keys is not None
    kept = (tmp_path / "store.keys").read_bytes()
    assert not [key for key in keys.as_plain().values() if key.encode() in kept or bytes.fromhex(key) in kept]


def test_a_wrong_passphrase_opens_nothing(tmp_path: Path) -> None:
    keys_of(PassphraseKeyring(tmp_path, PASSPHRASE))
    with pytest.raises(Problem) as caught:
        PassphraseKeyring(tmp_path, PASSPHRASE + " ").load()
    assert caught.value.code == "passphrase-wrong"


def test_a_short_passphrase_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        keys_of(PassphraseKeyring(tmp_path, "1234567"))
    assert caught.value.code == "passphrase-short"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("damage", [b"", b"{}", b"[]", b'{"salt": 1}', b"\xff\xfe"])
def test_a_damaged_file_fails_closed_and_is_never_replaced(tmp_path: Path, damage: bytes) -> None:
    for keyring, name in [
        (DemoKeyring(tmp_path), "demo.key"),
        (PassphraseKeyring(tmp_path, PASSPHRASE), "store.keys"),
    ]:
        (tmp_path / name).write_bytes(damage)
        with pytest.raises(Problem) as caught:
            keys_of(keyring)
        assert caught.value.code == "store-key"
        with pytest.raises(Problem):
            keyring.save(DeviceKeys())
        assert (tmp_path / name).read_bytes() == damage


def test_a_lost_key_file_is_not_replaced_for_an_existing_store(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        keys_of(DemoKeyring(tmp_path), may_create=False)
    assert caught.value.code == "store-key"
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(Problem) as caught:
        keys_of(DemoKeyring(tmp_path / "none"))
    assert caught.value.code == "store-write"


def test_no_key_shows_in_a_repr() -> None:
    keys = DeviceKeys()
    ring = MemoryKeyring()
    ring.save(keys)
    shown = repr(keys) + repr(ring) + repr(PassphraseKeyring(Path(), PASSPHRASE))
    assert PASSPHRASE not in shown
    assert not [key for key in keys.as_plain().values() if key in shown]

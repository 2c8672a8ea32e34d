from __future__ import annotations

from pathlib import Path

import pytest

from counter_app.problems import Problem
from counter_app.seals import recovery, recovery_pair
from counter_app.seals.keyring import MemoryKeyring, keys_of
from counter_app.seals.provider import key_id
from counter_app.seals.recovery import Recoverable

WORDS = "大厅保险柜里的口令"


@pytest.fixture
def pair(tmp_path: Path) -> tuple[Path, bytes]:
    file = tmp_path / "hall.pem"
    return file, recovery_pair.make_pair(file, WORDS)


def test_the_private_half_is_hidden_and_never_replaced(pair: tuple[Path, bytes]) -> None:
    file, _ = pair
    assert file.stat().st_mode & 0o777 == 0o600
    assert b"ENCRYPTED PRIVATE KEY" in file.read_bytes()
    with pytest.raises(Problem) as caught:
        recovery_pair.make_pair(file, WORDS)
    assert caught.value.code == "store-write"
    with pytest.raises(Problem) as caught:
        recovery_pair.read_private(file, WORDS + "x")
    assert caught.value.code == "recovery-key"
    with pytest.raises(Problem) as caught:
        recovery_pair.make_pair(file.with_name("other"), "short")
    assert caught.value.code == "passphrase-short"


def test_a_folder_with_a_recovery_key_is_wrapped_by_itself(tmp_path: Path, pair: tuple[Path, bytes]) -> None:
    file, public = pair
    (tmp_path / recovery.PUBLIC_FILE).write_text(public.hex(), "ascii")
    behind = MemoryKeyring()
    keyring = Recoverable(behind, tmp_path)
    assert keyring.load() is None
    made = keys_of(keyring)
    assert recovery.is_wrapped(tmp_path) == key_id(public)
    private = recovery_pair.read_private(file, WORDS)
    assert recovery.recover(tmp_path, private).as_plain() == made.as_plain()
    wrapped = (tmp_path / recovery.WRAP_FILE).read_bytes()
    assert not [key for key in made.as_plain().values() if key.encode() in wrapped]
    (tmp_path / recovery.WRAP_FILE).unlink()  # a stop between keeping and wrapping
    keyring.load()
    assert recovery.recover(tmp_path, private).as_plain() == made.as_plain()


def test_another_key_recovers_nothing(tmp_path: Path, pair: tuple[Path, bytes]) -> None:
    recovery.protect(tmp_path, keys_of(MemoryKeyring()), pair[1])
    stranger = tmp_path / "other.pem"
    recovery_pair.make_pair(stranger, WORDS)
    with pytest.raises(Problem) as caught:
        recovery.recover(tmp_path, recovery_pair.read_private(stranger, WORDS))
    assert caught.value.code == "recovery-key"
    (tmp_path / recovery.WRAP_FILE).unlink()
    with pytest.raises(Problem) as caught:
        recovery.recover(tmp_path, recovery_pair.read_private(stranger, WORDS))
    assert caught.value.code == "recovery-none"


@pytest.mark.parametrize("text", ["", "zz", "ab" * 31])
def test_a_file_that_is_no_public_key_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "k.pub").write_text(text, "ascii")
    with pytest.raises(Problem) as caught:
        recovery.read_public(tmp_path / "k.pub")
    assert caught.value.code == "recovery-key"

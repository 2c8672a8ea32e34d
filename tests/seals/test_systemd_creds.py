"""systemd-creds with the real program and the host's key, where the tests may use it."""

from __future__ import annotations

import os

import pytest

from counter_app.problems import Problem
from counter_app.seals.keepers.systemd_host import KEEPER as HOST
from counter_app.seals.keepers.systemd_tpm import KEEPER as TPM
from counter_app.seals.systemd_creds import SystemdCreds

SECRET = bytes(range(32))


@pytest.fixture
def host() -> SystemdCreds:
    if HOST.because():
        pytest.skip(f"systemd-creds cannot be used here: {HOST.because()}")
    return HOST


def test_what_is_sealed_opens_under_its_name_only(host: SystemdCreds) -> None:
    kept = host.keep("aa", SECRET)
    assert SECRET.hex() not in kept
    assert host.fetch("aa", kept) == SECRET
    host.forget("aa", kept)
    changed = kept[:-12] + ("A" if kept[-12] != "A" else "B") + kept[-11:]
    for name, text in (("bb", kept), ("aa", changed), ("aa", "")):
        with pytest.raises(Problem) as caught:
            host.fetch(name, text)
        assert caught.value.code == "key-store-lost"


def test_without_the_program_it_says_why(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    assert HOST.because() == TPM.because() == "本机没有 systemd-creds"
    with pytest.raises(Problem) as caught:
        HOST.fetch("aa", "")
    assert caught.value.code == "key-store-away"


def test_a_machine_without_a_tpm_says_so() -> None:
    if os.path.exists("/dev/tpmrm0"):  # noqa: PTH110
        pytest.skip("this machine has a TPM")
    assert TPM.because()

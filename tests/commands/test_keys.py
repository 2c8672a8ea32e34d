"""`keys` on a real folder: moved to another keeper, wrapped for recovery, recovered."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from counter_app.__main__ import main
from counter_app.seals.keyring import PassphraseKeyring, keys_of

OLD, NEW, SAFE = "旧的数据口令一二三", "新的数据口令一二三", "保险柜口令一二三四"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, words in (("old", OLD), ("new", NEW), ("safe", SAFE)):
        (tmp_path / name).write_text(words, "utf-8")
    made = tmp_path / "data"
    made.mkdir()
    keys_of(PassphraseKeyring(made, OLD))
    return made


def said(capsys: pytest.CaptureFixture[str], *argv: object) -> dict[str, object]:
    code = main([str(one) for one in argv])
    out = capsys.readouterr()
    told = json.loads(out.out or out.err)
    assert isinstance(told, dict)
    return {**told, "exit": code}


def test_the_keys_of_a_dead_machine_are_recovered(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = folder.parent
    before = keys_of(PassphraseKeyring(folder, OLD)).as_plain()
    new = ("--new-passphrase-file", place / "safe")
    made = said(capsys, "keys", "recovery-key", "--out", place / "hall.pem", *new)
    assert made["exit"] == 0
    old = ("--passphrase-file", place / "old")
    protect = ("keys", "protect", "--data", folder, *old, "--public", place / "hall.pem.pub")
    assert said(capsys, *protect)["recovery"] == made["key_id"]
    status = said(capsys, "keys", "status", "--data", folder)
    assert (status["keeper"], status["recovery"]) == ("passphrase", made["key_id"])

    private = ("--private", place / "hall.pem", "--passphrase-file", place / "safe")
    to = ("--to", "passphrase", "--new-passphrase-file", place / "new")
    assert said(capsys, "keys", "recover", "--data", folder, *private, *to)["exit"] == 0
    assert keys_of(PassphraseKeyring(folder, NEW)).as_plain() == before
    wrong = ("--private", place / "hall.pem", "--passphrase-file", place / "new")
    refused = said(capsys, "keys", "recover", "--data", folder, *wrong, *to)
    assert refused["exit"] == 1
    assert "recovery-key" in str(refused)


def test_moving_asks_for_the_passphrase_of_today(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = folder.parent
    kept = (folder / "store.keys").read_bytes()
    to = ("--to", "passphrase", "--new-passphrase-file", place / "new")
    wrong = said(capsys, "keys", "move", "--data", folder, "--passphrase-file", place / "new", *to)
    assert "passphrase-wrong" in str(wrong)
    assert (folder / "store.keys").read_bytes() == kept
    away = ("--to", "dpapi")
    assert "key-store-away" in str(
        said(capsys, "keys", "move", "--data", folder, "--passphrase-file", place / "old", *away)
    )
    assert (folder / "store.keys").read_bytes() == kept
    moved = said(capsys, "keys", "move", "--data", folder, "--passphrase-file", place / "old", *to)
    assert (moved["exit"], moved["keeper"]) == (0, "passphrase")
    assert keys_of(PassphraseKeyring(folder, NEW)).public_key


def test_a_machine_lists_what_it_has(capsys: pytest.CaptureFixture[str]) -> None:
    rows = said(capsys, "keys", "status")["keepers"]
    assert isinstance(rows, list)
    assert {row["id"]: row["available"] for row in rows}["dpapi"] is False
    assert "usage" in str(said(capsys, "keys", "move", "--to", "passphrase"))

"""`keys`: who keeps the keys of a data folder, and how they are recovered."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.commands.output import print_json
from counter_app.commands.reading import add_data, passphrase
from counter_app.commands.registry import EXIT_DONE, Command
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.seals.device import DeviceKeys
    from counter_app.seals.keyring import KeeperKeyring, PassphraseKeyring

MANUAL = """\
keys status [--data DIR]      who keeps the keys, whether they can be recovered, and which keepers this
                              machine has: secret-service, systemd-creds, tpm, dpapi, passphrase
keys move --data DIR --to ID  have another keep them; --new-passphrase-file FILE for `passphrase`
keys recovery-key --out FILE --new-passphrase-file FILE
                              the hall's recovery key: FILE for the safe, FILE.pub for every desk
keys protect --data DIR --public FILE.pub
                              wrap the keys for recovery too, now and whenever they are made anew
keys recover --data DIR --private FILE --passphrase-file FILE --to ID
                              a dead machine's disk: open the wrap, have another keeper keep the keys

move, protect and recover need the folder to themselves: no desk may be open on it.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_data(parser, required=False)
    parser.add_argument("action", choices=tuple(_ACTIONS))
    parser.add_argument("--to", default="", metavar="ID", help="who is to keep the keys")
    parser.add_argument("--new-passphrase-file", type=Path, metavar="FILE", help="the passphrase to come")
    parser.add_argument("--public", type=Path, metavar="FILE", help="the hall's recovery key, public half")
    parser.add_argument("--private", type=Path, metavar="FILE", help="its private half")
    parser.add_argument("--out", type=Path, metavar="FILE", help="where a new recovery key goes")


def run(arguments: argparse.Namespace) -> int:
    """Do one of them."""
    print_json(_ACTIONS[arguments.action](arguments))
    return EXIT_DONE


def _status(arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.seals.keeper import PASSPHRASE, keepers
    from counter_app.seals.keyring import DEMO_FILE, KEYS_FILE, kept_by
    from counter_app.seals.recovery import is_wrapped

    rows = [
        {"id": one.id, "title": one.title, "available": not one.because(), "because": one.because()}
        for one in keepers().values()
    ]
    folder = arguments.data
    if folder is None or not any((folder / name).exists() for name in (DEMO_FILE, KEYS_FILE)):
        return {"keeper": "", "recovery": "", "keepers": rows}
    return {"keeper": kept_by(folder) or PASSPHRASE, "recovery": is_wrapped(folder), "keepers": rows}


def _move(arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.seals.keyring import DEMO, DEMO_FILE, kept_by

    folder = _folder(arguments)
    if (folder / DEMO_FILE).exists():
        raise Problem("key-store-unknown", str(folder), DEMO)
    before = kept_by(folder)
    _kept_anew(arguments, lambda: _keys_there(arguments))
    return {"keeper": kept_by(folder) or "passphrase", "before": before or "passphrase"}


def _recovery_key(arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.seals.provider import key_id
    from counter_app.seals.recovery_pair import make_pair

    if arguments.out is None:
        raise Problem("usage", "keys recovery-key", "要写明 --out")
    public = make_pair(arguments.out, _new_passphrase(arguments))
    told = arguments.out.with_name(arguments.out.name + ".pub")
    told.write_text(public.hex() + "\n", "ascii")
    return {"private": str(arguments.out), "public": str(told), "key_id": key_id(public)}


def _protect(arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.database.lock import FolderLock
    from counter_app.seals.provider import key_id
    from counter_app.seals.recovery import protect, read_public

    folder = _folder(arguments)
    if arguments.public is None:
        raise Problem("usage", "keys protect", "要写明 --public")
    public = read_public(arguments.public)
    lock = FolderLock(folder)
    lock.take()
    try:
        protect(folder, _keys_there(arguments), public)
    finally:
        lock.free()
    return {"recovery": key_id(public)}


def _recover(arguments: argparse.Namespace) -> dict[str, object]:
    from counter_app.seals.keyring import kept_by
    from counter_app.seals.recovery import recover
    from counter_app.seals.recovery_pair import read_private

    folder = _folder(arguments)
    if arguments.private is None:
        raise Problem("usage", "keys recover", "要写明 --private")
    private = read_private(arguments.private, passphrase(arguments))
    _kept_anew(arguments, lambda: recover(folder, private))
    return {"keeper": kept_by(folder) or "passphrase"}


def _kept_anew(arguments: argparse.Namespace, keys: Callable[[], DeviceKeys]) -> None:
    """Wrap keys as `--to` says, while nobody else has the folder."""
    from counter_app.database.lock import FolderLock
    from counter_app.seals.keyring import rewrap

    folder, target = _folder(arguments), _target(arguments)
    lock = FolderLock(folder)
    lock.take()
    try:
        rewrap(folder, target, keys())
    finally:
        lock.free()


def _target(arguments: argparse.Namespace) -> KeeperKeyring | PassphraseKeyring:
    from counter_app.seals.keeper import PASSPHRASE, chosen, keeper_of
    from counter_app.seals.keyring import KeeperKeyring, PassphraseKeyring

    if arguments.to == PASSPHRASE:
        return PassphraseKeyring(arguments.data, _new_passphrase(arguments))
    name = chosen(arguments.to)
    if not name:
        raise Problem("usage", "keys", "要用 --to 写明由谁保管")
    return KeeperKeyring(arguments.data, keeper_of(name))


def _keys_there(arguments: argparse.Namespace) -> DeviceKeys:
    from counter_app.seals.keyring import keyring_of, keys_of

    return keys_of(keyring_of(arguments.data, lambda: passphrase(arguments)), may_create=False)


def _new_passphrase(arguments: argparse.Namespace) -> str:
    file: Path | None = arguments.new_passphrase_file
    if file is None:
        raise Problem("usage", "keys", "要用 --new-passphrase-file 给出口令文件")
    return file.read_text("utf-8").strip()


def _folder(arguments: argparse.Namespace) -> Path:
    folder: Path | None = arguments.data
    if folder is None:
        raise Problem("usage", "keys", "要写明 --data")
    if not folder.is_dir():
        raise Problem("store-missing", str(folder), str(folder))
    return folder


_ACTIONS: dict[str, Callable[[argparse.Namespace], dict[str, object]]] = {
    "status": _status,
    "move": _move,
    "recovery-key": _recovery_key,
    "protect": _protect,
    "recover": _recover,
}
COMMAND = Command("keys", "who keeps the keys, and recovery", add_arguments, run, MANUAL)

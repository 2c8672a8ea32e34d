"""`receipt verify FILE|TEXT`: is this paper ours, and unchanged?"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from counter_app.commands.output import print_json
from counter_app.commands.reading import add_data, add_json, reading
from counter_app.commands.registry import EXIT_DONE, EXIT_REFUSED, Command
from counter_app.problems import Problem

MANUAL = """\
FILE is a PDF of ours, TEXT what a scanner read from its QR (OW1R.…). The signature is checked
against the key of --key (the device's public key: `device.pub` of its data folder, or what
`receipt key` prints) or of the store in --data; the page is rendered again from its embedded
content and compared word by word. With neither key nor store no device is trusted.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_data(parser, required=False)
    add_json(parser)
    parser.add_argument("action", choices=("verify", "key"), help="`key` prints the store's public key")
    parser.add_argument("what", nargs="?", default="", metavar="FILE|TEXT")
    parser.add_argument("--key", type=Path, metavar="FILE", help="public key of the issuing device")


def run(arguments: argparse.Namespace) -> int:
    """Verify a paper; exit 1 when it does not hold."""
    if arguments.action == "key":
        with reading(arguments) as opened:
            print_json(opened.public_keys_hex())
        return EXIT_DONE
    from counter_app.documents.verify import verify_file, verify_text

    keys = _keys(arguments)
    file = Path(arguments.what)
    is_text = arguments.what.startswith("OW1R.")
    if not is_text and not file.is_file():
        raise Problem("not-found", "file", arguments.what)
    found = verify_text(arguments.what, keys) if is_text else verify_file(file, keys)
    print_json({"ok": found.ok, "number": found.number, "device": found.device, "because": found.because})
    return EXIT_DONE if found.ok else EXIT_REFUSED


def _keys(arguments: argparse.Namespace) -> dict[str, bytes]:
    """The keys to trust: of the file given, of the store given, or none."""
    if arguments.key is not None:
        return _read_key(arguments.key)
    if arguments.data is None:
        return {}
    with reading(arguments) as opened:
        return opened.public_keys()


def _read_key(file: Path) -> dict[str, bytes]:
    """A key file: 64 hexadecimal digits, or the JSON that `receipt key` prints."""
    from counter_app.seals.provider import key_id

    try:
        text = file.read_text("ascii").strip()
        found = list(json.loads(text).values()) if text.startswith("{") else [text]
        keys = [bytes.fromhex(one) for one in found]
    except (OSError, ValueError, TypeError, AttributeError) as error:
        raise Problem("usage", "--key", "公钥文件应为 64 位十六进制") from error
    return {key_id(key): key for key in keys}


COMMAND = Command("receipt", "verify a paper of ours", add_arguments, run, MANUAL)

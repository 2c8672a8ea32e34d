"""Proving who somebody is at the command line: by a file or at the terminal, never by an argument."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.domain.actor import Actor
    from counter_app.services.door import Proof
    from counter_app.services.office import Office


def add_login(parser: argparse.ArgumentParser, name: str, whose: str) -> None:
    """Declare `--NAME`: a file whose first line is somebody's password, its second a one-time code."""
    parser.add_argument(f"--{name}", type=Path, metavar="FILE", help=f"{whose}: password, then one-time code")


def proof_from(file: Path | None, clerk_no: str, new: Path | None = None) -> Proof:
    """What a file or a terminal says. Raises Problem `login-needed` where there is neither."""
    from counter_app.services.door import Proof

    words = new.read_text("utf-8").strip() if new is not None else ""
    if file is not None:
        password, _, code = file.read_text("utf-8").strip().partition("\n")
        return Proof(password.strip(), code.strip(), words)
    if not sys.stdin.isatty():
        raise Problem("login-needed", clerk_no)
    import getpass

    password = getpass.getpass(f"工号 {clerk_no} 的口令：")
    return Proof(password, getpass.getpass("动态码（没有的按回车）："), words)


def signed(office: Office, file: Path | None) -> Office:
    """The same office, its actor signed in where people sign in. Raises what `door.sign_in` raises."""
    if not office.ports.storage.has_logins():
        return office
    number = office.actor.clerk_no
    actor = _by_login(office, number, file)
    return replace(office, actor=replace(actor, device=office.actor.device, window=office.actor.window))


def witnessed(office: Office, clerk_no: str, file: Path | None) -> Office:
    """The same office, somebody else signed in beside its actor. Raises what `door.sign_in` raises."""
    if not office.ports.storage.has_logins() or not clerk_no or clerk_no == office.actor.clerk_no:
        return office  # what is wrong with the second one is said by the act itself
    return replace(office, vouched=frozenset({_by_login(office, clerk_no, file, "witnessed").clerk_no}))


def _by_login(office: Office, clerk_no: str, file: Path | None, why: str = "signed_in") -> Actor:
    from counter_app.services.door import door_of, sign_in_to_work

    return sign_in_to_work(door_of(office), clerk_no, proof_from(file, clerk_no), why)

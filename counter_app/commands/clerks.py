"""`clerks`: who may work at a counter, by the officers who may say so (三员分立)."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_app.commands.output import print_json
from counter_app.commands.reading import add_data, reading
from counter_app.commands.registry import EXIT_DONE, Command
from counter_app.commands.signing import add_login, proof_from
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.domain.actor import Actor
    from counter_app.services.door import Door

MANUAL = """\
clerks list --data DIR                      who works here, with which roles, and whose login is locked
clerks found --data DIR --system NO=NAME --security NO=NAME --audit NO=NAME
                                            the three officers of a new counter; their first passwords are
                                            told once and have to be changed at the first login
clerks password NO --data DIR --login FILE --new FILE      change one's own
clerks add NO --name NAME --role R --by SYS --second SEC   a clerk or an officer; first password told once
clerks disable NO --by SYS                  works here no longer
clerks roles NO --role R --by SEC           other roles
clerks unlock NO --by SEC                   open a login locked by wrong answers
clerks reset NO --by SEC                    a first password again
clerks totp NO --by SEC                     a second factor: the secret for an authenticator, told once

SYS is a system officer (系统管理员), SEC a security officer (安全管理员); each signs in with --login FILE and
--second-login FILE (first line the password, second line the one-time code) or at the terminal.
Roles: clerk supervisor reviewer finance auditor; system_admin security_admin audit_admin, each alone.
No desk may have the folder open.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_data(parser)
    parser.add_argument("action", choices=("list", *_ACTIONS))
    parser.add_argument("number", nargs="?", default="", metavar="NO", help="工号 it is about")
    parser.add_argument("--name", default="", help="their name")
    parser.add_argument("--role", action="append", default=[], metavar="ROLE", help="a role; may be repeated")
    parser.add_argument("--by", default="", metavar="NO", help="the officer who does it")
    parser.add_argument("--second", default="", metavar="NO", help="the security officer beside them")
    for role in ("system", "security", "audit"):
        parser.add_argument(f"--{role}", default="", metavar="NO=NAME", help=f"found: the {role} officer")
    add_login(parser, "login", "whoever does it")
    add_login(parser, "second-login", "the officer beside them")
    parser.add_argument("--new", type=Path, metavar="FILE", help="the new password")


def run(arguments: argparse.Namespace) -> int:
    """List, or do one thing. Raises what `accounts` and `door` raise, and `store-locked`."""
    if arguments.action == "list":
        return _list(arguments)
    with _door(arguments) as door:
        told = _ACTIONS[arguments.action](door, arguments)
    print_json(told)
    return EXIT_DONE


def _list(arguments: argparse.Namespace) -> int:
    with reading(arguments) as opened:
        rows = [_row(opened.storage.login(one.clerk_no), one) for one in opened.storage.clerks()]
    print_json(rows)
    return EXIT_DONE


def _row(login: Any, clerk: Actor) -> dict[str, object]:
    state = "none" if login is None else "first" if login.must_change else "ready"
    return {
        "id": clerk.clerk_no,
        "name": clerk.clerk_name,
        "roles": list(clerk.roles),
        "login": "locked" if login is not None and login.locked_until_ms else state,
        "second_factor": bool(login is not None and login.totp),
    }


@contextmanager
def _door(arguments: argparse.Namespace) -> Iterator[Door]:
    from counter_app.clock import WallClock
    from counter_app.joined import spend_at
    from counter_app.opened_store import open_for_writing
    from counter_app.services.door import Door

    with reading(arguments) as opened, open_for_writing(opened) as store:
        yield Door(store, opened.secrets, WallClock().now, spend=spend_at(opened.folder))


def _found(door: Door, arguments: argparse.Namespace) -> object:
    from counter_app.domain.logins import AUDIT, SECURITY, SYSTEM
    from counter_app.services.accounts import found

    named = {SYSTEM: arguments.system, SECURITY: arguments.security, AUDIT: arguments.audit}
    told = found(door, {role: _split(text) for role, text in named.items()})
    return [{"id": number, "first_password": words} for number, words in told.items()]


def _split(text: str) -> tuple[str, str]:
    number, _, name = text.partition("=")
    return number.strip(), name.strip()


def _password(door: Door, arguments: argparse.Namespace) -> object:
    from counter_app.services.door import sign_in

    if arguments.new is None:
        raise Problem("usage", "clerks password", "要用 --new 给出新口令文件")
    proof = proof_from(arguments.login, arguments.number, arguments.new)
    return {"id": sign_in(door, arguments.number, proof, "password_changed").clerk_no}


def _add(door: Door, arguments: argparse.Namespace) -> object:
    from counter_app.domain.actor import Actor
    from counter_app.services.accounts import add

    first = _officer(door, arguments.by, arguments.login)
    second = _officer(door, arguments.second, arguments.second_login)
    clerk = Actor(arguments.number, arguments.name, tuple(arguments.role))
    return {"id": clerk.clerk_no, "first_password": add(door, first, second, clerk)}


def _disable(door: Door, arguments: argparse.Namespace) -> object:
    from counter_app.services.accounts import disable

    disable(door, _by(door, arguments), arguments.number)
    return {"id": arguments.number}


def _roles(door: Door, arguments: argparse.Namespace) -> object:
    from counter_app.services.accounts import set_roles

    clerk = set_roles(door, _by(door, arguments), arguments.number, arguments.role)
    return {"id": clerk.clerk_no, "roles": list(clerk.roles)}


def _unlock(door: Door, arguments: argparse.Namespace) -> object:
    from counter_app.services.accounts import unlock

    unlock(door, _by(door, arguments), arguments.number)
    return {"id": arguments.number}


def _reset(door: Door, arguments: argparse.Namespace) -> object:
    from counter_app.services.accounts import reset

    return {"id": arguments.number, "first_password": reset(door, _by(door, arguments), arguments.number)}


def _totp(door: Door, arguments: argparse.Namespace) -> object:
    from counter_app.seals.passwords import totp_address
    from counter_app.services.accounts import give_totp

    secret = give_totp(door, _by(door, arguments), arguments.number)
    return {"id": arguments.number, "secret": secret, "address": totp_address(secret, arguments.number, "")}


def _by(door: Door, arguments: argparse.Namespace) -> Actor:
    return _officer(door, arguments.by, arguments.login)


def _officer(door: Door, number: str, file: Path | None) -> Actor:
    from counter_app.services.door import sign_in

    if not number:
        raise Problem("field-required", "--by", "管理员的工号")
    return sign_in(door, number, proof_from(file, number), "administered")


_ACTIONS: dict[str, Callable[[Door, argparse.Namespace], object]] = {
    "found": _found,
    "password": _password,
    "add": _add,
    "disable": _disable,
    "roles": _roles,
    "unlock": _unlock,
    "reset": _reset,
    "totp": _totp,
}
COMMAND = Command("clerks", "who may work at a counter", add_arguments, run, MANUAL)

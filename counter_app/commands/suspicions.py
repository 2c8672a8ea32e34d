"""`suspicions list|hand-over|decide`: 疑点 for who audits; a clerk without that role sees none."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.clock import WallClock
from counter_app.commands.output import show
from counter_app.commands.reading import add_data, add_json, reading
from counter_app.commands.registry import EXIT_DONE, Command
from counter_app.commands.signing import add_login, proof_from
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.domain.actor import Actor
    from counter_app.joined import spend_at
    from counter_app.opened_store import Reading
    from counter_app.services.suspicions import Finding

COLUMNS = ("id", "title", "text", "cases", "state")
MANUAL = """
suspicions list --clerk NO               every mark of this store and what has become of it
suspicions hand-over MARK --clerk NO     give one to 稽核; `all` gives every new one
suspicions decide MARK --clerk NO --outcome cleared|confirmed|transferred --reason WORDS

NO is the number of an auditor (or, for the first two, a supervisor) of this store. A mark asks somebody to
look; it stops no case. Thresholds are `suspicion.*` of the region: without one there is no mark.
Writing is refused while a desk has the folder.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_data(parser)
    add_json(parser)
    parser.add_argument("action", choices=("list", "hand-over", "decide"))
    parser.add_argument("mark", nargs="?", default="", metavar="MARK", help="id of a mark")
    parser.add_argument("--clerk", default="", metavar="NO", help="who looks")
    add_login(parser, "login", "who looks, where people sign in")
    parser.add_argument("--region", default="", metavar="REGION", help="default: the hall's own")
    parser.add_argument("--outcome", default="", help="cleared, confirmed or transferred")
    parser.add_argument("--reason", default="", help="why, in words without names")


def run(arguments: argparse.Namespace) -> int:
    """List, hand over or decide. Raises Problem `auditor-needed`, `not-found`, `state-wrong`, …"""
    with reading(arguments) as opened:
        actor = _proven(opened, _actor(opened, arguments.clerk), arguments.login)
        found = _find(opened, arguments.region, actor)
    if arguments.action == "list":
        show([finding.as_dict() for finding in found], COLUMNS, arguments.json)
        return EXIT_DONE
    chosen = [one for one in found if arguments.mark == one.mark.id or _all_new(arguments, one)]
    if not chosen and arguments.mark != "all":
        raise Problem("not-found", "mark", arguments.mark)
    _write(opened, arguments, chosen, actor)
    return EXIT_DONE


def _all_new(arguments: argparse.Namespace, finding: Finding) -> bool:
    return arguments.action == "hand-over" and arguments.mark == "all" and finding.state == "new"


def _actor(opened: Reading, number: str) -> Actor:
    """The clerk as the store knows them: nobody gives themselves a role on a command line."""
    found = next((clerk for clerk in opened.storage.clerks() if clerk.clerk_no == number), None)
    if found is None:
        raise Problem("auditor-needed", "--clerk", "查看疑点")
    return found


def _proven(opened: Reading, actor: Actor, file: Path | None) -> Actor:
    """The same clerk, signed in where people sign in; no desk may have the folder then."""
    if not opened.storage.has_logins():
        return actor
    from counter_app.opened_store import open_for_writing
    from counter_app.services.door import Door, sign_in_to_work

    with open_for_writing(opened) as store:
        door = Door(store, opened.secrets, WallClock().now, spend=spend_at(opened.folder))
        return sign_in_to_work(door, actor.clerk_no, proof_from(file, actor.clerk_no))


def _find(opened: Reading, region: str, actor: Actor) -> tuple[Finding, ...]:
    from counter_app import settings
    from counter_app.catalog.region_packs import load_regions
    from counter_app.services import suspicions

    regions = load_regions()
    name = region or settings.load(opened.folder / settings.SETTINGS_FILE).region
    if name not in regions:
        raise Problem("not-found", "--region", name)
    today = WallClock().now().date()
    return suspicions.find(opened.store, opened.secrets, regions[name], today, actor)


def _write(opened: Reading, arguments: argparse.Namespace, chosen: list[Finding], actor: Actor) -> None:
    from counter_app.opened_store import open_for_writing
    from counter_app.services import suspicions

    with open_for_writing(opened) as store:
        for finding in chosen:
            now = WallClock().now()
            if arguments.action == "hand-over":
                suspicions.hand_over(store, finding, actor, now)
            else:
                suspicions.decide(store, finding, arguments.outcome, arguments.reason, actor, now)


COMMAND = Command(
    "suspicions",
    "marks for auditors: find, hand over, record what was found",
    add_arguments,
    run,
    manual=MANUAL,
)

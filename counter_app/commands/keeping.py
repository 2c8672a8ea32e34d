"""`cases archive|hand-over|take-over`: originals and archives from the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from counter_app.commands.output import print_json, show
from counter_app.commands.reading import reading
from counter_app.commands.registry import EXIT_DONE, EXIT_REFUSED
from counter_app.commands.slips import SLIPS, add_slips
from counter_app.commands.working import add_clerk, working
from counter_app.problems import Problem

MANUAL = """
cases list|show NUMBER|due|checks      look (also beside a running desk)
cases hand-over NUMBER --to NAME       papers to the back office on a slip (原件交接单), counted page by page;
                                       --back brings them to the window again
cases unverified                       accepted while the line was cut, not compared with the hub yet (待核)
cases verify NUMBER                    compared: it agrees; --differs WHY keeps it listed with what does not
cases take-over SLIP                   sign for a slip; --pages says what was counted, --note why it differs
cases archive NUMBER                   seal a finished case below archive/ of the data folder
cases archive check                    compare every archive with its manifest, signature and fact; exit 1
                                       names each file that is damaged, lost, or was added
cases archive open 档号 --out DIR       open one archive into DIR, in clear; the look is recorded

档号: 全宗号-门类·年度-保管期限-事项-本机代码件号, for example 001-YB·2026-D30-MT02-K7Q0001; the settings
archive_fonds, archive_class and archive_period choose its first parts.
verify, hand-over, take-over and archive write, so no desk may have the folder open; they need --clerk,
and where the store knows its clerks it must be one of them: roles are those of the store.
"""
COLUMNS = ("archive", "file", "code", "text")


def add_keeping(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of these actions."""
    parser.add_argument("target", nargs="?", default="", help="档号, for `archive open`")
    parser.add_argument("--to", default="", metavar="NAME", help="who takes the papers, for `hand-over`")
    parser.add_argument("--to-no", default="", metavar="NO", help="their 工号")
    parser.add_argument("--post", default="", help="where they work, for example 待遇审核岗")
    parser.add_argument("--back", action="store_true", help="`hand-over` from the back office to the window")
    parser.add_argument(
        "--pages", action="append", default=[], metavar="CODE=N", help="sheets of a material, as counted"
    )
    parser.add_argument("--note", default="", help="why a count differs, for `take-over`")
    parser.add_argument("--differs", default="", metavar="WHY", help="what does not agree, for `verify`")
    parser.add_argument("--out", type=Path, metavar="PATH", help="where files, a template or a package go")
    add_slips(parser)
    add_clerk(parser)


def hand_over(arguments: argparse.Namespace) -> int:
    """Print the slip and write both names down."""
    from counter_app.services import originals

    taker = originals.Hand(arguments.to, arguments.to_no, arguments.post)
    towards = originals.FRONT if arguments.back else originals.BACK
    with working(arguments) as office:
        slip = originals.hand_over(
            office, arguments.number or "", taker, towards=towards, pages=_pages(arguments.pages)
        )
    print_json({"slip": slip.number, "case": slip.case_number, "towards": towards})
    return EXIT_DONE


def take_over(arguments: argparse.Namespace) -> int:
    """Sign for a slip."""
    from counter_app.services import originals

    with working(arguments) as office:
        taken = originals.take_over(office, arguments.number or "", _pages(arguments.pages), arguments.note)
    print_json(
        {"slip": taken.slip, "taken_by": taken.taken_by, "bundles": [asdict(b) for b in taken.bundles]}
    )
    return EXIT_DONE


def archive(arguments: argparse.Namespace) -> int:
    """Seal one case, check all archives, or open one."""
    if arguments.number == "check":
        return _check(arguments)
    if arguments.number == "open":
        return _open(arguments)
    from counter_app.services.archive import FOLDER, Scheme
    from counter_app.services.archive import archive as seal
    from counter_app.settings import SETTINGS_FILE, load

    chosen = load(arguments.data / SETTINGS_FILE)
    with working(arguments) as office:
        fonds = chosen.archive_fonds or _hall(arguments.number or "")
        scheme = Scheme(fonds, chosen.archive_class, chosen.archive_period)
        made = seal(office, arguments.number or "", arguments.data / FOLDER, scheme)
    told = {"id": made.number, "case": made.case_number, "files": made.files, "manifest": made.manifest}
    print_json({**told, "folder": str(made.folder)})
    return EXIT_DONE


def _check(arguments: argparse.Namespace) -> int:
    from counter_app.seals.trust import TrustStore
    from counter_app.services.archive import FOLDER, checked, folders

    with reading(arguments) as opened:
        trust = TrustStore(opened.public_keys())
        root = opened.folder / FOLDER
        damage = [{"archive": name, **asdict(one)} for name, one in checked(root, trust, opened.every_fact())]
        count = sum(1 for _ in folders(root))
    if arguments.json:
        print_json({"ok": not damage, "archives": count, "damage": damage})
    else:
        show(damage, COLUMNS, False)
    return EXIT_REFUSED if damage else EXIT_DONE


def _open(arguments: argparse.Namespace) -> int:
    from counter_app.seals import vault
    from counter_app.services.archive import FOLDER

    if arguments.out is None or not arguments.target:
        raise Problem("usage", "archive open", "要写明档号和 --out")
    with reading(arguments) as opened:
        folder = opened.folder / FOLDER / Path(arguments.target).name
        try:
            names = [row["name"] for row in vault.read_manifest(folder)["files"]]
        except (OSError, ValueError) as error:
            raise Problem("not-found", "archive", arguments.target) from error
        opened.note_look(f"archive {folder.name}")
        for name in names:
            data = vault.read(folder, name, opened.secrets.open_file)  # only what was sealed under this name
            file = arguments.out / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
    print_json({"id": folder.name, "files": names})
    return EXIT_DONE


def _pages(given: list[str]) -> dict[str, int]:
    """`M_MEDREC=12` as a count. Raises Problem `field-number`."""
    found = {}
    for text in given:
        code, _, count = text.partition("=")
        if not (count.isascii() and count.isdecimal()):
            raise Problem("field-number", "--pages", text)
        found[code] = int(count)
    return found


def _hall(number: str) -> str:
    """The hall's code in a printed number."""
    parts = number.split("-")
    return parts[1] if len(parts) > 1 else "001"


def verify(arguments: argparse.Namespace) -> int:
    """Say that an offline acceptance was compared with the hub."""
    from counter_app.services.verification import verified

    with working(arguments) as office:
        found = verified(office, arguments.number or "", not arguments.differs, arguments.differs)
    print_json({"id": found.case_id, "number": found.number, "agrees": not arguments.differs})
    return EXIT_DONE


KEEPING: dict[str, Callable[[argparse.Namespace], int]] = {
    "hand-over": hand_over,
    "take-over": take_over,
    "archive": archive,
    **SLIPS,
    "verify": verify,
}

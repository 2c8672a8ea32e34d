"""`people show -`: one person of the local copy, by a number read from standard input."""

from __future__ import annotations

import argparse
import sys

from counter_app.commands.output import print_json
from counter_app.commands.reading import add_data, add_json, reading
from counter_app.commands.registry import EXIT_DONE, Command
from counter_app.domain import masks
from counter_app.domain.codec import to_plain
from counter_app.domain.idnumbers import check
from counter_app.problems import Problem

MANUAL = """\
The certificate number is read from standard input, never given as an argument:
  counter-app people show - --data DIR < file-with-the-number
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_data(parser)
    add_json(parser)
    parser.add_argument("action", choices=("show",))
    parser.add_argument("source", choices=("-",), help="- : the number comes on standard input")
    parser.add_argument("--reveal", action="store_true", help="open what is masked; the look is recorded")


def run(arguments: argparse.Namespace) -> int:
    """Show one person, masked unless `--reveal`."""
    number = check(sys.stdin.readline()).text
    with reading(arguments) as opened:
        person = opened.storage.person_by_certno(number)
        if person is None:
            raise Problem("person-unknown", "people")
        plain = to_plain(person)
        if arguments.reveal:
            opened.note_look(f"person {person.person_id}")
        else:
            plain["psn_name"] = masks.name(person.psn_name)
            plain["certno"] = masks.certno(person.certno)
            plain["tel"] = masks.phone(person.tel)
            plain["addr"] = person.addr[:6] + "…" if person.addr else ""
            plain["card_no"] = masks.certno(person.card_no)
        cases = opened.storage.cases(person.person_id)
        print_json({"id": person.person_id, **plain, "cases": [c.number for c in cases]})
    return EXIT_DONE


COMMAND = Command("people", "show a person of the local copy", add_arguments, run, MANUAL)

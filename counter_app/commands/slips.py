"""`cases transfer|serve|special`: the slips of a case on its way, from the command line."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from counter_app.commands.output import print_json
from counter_app.commands.registry import EXIT_DONE
from counter_app.commands.working import working

if TYPE_CHECKING:
    from counter_app.domain.cases import PaperRecord

MANUAL = """
cases transfer NUMBER --post 岗位或机构 --reason …   转办（移送）单; time limits go on
cases serve NUMBER --way 邮寄送达 [--place …]        送达回证 for the newest decision
cases special NUMBER --procedure 专家评审 --days 10 --reason …
                                                   特别程序告知书; the clocks stand still for so many working
                                                   days; --ended lets them go on today
"""


def add_slips(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of these actions."""
    parser.add_argument("--reason", default="", help="why, for `transfer` and `special`")
    parser.add_argument("--by", type=date.fromisoformat, metavar="DAY", help="until when, for `transfer`")
    parser.add_argument("--way", default="窗口送达", help="how a decision is served")
    parser.add_argument("--place", default="", help="where it is served (default: the hall)")
    parser.add_argument("--procedure", default="", help="专家评审, 现场考察, 协查, 稽核调查 or 转出地办理")
    parser.add_argument("--days", type=int, default=0, metavar="N", help="working days it takes at most")
    parser.add_argument("--ended", action="store_true", help="the procedure has ended today")


def transfer(arguments: argparse.Namespace) -> int:
    """Print the transfer slip."""
    from counter_app.services.originals import Hand
    from counter_app.services.slips import transfer_slip

    to = Hand(arguments.to, arguments.to_no, arguments.post)
    with working(arguments) as office:
        slip = transfer_slip(office, arguments.number or "", to, arguments.reason, arguments.by)
    return _told(slip)


def serve(arguments: argparse.Namespace) -> int:
    """Print the proof of service."""
    from counter_app.services.slips import service_slip

    with working(arguments) as office:
        slip = service_slip(office, arguments.number or "", arguments.way, arguments.place)
    return _told(slip)


def special(arguments: argparse.Namespace) -> int:
    """Stop the clocks for a procedure and tell the applicant; or let them go on."""
    from counter_app.services.slips import special_ended, special_procedure

    number = arguments.number or ""
    with working(arguments) as office:
        if arguments.ended:
            record = special_ended(office, number)
            print_json({"case": record.number, "due_on": record.due_on})
            return EXIT_DONE
        slip = special_procedure(office, number, arguments.procedure, arguments.days, arguments.reason)
    return _told(slip)


def _told(slip: PaperRecord) -> int:
    print_json({"slip": slip.number, "case": slip.case_number, "kind": slip.kind})
    return EXIT_DONE


SLIPS: dict[str, Callable[[argparse.Namespace], int]] = {
    "transfer": transfer,
    "serve": serve,
    "special": special,
}

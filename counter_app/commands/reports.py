"""`reports list|show|export`: what a hall counts, beside its running desk; nothing about one person."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from counter_app.clock import WallClock
from counter_app.commands.output import print_json, show
from counter_app.commands.reading import add_data, add_json, reading
from counter_app.commands.registry import EXIT_DONE, Command
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.opened_store import Reading
    from counter_app.services.reports import Ledger, Table

ALL = "all"
MANUAL = """
reports list                  every report with what it counts and the rows it answers
reports show ID               one report: rows, reconciliations, definition
reports export ID --out FILE  the same as .xlsx or .csv; ID `all` puts every report into one .xlsx

Days are business days of the hall (Asia/Shanghai), both ends included. An empty denominator gives —.
Money is in 分. `--region` counts by another place's lists and limits than the hall's own.
"""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_data(parser, required=False)
    add_json(parser)
    parser.add_argument("action", choices=("list", "show", "export"))
    parser.add_argument("report", nargs="?", default="", metavar="ID", help="such as channels")
    parser.add_argument("--from", dest="first", type=date.fromisoformat, metavar="DAY", help="first day")
    parser.add_argument("--to", dest="last", type=date.fromisoformat, metavar="DAY", help="last day")
    parser.add_argument("--region", default="", metavar="REGION", help="default: the hall's own")
    parser.add_argument("--out", type=Path, metavar="FILE", help=".xlsx or .csv, for `export`")


def run(arguments: argparse.Namespace) -> int:
    """List, show or export. Raises Problem `not-found`, `usage`, `store-missing`, `sheet-write`."""
    from counter_app.services import reports

    if arguments.action == "list":
        rows = [
            {
                "id": report.id,
                "title": report.title,
                "numerator": report.definition.numerator,
                "denominator": report.definition.denominator,
                "period": report.definition.period,
                "sources": list(report.definition.sources),
            }
            for report in reports.by_id().values()
        ]
        show(rows, ("id", "title", "numerator"), arguments.json)
        return EXIT_DONE
    ids = list(reports.by_id()) if arguments.report == ALL else [reports.find(arguments.report).id]
    tables = _tables(arguments, ids)
    if arguments.action == "export":
        return _export(tables, arguments.out)
    if arguments.json:
        print_json(tables[0].as_dict() if len(tables) == 1 else [one.as_dict() for one in tables])
    else:
        _print(tables)
    return EXIT_DONE


def _tables(arguments: argparse.Namespace, ids: Sequence[str]) -> list[Table]:
    from counter_app.services import reports

    if arguments.data is None:
        raise Problem("usage", "--data", "请指明数据文件夹")
    with reading(arguments) as opened:
        ledger = _ledger(opened, arguments)
    return [reports.table(reports.find(report_id), ledger) for report_id in ids]


def _ledger(opened: Reading, arguments: argparse.Namespace) -> Ledger:
    from counter_app import settings
    from counter_app.bootstrap import HOLIDAYS
    from counter_app.catalog import holidays
    from counter_app.catalog.load import load_catalogue
    from counter_app.services.reports.ledger import Place, gather
    from counter_app.services.reports.model import Period

    packs = load_catalogue()
    name = arguments.region or settings.load(opened.folder / settings.SETTINGS_FILE).region
    if name not in packs.regions:
        raise Problem("not-found", "--region", name)
    period = Period(arguments.first, arguments.last)
    calendar = holidays.load(opened.folder / HOLIDAYS)
    place = Place(packs, packs.regions[name], calendar, WallClock().now().date())
    rated = _ratings(opened, period.first, period.last)
    return gather(opened.store, opened.secrets.open, place, period, rated)


def _ratings(opened: Reading, first: date | None, last: date | None) -> Mapping[int, int] | None:
    """None where this folder has no hub of its own: only the hall's server knows then."""
    try:
        return opened.ratings(first, last)
    except Problem as problem:
        if problem.code == "store-missing":
            return None
        raise


def _export(tables: Sequence[Table], out: Path | None) -> int:
    from counter_app.documents import report_files

    if out is None:
        raise Problem("usage", "--out", "请用 --out 指明文件")
    report_files.write(tables, out)
    return EXIT_DONE


def _print(tables: Sequence[Table]) -> None:
    from counter_app.documents import report_files

    for table in tables:
        print(
            "\n".join("\t".join(str(cell) for cell in line) for line in report_files.lines(table)), end="\n\n"
        )


COMMAND = Command(
    "reports", "what this hall counts: on screen, as .xlsx and as .csv", add_arguments, run, manual=MANUAL
)

"""`policy`: run a file of policy cases, explain one, list the rules."""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_app.commands.output import show
from counter_app.commands.registry import EXIT_DONE, EXIT_REFUSED, Command
from counter_app.late import late
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.catalog import holidays, region_packs
    from counter_app.policy import casefile, explain, rule
    from counter_app.policy import run as running
    from counter_app.policy.run import Outcome, World
else:
    holidays = late("counter_app.catalog.holidays")
    region_packs = late("counter_app.catalog.region_packs")
    casefile = late("counter_app.policy.casefile")
    explain = late("counter_app.policy.explain")
    rule = late("counter_app.policy.rule")
    running = late("counter_app.policy.run")

MANUAL = """\
counter-app policy run FILE [--json]      compute every case of a file and compare it
counter-app policy explain FILE [ID]      say every step of one case (the first without ID)
counter-app policy rules [--json]         the rule names a case may use, and their rate keys

FILE is YAML: cases, each with rule, input, and optionally region, assumed_params, expected, id.
Amounts are 元 with at most two decimals and are computed in 分. Regional parameters come from the
region's pack by the day of the case; a missing one makes the case no_estimate and is named.

status: pass fail no_expected no_estimate error. Exit 1 when a case is red: fail, error, or
no_estimate although an answer was expected.
"""


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    below = parser.add_subparsers(dest="what", required=True, metavar="run|explain|rules")
    run = below.add_parser("run", help="compute every case of a file")
    run.add_argument("file", type=Path)
    one_case = below.add_parser("explain", help="say every step of one case")
    one_case.add_argument("file", type=Path)
    one_case.add_argument("id", nargs="?", help="id of the case; the first one without it")
    rules = below.add_parser("rules", help="list the rule names")
    for one in (run, one_case):
        one.add_argument("--on", type=_date, help="day that dates cases naming none (default today)")
        one.add_argument("--regions", type=Path, help="folder of region packs (default: those shipped)")
    for one in (run, one_case, rules):
        one.add_argument("--json", action="store_true", help="one JSON document")
        one.add_argument("--data", type=Path, help="accepted like everywhere; sums touch no person's data")


def _run(arguments: argparse.Namespace) -> int:
    if arguments.what == "rules":
        rows = [{"id": r.name, "about": r.about, "rates": dict(r.rates)} for r in rule.all_rules().values()]
        show(sorted(rows, key=lambda row: str(row["id"])), ("id", "about"), arguments.json)
        return EXIT_DONE
    world = _world(arguments)
    cases = casefile.read_cases(arguments.file)
    if arguments.what == "run":
        return _print_run(running.run_cases(cases, world), arguments.json)
    wanted = [case for case in cases if arguments.id in (None, case.id)]
    if not wanted:
        raise Problem("not-found", str(arguments.file), arguments.id or "cases")
    outcome = running.run_case(wanted[0], world)
    _print_json(outcome.as_dict()) if arguments.json else _print_steps(outcome)
    return EXIT_REFUSED if outcome.red else EXIT_DONE


def _world(arguments: argparse.Namespace) -> World:
    now = running.midnight(arguments.on) if arguments.on else datetime.now()
    return running.World(
        rule.all_rules(), region_packs.load_regions(arguments.regions), holidays.shipped(), now
    )


def _print_run(outcomes: list[Outcome], as_json: bool) -> int:
    failed = sum(outcome.red for outcome in outcomes)
    passed = sum(outcome.status == "pass" for outcome in outcomes)
    if as_json:
        rows = [outcome.as_dict() for outcome in outcomes]
        _print_json({"passed": passed, "failed": failed, "cases": rows})
    else:
        for outcome in outcomes:
            note = "、".join(outcome.missing) or (
                outcome.steps[-1].text if outcome.red and outcome.steps else ""
            )
            sys.stdout.write(f"{outcome.status}\t{outcome.id}\t{outcome.rule}\t{note}\n")
        sys.stdout.write(f"通过 {passed}，不通过 {failed}，共 {len(outcomes)} 例\n")
    return EXIT_REFUSED if failed else EXIT_DONE


def _print_steps(outcome: Outcome) -> None:
    lines = [f"{outcome.id}  {outcome.rule}  {outcome.status}"]
    lines += explain.lines(outcome.steps)
    lines += [f"     {key} = {value}" for key, value in outcome.actual.items()]
    sys.stdout.write("\n".join(lines) + "\n")


def _print_json(document: Any) -> None:
    """Exact decimals as JSON numbers; the shared writer would turn them into words."""
    import msgspec  # every verb's start would pay for it

    sys.stdout.write(msgspec.json.Encoder(decimal_format="number").encode(document).decode() + "\n")
    sys.stdout.flush()


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text} is not a date (YYYY-MM-DD)") from None


COMMAND = Command("policy", "run benefit sums from a file of cases", _add_arguments, _run, MANUAL)

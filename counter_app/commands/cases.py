"""`cases`: what was accepted at this counter, by when it has to be done, and what became of its papers."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from counter_app.clock import WallClock
from counter_app.commands import case_ways
from counter_app.commands.keeping import KEEPING, MANUAL, add_keeping
from counter_app.commands.output import print_json, show
from counter_app.commands.reading import add_data, add_json, reading
from counter_app.commands.registry import EXIT_DONE, Command
from counter_app.commands.slips import MANUAL as SLIP_MANUAL
from counter_app.domain import masks
from counter_app.domain.codec import to_plain
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.domain.cases import CaseRecord
    from counter_app.opened_store import Reading

COLUMNS = ("number", "type", "state", "step", "accepted_at", "business_date", "synced")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_data(parser, required=False)
    add_json(parser)
    actions = ("list", "show", "due", "checks", "unverified", *KEEPING, *case_ways.ACTIONS)
    parser.add_argument("action", choices=actions)
    parser.add_argument("number", nargs="?", help="case number; or a slip's, a TYPE, a FILE")
    parser.add_argument("--on", type=date.fromisoformat, metavar="DAY", help="lights of this day, for `due`")
    parser.add_argument("--counts", action="store_true", help="how many are open and late, for `due`")
    parser.add_argument("--limit", type=int, default=100, metavar="N", help="at most so many, for `due`")
    parser.add_argument("--reveal", action="store_true", help="open what is masked; the look is recorded")
    add_keeping(parser)
    case_ways.add_arguments(parser)


def run(arguments: argparse.Namespace) -> int:
    """List cases, show one whole, keep its papers, or take in what comes by other ways."""
    if arguments.data is None and arguments.action != "template":
        raise Problem("usage", "--data", "请用 --data 指明数据文件夹")
    if arguments.action in KEEPING:
        return KEEPING[arguments.action](arguments)
    if arguments.action in case_ways.ACTIONS:
        return case_ways.run(arguments)
    return _read(arguments)


def _read(arguments: argparse.Namespace) -> int:
    with reading(arguments) as opened:
        if arguments.action == "list":
            steps = opened.storage.steps()
            rows = [row(c, steps.get(c.case_id, "")) for c in opened.storage.cases(limit=100_000)]
            show(rows, COLUMNS, arguments.json)
            return EXIT_DONE
        if arguments.action == "checks":
            _show_checks(opened, arguments)
            return EXIT_DONE
        if arguments.action == "unverified":
            _show_unverified(opened, arguments)
            return EXIT_DONE
        if arguments.action == "due":
            _show_due(opened, arguments)
            return EXIT_DONE
        record = opened.storage.case(arguments.number or "")
        if record is None:
            raise Problem("not-found", "number", arguments.number or "")
        if arguments.reveal:
            opened.note_look(f"case {record.number}")
        print_json(whole(opened, record, arguments.reveal))
    return EXIT_DONE


def _show_unverified(opened: Reading, arguments: argparse.Namespace) -> None:
    from counter_app.bootstrap import pack_shelf
    from counter_app.services.verification import DOUBTED, to_verify

    packs, _ = pack_shelf(opened.folder).chosen(WallClock().now().date())
    rows = []
    for case in to_verify(opened.storage, packs):
        doubts = [f["body"]["why"] for f in opened.store.facts(case.case_id) if f["kind"] == DOUBTED]
        rows.append({**row(case), "doubt": doubts[-1] if doubts else ""})
    show(rows, ("number", "type", "accepted_at", "synced", "doubt"), arguments.json)


def _show_due(opened: Reading, arguments: argparse.Namespace) -> None:
    from counter_app.bootstrap import HOLIDAYS
    from counter_app.catalog import holidays
    from counter_app.commands.packs import desk_packs
    from counter_app.services.due import due_counts, due_lines
    from counter_app.settings import SETTINGS_FILE, load

    now = WallClock().now()
    today = arguments.on or now.date()
    calendar = holidays.load(opened.folder / HOLIDAYS)
    if arguments.counts:
        print_json(to_plain(due_counts(calendar, opened.storage.due_days(), today)))
        return
    region = desk_packs(opened.folder)[0].regions.get(load(opened.folder / SETTINGS_FILE).region)
    found = due_lines(
        calendar,
        opened.storage.due_cases(arguments.limit),
        today,
        arguments.limit,
        (region, now) if region is not None else None,
    )
    rows = [line.as_dict() for line in found]
    if arguments.json:
        print_json(rows)
        return
    clocks = ("statutory", "promised", "supplement", "target")
    flat = [
        {**one, **{name: _clock(one[name]) for name in clocks}, "arrival": _minutes(one["arrival"])}
        for one in rows
    ]
    show(flat, ("number", "type", "state", *clocks, "arrival"), False)


def _show_checks(opened: Reading, arguments: argparse.Namespace) -> None:
    from counter_app.services.commitments import to_check

    until = arguments.on or WallClock().now().date()
    rows = [
        {"id": case.case_id, "number": case.number, "material": one.name, "check_due": str(one.due_on)}
        for case, one in to_check(opened.storage, until)
    ]
    show(rows, ("number", "material", "check_due"), arguments.json)


def _clock(told: Mapping[str, Any] | None) -> str:
    """One clock on one line: its light, its day, how many working days are left."""
    if told is None:
        return "-"
    mark = " 暂估" if told["provisional"] else ""
    return f"{told['light']} {told['due_on'] or '待定'}{mark} ({told['left']})"


def _minutes(told: Mapping[str, Any] | None) -> str:
    """A deadline in clock minutes: its light, its moment, how many minutes are left."""
    if told is None:
        return "-"
    return f"{told['light']} {told['due_at'][:16].replace('T', ' ')} ({told['left_minutes']} 分钟)"


def row(record: CaseRecord, step: str = "") -> dict[str, Any]:
    """One line of `cases list`; `step` is where the case stands since it moved on from acceptance."""
    return {
        "id": record.case_id,
        "number": record.number,
        "type": record.type_id,
        "state": record.state.value,
        "step": step or record.state.value,
        "accepted_at": record.accepted_at.isoformat() if record.accepted_at else None,
        "business_date": record.business_date.isoformat(),
        "synced": record.synced,
        "online": record.online,
    }


def whole(opened: Reading, record: CaseRecord, reveal: bool) -> dict[str, Any]:
    """The whole case, masked unless `reveal`."""
    plain: dict[str, Any] = to_plain(record)
    plain["answers"] = {k: _value(opened, record, k, v, reveal) for k, v in record.answers.items()}
    plain["agent"] = _agent(opened, record, reveal)
    if not reveal:
        plain["principal_name"] = masks.name(record.principal_name)
    papers = opened.storage.papers(record.number)
    life = life_told(opened, record)
    return {
        **row(record, life["step"]),
        **plain,
        "life": life,
        "papers": [{"number": p.number, "kind": p.kind} for p in papers],
    }


def life_told(opened: Reading, record: CaseRecord) -> dict[str, Any]:
    """Every step of a case with time, person and reason; one that has not moved stands where it began."""
    from counter_app.catalog.load import load_catalogue
    from counter_app.services.life import as_dict, begun

    return as_dict(opened.storage.life(record.case_id) or begun(load_catalogue(), record))


def _value(opened: Reading, record: CaseRecord, key: str, value: Any, reveal: bool) -> Any:
    if isinstance(value, Mapping) and "sealed" in value:
        if not reveal:
            return "••••"
        return opened.secrets.open(str(value["sealed"]), f"{record.case_id}|{key}")
    if reveal or not isinstance(value, str):
        return value
    return _masked(key, value)


def _masked(key: str, value: str) -> str:
    rules: dict[str, Callable[[str], str]] = {
        "name": masks.name,
        "certno": masks.certno,
        "tel": masks.phone,
        "addr": lambda text: text[:6] + "…",
    }
    for ending, rule in rules.items():
        if key.endswith(ending) and key != "emp_name":
            return rule(value)
    return value


def _agent(opened: Reading, record: CaseRecord, reveal: bool) -> dict[str, Any]:
    agent = dict(record.agent)
    sealed = agent.get("agnter_certno", "")
    if sealed and reveal:
        agent["agnter_certno"] = opened.secrets.open(sealed, f"{record.case_id}|agnter_certno")
    elif agent:
        agent = {k: _masked(k, v) for k, v in agent.items()}
        agent["agnter_certno"] = "••••" if sealed else ""
    return agent


COMMAND = Command(
    "cases",
    "list, show, due, checks; originals, archive, slips on the way; lists and filings that come in",
    add_arguments,
    run,
    MANUAL + SLIP_MANUAL,
)

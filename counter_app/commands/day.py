"""`day open|handover|close|show`: the working day of a counter, from the command line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_app.commands.output import print_json, print_rows
from counter_app.commands.reading import add_data, add_json, reading
from counter_app.commands.registry import EXIT_DONE, EXIT_REFUSED, Command
from counter_app.commands.signing import add_login, witnessed
from counter_app.commands.working import add_clerk, working
from counter_app.problems import Problem

if TYPE_CHECKING:
    from counter_app.domain.days import DayState
    from counter_app.policy.day_balance import Balance
    from counter_app.services.day.opening import Opening
    from counter_app.services.office import Office

MANUAL = """
day show --data DIR                     where today stands, and its balance; beside a running desk too
day check ITEM [--wrong --note WORDS]   one item of the opening check, such as cabinet
day open --second NO                    open the day; every item must have been looked at
day handover --to NO [--note WORDS]     hand the desk over at noon
day spares KIND FIRST [LAST] [--use WORDS | --spoilt WORDS | --back]
                                        booklet, numbers or tags: taken, used, spoilt, given back
day void NUMBER --note WORDS            a printed paper is spoilt
day explain LINE NAME --note WORDS      why one named thing does not agree
day close --second NO [--package DIR]   balance, sign by two, print; --package seals what was not sent
day complete --second NO --day DAY      the late part of a day closed while the hub was away
day explain numbers NAME --day DAY --note WORDS
                                        why one number of such a day does not agree

Exit 1 where the balance has differences nobody has explained. Who acts is --clerk.
"""
_ACTS = ("show", "check", "open", "handover", "spares", "void", "explain", "close", "complete")
_COLUMNS = ("项目", "应", "实", "差", "不符", "说明")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_data(parser)
    add_json(parser)
    add_clerk(parser)
    parser.add_argument("action", choices=_ACTS)
    parser.add_argument("what", nargs="*", default=[], metavar="WORD", help="see below")
    parser.add_argument("--second", default="", metavar="NO", help="工号 of the other one who signs")
    parser.add_argument("--to", default="", metavar="NO", help="工号 of whoever takes over")
    add_login(parser, "second-login", "the other one, where people sign in")
    parser.add_argument("--day", default="", metavar="DAY", help="complete, explain: a day closed before")
    parser.add_argument("--note", default="", metavar="WORDS", help="a reason, or what was found")
    parser.add_argument("--wrong", action="store_true", help="check: it is not in order")
    parser.add_argument("--use", default="", metavar="WORDS", help="spares: used, and for what")
    parser.add_argument("--spoilt", default="", metavar="WORDS", help="spares: spoilt, and how")
    parser.add_argument("--back", action="store_true", help="spares: given back")
    parser.add_argument("--package", default="", metavar="DIR", help="close: seal what was not sent into DIR")


def run(arguments: argparse.Namespace) -> int:
    """Show, or do one thing. Raises what the verbs raise, and Problem `usage`, `store-locked`."""
    if arguments.action == "show":
        return _show(arguments)
    with working(arguments) as office:
        told = _ACTIONS[arguments.action](office, arguments)
    if arguments.json:
        print_json(told)
    return EXIT_DONE


def _show(arguments: argparse.Namespace) -> int:
    from counter_app.services.day.closing import closing
    from counter_app.services.day.completing import owed
    from counter_app.services.day.opening import opening

    with reading(arguments) as opened:
        office = _office(opened, arguments)
        morning, evening = opening(office), closing(office)
        owing = owed(office.ports.storage, office.today())
    told = {**_told(morning, evening), "owed": [day.isoformat() for day in owing]}
    if arguments.json:
        print_json(told)
    else:
        print_rows(_rows(evening.balance), _COLUMNS)
        sys.stdout.write(_stands(morning, evening.state))
        left = "、".join(day.isoformat() for day in owing)
        sys.stdout.write(f"待补充核对：{left}。\n" if left else "")
    return EXIT_DONE if evening.balance.may_close else EXIT_REFUSED


def _rows(found: Balance) -> list[dict[str, str]]:
    from counter_app.policy.day_balance import AWAY

    """One row a comparison, and one for each further thing of it that differs, as the day's sheet says it."""
    why = {(one.line, one.what): f"{one.why}（{one.by.words}）" for one in found.explained}
    rows = [
        dict(zip(_COLUMNS, (n, "未核", f"未核（{AWAY}）", "", "", ""), strict=True))
        for _, n in found.unchecked
    ]
    for line in found.lines:
        parts = " + ".join(f"{name} {count}" for name, count in line.parts)
        head = (line.name, f"{line.left[0]} {line.left[1]}", parts, str(line.difference))
        for what, odd in (line.items or {"": ""}).items():
            told = (*head, f"{what} {odd}".strip(), why.get((line.id, what), "尚未说明" if what else ""))
            rows.append(dict(zip(_COLUMNS, told, strict=True)))
            head = ("", "", "", "")
    return rows


def _stands(morning: Opening, state: DayState) -> str:
    """Where the day stands: opened, by whom, what nobody has looked at, closed."""
    if not state.opened_at:
        left = "、".join(morning.missing)
        return f"尚未开班。{f'还没有检查：{left}。' if left else ''}\n"
    who, closed = ("、".join(one.words for one in some) for some in (state.opened_by, state.closed_by))
    ended = (
        f"{state.closed_at[11:16]} 已扎账，{closed}，单号 {state.sheet}。"
        if state.closed_at
        else "尚未扎账。"
    )
    return f"{state.opened_at[11:16]} 开班，{who}。{ended}\n"


def _told(morning: Any, evening: Any) -> dict[str, Any]:
    state = morning.state
    return {
        "opened_at": state.opened_at,
        "opened_by": [one.words for one in state.opened_by],
        "hands": [{"from": a.words, "to": b.words, "at": at} for a, b, at in state.hands],
        "closed_at": state.closed_at,
        "closed_by": [one.words for one in state.closed_by],
        "sheet": state.sheet,
        "checks": [
            {
                "id": row.item.id,
                "name": row.item.name,
                "ok": row.found.ok if row.found is not None else None,
                "note": row.found.note if row.found is not None else row.detail,
            }
            for row in morning.rows
        ],
        "balance": [_line(line) for line in evening.balance.lines],
        "told": dict(evening.balance.told),
        "unchecked": [line for line, _ in evening.balance.unchecked],
        "open": [{"line": line.id, "what": what} for line, what in evening.balance.open],
        "may_close": evening.balance.may_close,
    }


def _line(line: Any) -> Mapping[str, Any]:
    return {
        "id": line.id,
        "name": line.name,
        "left": list(line.left),
        "parts": dict(line.parts),
        "difference": line.difference,
        "items": dict(line.items),
    }


def _office(opened: Any, arguments: argparse.Namespace) -> Office:
    """An office to read by: the line's numbers come from the hub file of the folder."""
    from counter_app import settings
    from counter_app.commands.day_reading import day_office

    chosen = settings.load(opened.folder / settings.SETTINGS_FILE)
    return day_office(opened, chosen, arguments.clerk)


# --- doing -------------------------------------------------------------------------------------------
def _words(arguments: argparse.Namespace, least: int, usage: str) -> list[str]:
    words: list[str] = arguments.what
    if len(words) < least:
        raise Problem("usage", f"day {arguments.action}", usage)
    return words


def _check(office: Office, arguments: argparse.Namespace) -> Any:
    from counter_app.services.day.opening import look

    for item in _words(arguments, 1, "缺少检查项，如 cabinet"):
        look(office, item, not arguments.wrong, arguments.note)
    return {"done": True}


def _open(office: Office, arguments: argparse.Namespace) -> Any:
    from counter_app.services.day.opening import open_day

    state = open_day(witnessed(office, arguments.second, arguments.second_login), arguments.second)
    return {"opened_at": state.opened_at, "opened_by": [one.words for one in state.opened_by]}


def _hand_over(office: Office, arguments: argparse.Namespace) -> Any:
    from counter_app.services.visit import Visit

    beside = witnessed(office, arguments.to, arguments.second_login)
    view = Visit(beside).hand_over(arguments.to, arguments.note)
    return {"clerk_no": view.clerk_no, "clerk_name": view.clerk_name}


def _spares(office: Office, arguments: argparse.Namespace) -> Any:
    from counter_app.services.day import spares

    kind, first, *more = _words(arguments, 2, "缺少类别和起号，如 numbers Y0001 Y0020")
    last = more[0] if more else ""
    if arguments.back:
        return {"numbers": list(spares.give_back(office, kind, first, last))}
    if arguments.use or arguments.spoilt:
        spares.use(office, kind, first, arguments.use or arguments.spoilt, bool(arguments.spoilt))
        return {"numbers": [first]}
    return {"numbers": list(spares.take(office, kind, first, last))}


def _void(office: Office, arguments: argparse.Namespace) -> Any:
    from counter_app.services.day.closing import void

    [number, *_] = _words(arguments, 1, "缺少单据编号")
    return {"number": void(office, number, arguments.note).number}


def _explain(office: Office, arguments: argparse.Namespace) -> Any:
    from counter_app.services.day.closing import explain
    from counter_app.services.day.completing import explain_rest

    line, what, *_ = _words(arguments, 2, "缺少项目和名称，如 numbers A047")
    if arguments.day:
        late = explain_rest(office, _day(arguments), what, arguments.note)
        return {"open": [{"line": one.id, "what": name} for one, name in late.balance.open]}
    found = explain(office, line, what, arguments.note)
    return {"open": [{"line": one.id, "what": name} for one, name in found.balance.open]}


def _close(office: Office, arguments: argparse.Namespace) -> Any:
    from counter_app.sealed_away import sealed_away
    from counter_app.services.day.closing import close
    from counter_app.sync.drain import drain

    office = witnessed(office, arguments.second, arguments.second_login)
    storage = office.ports.storage
    drain(storage, office.ports.hub, storage.settle)
    to = Path(arguments.package) if arguments.package else None
    sealed = sealed_away(office, arguments.data, to) if to is not None else None
    paper = close(office, arguments.second, sealed)
    drain(storage, office.ports.hub, storage.settle)
    if to is not None:  # the closing itself belongs into the package too
        sealed_away(office, arguments.data, to)
    return {"sheet": paper.number}


def _complete(office: Office, arguments: argparse.Namespace) -> Any:
    from counter_app.services.day.completing import complete
    from counter_app.sync.drain import drain

    office = witnessed(office, arguments.second, arguments.second_login)
    storage = office.ports.storage
    drain(storage, office.ports.hub, storage.settle)
    return {"sheet": complete(office, _day(arguments), arguments.second).number}


def _day(arguments: argparse.Namespace) -> date:
    try:
        return date.fromisoformat(arguments.day)
    except ValueError as error:
        raise Problem("usage", f"day {arguments.action}", "缺少日期，如 --day 2026-11-22") from error


_ACTIONS = {
    "check": _check,
    "open": _open,
    "handover": _hand_over,
    "spares": _spares,
    "void": _void,
    "explain": _explain,
    "close": _close,
    "complete": _complete,
}
COMMAND = Command("day", "open, hand over and balance the working day", add_arguments, run, MANUAL)

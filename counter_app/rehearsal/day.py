"""The words of a hall's day in a script: opened by two, handed over, balanced; and what is expected of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from counter_app.domain.cases import PaperRecord
from counter_app.policy.day_balance import Balance
from counter_app.rehearsal.stage import Stage
from counter_app.services.day.closing import SHEET
from counter_app.services.visit import Visit

Given = Mapping[str, Any]
WORDS: dict[str, set[str]] = {
    "look": {"item", "ok", "note"},
    "open_day": {"second"},
    "spares": {"kind", "first", "last", "use", "spoilt", "back"},
    "hand_over": {"to", "note"},
    "void": {"number", "case", "reason"},
    "explain": {"line", "what", "why"},
    "close_day": {"second", "sealed"},
    "explain_rest": {"what", "why", "day"},
    "complete_day": {"second", "day"},
}
EXPECTED = {"balanced", "odd", "sheet", "acts_now"}


def look(visit: Visit, given: Given) -> None:
    """One item of the opening check; none named: everything nobody has looked at, in order."""
    items = (
        [given["item"]] if "item" in given else [row.item.id for row in visit.opening().rows if not row.found]
    )
    for item in items:
        visit.look(str(item), bool(given.get("ok", True)), str(given.get("note", "")))


def spares(visit: Visit, given: Given) -> None:
    """Blank things: taken, or with a word given back, used or spoilt."""
    kind, first, last = (str(given.get(word, "")) for word in ("kind", "first", "last"))
    if given.get("back"):
        visit.return_spares(kind, first, last)
    elif "use" in given or "spoilt" in given:
        visit.use_spare(kind, first, str(given.get("use") or given.get("spoilt")), "spoilt" in given)
    else:
        visit.take_spares(kind, first, last)


def rest_day(visit: Visit, given: Given) -> date:
    """The closed day whose late part is meant: the one named, else the oldest that is owed."""
    if "day" in given:
        return date.fromisoformat(str(given["day"]))
    return next(iter(visit.days_owed()), visit.office.today())


ACTS: dict[str, Callable[[Visit, Given, Stage], object]] = {
    "look": lambda v, g, _: look(v, g),
    "open_day": lambda v, g, _: v.open_day(str(g.get("second", ""))),
    "spares": lambda v, g, _: spares(v, g),
    "hand_over": lambda v, g, _: v.hand_over(str(g.get("to", "")), str(g.get("note", ""))),
    "explain": lambda v, g, _: v.explain(
        str(g.get("line", "")), str(g.get("what", "")), str(g.get("why", ""))
    ),
    "close_day": lambda v, g, stage: v.close_day(
        str(g.get("second", "")), stage.seal_away() if g.get("sealed") else None
    ),
    "explain_rest": lambda v, g, _: v.explain_rest(
        rest_day(v, g), str(g.get("what", "")), str(g.get("why", ""))
    ),
    "complete_day": lambda v, g, _: v.complete_day(rest_day(v, g), str(g.get("second", ""))),
}


def odd(found: Balance) -> list[str]:
    """What does not agree, line by line and by name, explained or not."""
    return [f"{line.id} {what}：{why}" for line in found.lines for what, why in line.items.items()]


def sheet(papers: tuple[PaperRecord, ...]) -> str:
    """What stands on the day's sheet; nothing before it was printed."""
    return next((paper.content for paper in reversed(papers) if paper.kind == SHEET), "")

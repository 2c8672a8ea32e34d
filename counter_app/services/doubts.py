"""这一项不对: what the citizen pointed at while checking, kept with the draft until the clerk has changed it.

A place is what a form calls its rows: a field's key, `bills[2].amount` of a table (rows from 1),
`material:CODE`, `@situation`, `@ask:NAME`. Beside it stands a digest of what was shown, so that another
answer ends the doubt by itself and undoing it brings the doubt back.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any

from counter_app.domain.codec import as_text
from counter_app.services.state import CaseDraft

WORDS = "群众说这一项不对"
ROW_WORDS = "群众说第 {row} 行不对"


def pointed_at(case: CaseDraft, places: Sequence[str]) -> Mapping[str, str]:
    """The doubts of a case after the citizen pointed at these places: all earlier ones are said anew."""
    return {place: _digest(case, place) for place in places}


def doubt_words(case: CaseDraft, key: str) -> str:
    """What stands beside a row as long as it is doubted and unchanged; "" otherwise, and once accepted."""
    if not case.doubts or case.number:
        return ""
    about = [place for place in case.doubts if _key(place) == key]
    found = [place for place in about if _digest(case, place) == case.doubts[place]]
    rows = [place.partition("[")[2].partition("]")[0] for place in found]
    return ROW_WORDS.format(row="、".join(rows)) if any(rows) else WORDS if found else ""


def _key(place: str) -> str:
    return place.partition("[")[0]


def _digest(case: CaseDraft, place: str) -> str:
    return hashlib.sha256(as_text([_answer(case, _key(place))]).encode("utf-8")).hexdigest()


def _answer(case: CaseDraft, key: str) -> Any:
    kind, _, name = key.partition(":")
    if kind == "material":
        return case.marks.get(name)
    if kind == "@ask":
        return case.asked.get(name)
    return case.situation if key == "@situation" else case.values.get(key)

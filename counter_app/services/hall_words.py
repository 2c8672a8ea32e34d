"""What one desk says to the whole hall: 停机公告, 紧急求助, 全厅遮盖.

Each is a fact of this desk first; the hub is told when it can be reached. When the hub is what is gone, the
words hold here, and boards and kiosks say the same sentence by themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from counter_app.domain.cases import Fact
from counter_app.domain.notices import (
    COVER,
    COVER_OVER,
    COVER_WORDS,
    EMERGENCY,
    EMERGENCY_OVER,
    OUTAGE,
    OUTAGE_OVER,
    OUTAGE_OVER_WORDS,
    OUTAGE_WORDS,
    HallNow,
    Word,
    hall_now,
    help_words,
    still_held,
)
from counter_app.problems import Problem
from counter_app.services.day.state import facts_of
from counter_app.services.office import Office

_SPOKEN = (OUTAGE, OUTAGE_OVER, EMERGENCY, EMERGENCY_OVER, COVER, COVER_OVER)


def now_in_hall(office: Office) -> HallNow:
    """What holds now: what the hub tells, and what only this desk knows while the hub is away."""
    return heard(office, hall_now(spoken_here(office, office.today())))


def at_start(office: Office) -> HallNow:
    """The same when a desk begins: its own facts are read only where nobody else can be asked."""
    try:
        return hall_now(office.ports.hub.said(office.today()))
    except Problem:
        return hall_now(spoken_here(office, office.today()))


def heard(office: Office, before: HallNow) -> HallNow:
    """The same from what was known before, without reading this desk's facts: asked every few seconds."""
    try:
        told = list(office.ports.hub.said(office.today()))
    except Problem:
        return before
    known = frozenset(str((one.get("data") or {}).get("id", "")) for one in told)
    return still_held(hall_now(told), before, known)


def announce(office: Office, note: str = "") -> Word:
    """停机公告: one key, the whole hall. Once: while one holds, it is that one."""
    held = now_in_hall(office).outage
    return held or _speak(office, OUTAGE, office.new_id(), OUTAGE_WORDS, note)


def over(office: Office, note: str = "") -> None:
    """The systems are back. Raises Problem `outage-none`."""
    held = now_in_hall(office).outage
    if held is None:
        raise Problem("outage-none", "line")
    _speak(office, OUTAGE_OVER, held.id, OUTAGE_OVER_WORDS, note)


def press(office: Office, note: str = "") -> Word:
    """紧急求助: quietly, to staff only; the record stays whoever answers."""
    return _speak(office, EMERGENCY, office.new_id(), help_words(office.window), note)


def answered(office: Office, word_id: str, note: str) -> None:
    """Somebody came; what it was is written down. Raises Problem `reason-needed`, `not-found`."""
    if not note.strip():
        raise Problem("reason-needed", "note", "处置情况")
    if word_id not in {word.id for word in now_in_hall(office).helps}:
        raise Problem("not-found", "notice", word_id)
    _speak(office, EMERGENCY_OVER, word_id, "", note)


def cover(office: Office, on: bool) -> None:
    """全厅遮盖 while the press is here: names vanish from every desk. Raises Problem `supervisor-needed`."""
    if not office.actor.may("supervisor"):
        raise Problem("supervisor-needed", "notice", "全厅遮盖")
    held = now_in_hall(office).cover
    if on is (held is not None):
        return
    word = held.id if held is not None else office.new_id()
    _speak(office, COVER if on else COVER_OVER, word, COVER_WORDS if on else "")


def _speak(office: Office, kind: str, name: str, text: str, note: str = "") -> Word:
    """A fact here, then a word to the hub; away is no matter for what has been written down."""
    actor, now = office.actor, office.now()
    body = {"id": name, "window": office.window, "name": actor.clerk_name, "note": note.strip()}
    with office.ports.storage.unit(actor, now) as unit:
        unit.record(Fact(kind, {**body, "clerk_no": actor.clerk_no, "at": now.isoformat()}))
    is_local = False
    data = {"id": name, "name": actor.clerk_name, "note": note.strip()}
    window = office.window if kind in (EMERGENCY, EMERGENCY_OVER) else ""
    try:
        office.ports.hub.say(f"{kind}:{name}", kind, actor, text, window, data)
    except Problem as problem:
        if problem.code != "hub-away":
            raise
        is_local = True
    at = now.isoformat()
    return Word(name, kind, at, actor.clerk_no, actor.clerk_name, office.window, text, is_local)


def spoken_here(office: Office, day: date) -> list[Mapping[str, Any]]:
    """What this desk itself has said, in the shape the hub tells it."""
    return [
        {
            "local": True,
            "kind": fact["kind"],
            "at": fact["body"]["at"],
            "clerk": fact["body"]["clerk_no"],
            "window": fact["body"]["window"],
            "why": fact["body"]["note"],
            "data": fact["body"],
        }
        for fact in facts_of(office.ports.storage, day, _SPOKEN)
    ]


def spoken(office: Office, day: date) -> list[Mapping[str, Any]]:
    """Everything said on a day, by this desk or any other, oldest first."""
    try:
        told = [one for one in office.ports.hub.said(day) if (one.get("data") or {}).get("id")]
    except Problem:
        told = []
    known = {(one["kind"], one["data"]["id"]) for one in told}
    own = [one for one in spoken_here(office, day) if (one["kind"], one["data"]["id"]) not in known]
    return sorted([*told, *own], key=lambda one: str(one["at"]))

"""Every word a rehearsal script may use; anything else is refused with file and line."""

from __future__ import annotations

from counter_app.catalog.verbs import VERBS
from counter_app.rehearsal import day

HALL = {"region", "date", "time", "seed", "online", "window", "clerk", "slip", "name"}
TABLES = {"hall", "person", "employer", "clerk", "step"}
STEP = {"device", "clerk", "citizen", "reviewer", "network", "clock", "kill", "expect"}
NOTE = {"note"}

DEVICE = {"id", "event", "with"}
EVENTS: dict[str, set[str]] = {
    "insert": {"person", "card", "reader"},
    "remove": {"reader"},
    "lay": {"person", "card"},
    "lift": set(),
    "read": {"reader"},
    "scan": {"person", "code", "fresh"},
    "absent": set(),
    "full": set(),
    "mend": set(),
}

CLERK: dict[str, set[str]] = {
    **day.WORDS,
    "call": set(),
    "recall": set(),
    "miss": set(),
    "park": {"why"},
    "number": {"number"},
    "walk_in": set(),
    "identify": {"certno", "person"},
    "witness": {"verdict"},
    "answer": {"option"},
    "party": {"kind"},
    "agent": {"fields"},
    "help": set(),
    "child": {"name"},
    "employer": {"uscc"},
    "person": {"person"},
    "open": {"type", "situation", "person"},
    "focus": {"case"},
    "drop": {"case"},
    "situation": {"situation"},
    "set": {"field", "value", "fields"},
    "row": {"field", "cells"},
    "remove_row": {"field", "row"},
    "ask": {"question", "yes"},
    "bring_over": set(),
    "receive": {"material", "materials", "copies"},
    "take_back": {"material"},
    "defer": {"material", "days"},
    "commit": {"material"},
    "check": set(),
    "submit": {"times"},
    "submit_all": set(),
    "refuse": {"reason", "basis", "go_to"},
    "tell_once": {"type", "situation"},
    "tell_card_unlock": set(),
    "notice": set(),
    "receive_only": set(),
    "import_list": {"type", "situation", "received", "header", "rows"},
    "pick_up": {"filing"},
    "send_back": {"filing", "reason"},
    "accept_for": {"place"},
    "home_visit": {"staff"},
    "book_visit": {"case", "type", "situation", "staff"},
    "print": {"number"},
    "next": set(),
    "hold": set(),
    "resume": {"visit"},
    "undo": set(),
    "redo": set(),
    "reveal": {"what"},
    "lock": set(),
    "unlock": {"passphrase"},
}
CITIZEN: dict[str, set[str]] = {
    "take": {"group", "class", "person"},
    "confirm": set(),
    "object": set(),
    "rate": {"level", "reasons"},
    "file": {
        *("id", "channel", "origin", "type", "situation", "person", "employer", "party", "answers", "asked"),
        *("materials", "evidence", "note", "planned_on", "address", "staff", "spoil"),
    },
}
_MOVE = {"case", "by", "to", "desk", "desks", "reason", "amount", "days", "detail"}
REVIEWER: dict[str, set[str]] = {
    **dict.fromkeys(VERBS, _MOVE),
    "make_good": {"case", "material", "by"},
    "deliver": {"case", "way", "word"},
    "approve": {"case", "reason"},
    "approve_payment": {"case", "amount", "reason"},
    "return_originals": {"case", "reason"},
    "checked": {"case", "material", "holds", "reason"},
    "repaired": {"case", "reason"},
}
ACTORS = {"clerk": CLERK, "citizen": CITIZEN, "reviewer": REVIEWER}
NETWORK = {"cut", "heal"}
EXPECT = {
    *day.EXPECTED,
    "problem",
    "cases",
    "state",
    "life",
    "acts",
    "paid",
    "case",
    "step",
    "papers",
    "paper",
    "text",
    "missing",
    "field",
    "value",
    "source",
    "prompt",
    "principal",
    "principals",
    "party",
    "unsynced",
    "due",
    "visit_open",
    "ticket",
    "witness",
    "material",
    "reprints",
    "waiting",
    "held",
    "amount",
    "without",
    "warnings",
    "accepted",
    "already",
    "refused",
    "codes",
    "inbox",
    "channel",
}

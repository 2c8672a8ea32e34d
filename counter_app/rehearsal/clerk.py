"""The clerk's words of a script, each as one call on the visit."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from counter_app.problems import Problem
from counter_app.rehearsal import day, hand, ways
from counter_app.rehearsal.stage import Stage
from counter_app.services.batch_accept import BatchDone
from counter_app.services.visit import Visit


class Player(Protocol):
    """What a word may ask of the play it stands in; `list_done` is what became of the last list."""

    list_done: BatchDone | None
    stage: Stage

    def number(self, case: Any) -> str:
        """The number of a case, of the nth accepted one, or of the newest."""

    def case_id(self, case: Any) -> str:
        """The id of the nth case of the visit."""

    def principal_key(self, key: str) -> str:
        """The principal who is a person of the script."""

    def certno(self, given: Mapping[str, Any]) -> str:
        """The number typed."""

    def reprint(self, number: str) -> None:
        """Print a paper again."""


def _import_list(player: Player, visit: Visit, given: Mapping[str, Any]) -> None:
    player.list_done = ways.import_list(visit, given)


def _open(player: Player, visit: Visit, given: Mapping[str, Any]) -> None:
    if "person" in given:
        visit.focus_principal(player.principal_key(str(given["person"])))
    visit.open_case(str(given.get("type", "")), str(given.get("situation", "")))


def _set(player: Player, visit: Visit, given: Mapping[str, Any]) -> None:
    fields = dict(given.get("fields", {}))
    if "field" in given:
        fields[str(given["field"])] = given.get("value", "")
    for key, value in fields.items():
        visit.set_field(key, _text(value))


def _agent(player: Player, visit: Visit, given: Mapping[str, Any]) -> None:
    for key, value in dict(given.get("fields", {})).items():
        visit.set_agent(key, _text(value))


def _row(player: Player, visit: Visit, given: Mapping[str, Any]) -> None:
    key = str(given.get("field", ""))
    case = visit.state.case()
    row = len(case.values.get(key, [])) if case else 0
    for column, value in dict(given.get("cells", {})).items():
        visit.set_cell(key, row, column, _text(value))


def _photograph(player: Player, visit: Visit, given: Mapping[str, Any]) -> None:
    visit.add_page(visit.state.current_case, str(given.get("material", "")), hand.sheet())


def _receive(player: Player, visit: Visit, given: Mapping[str, Any]) -> None:
    wanted = given.get("materials", [given["material"]] if "material" in given else None)
    if wanted is None:
        view = visit.view().case
        wanted = [m.code for m in view.materials if m.required and m.state == "missing"] if view else []
    for code in wanted:
        visit.receive(str(code), given.get("copies"))


def _submit(player: Player, visit: Visit, given: Mapping[str, Any]) -> None:
    for _ in range(int(given.get("times", 1))):
        visit.submit()


def _resume(player: Player, visit: Visit, given: Mapping[str, Any]) -> None:
    held = visit.view().held
    nth = int(given.get("visit", 1))
    if not 0 < nth <= len(held):
        raise Problem("not-found", "visit", str(nth))
    visit.resume(held[nth - 1].visit_id)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def _of_the_day(word: str) -> Act:
    def act(player: Player, visit: Visit, given: Mapping[str, Any]) -> object:
        return day.ACTS[word](visit, given, player.stage)

    return act


Act = Callable[[Player, Visit, Mapping[str, Any]], object]
CLERK: dict[str, Act] = {
    **{word: _of_the_day(word) for word in day.ACTS},
    "void": lambda p, v, g: v.void(p.number(g.get("number", g.get("case"))), str(g.get("reason", ""))),
    "call": lambda p, v, g: v.call_next(),
    "recall": lambda p, v, g: v.recall(),
    "miss": lambda p, v, g: v.miss(),
    "park": lambda p, v, g: v.park(str(g.get("why", ""))),
    "number": lambda p, v, g: v.serve_number(str(g.get("number", ""))),
    "walk_in": lambda p, v, g: v.serve_walk_in(),
    "identify": lambda p, v, g: v.type_certno(p.certno(g)),
    "witness": lambda p, v, g: v.witness(str(g.get("verdict", "verified"))),
    "answer": lambda p, v, g: v.answer(str(g.get("option", ""))),
    "party": lambda p, v, g: v.set_speaker(str(g.get("kind", ""))),
    "agent": _agent,
    "help": lambda p, v, g: v.toggle_help(),
    "child": lambda p, v, g: v.add_child(str(g.get("name", ""))),
    "employer": lambda p, v, g: v.add_employer(str(g.get("uscc", ""))),
    "person": lambda p, v, g: v.focus_principal(p.principal_key(str(g.get("person", "")))),
    "open": _open,
    "focus": lambda p, v, g: v.focus_case(p.case_id(g.get("case", 1))),
    "drop": lambda p, v, g: v.drop_case(p.case_id(g["case"]) if "case" in g else ""),
    "situation": lambda p, v, g: v.set_situation(str(g.get("situation", ""))),
    "set": _set,
    "row": _row,
    "remove_row": lambda p, v, g: v.remove_row(str(g.get("field", "")), int(g.get("row", 1)) - 1),
    "ask": lambda p, v, g: v.ask(str(g.get("question", "")), bool(g.get("yes", True))),
    "bring_over": lambda p, v, g: v.bring_over(),
    "receive": _receive,
    "photograph": _photograph,
    "take_back": lambda p, v, g: v.take_back(str(g.get("material", ""))),
    "defer": lambda p, v, g: v.defer(str(g.get("material", "")), int(g.get("days", 0))),
    "commit": lambda p, v, g: v.commit(str(g.get("material", ""))),
    "check": lambda p, v, g: v.check(True),
    "submit": _submit,
    "submit_all": lambda p, v, g: v.submit_all(),
    "refuse": lambda p, v, g: v.refuse(
        str(g.get("reason", "")), str(g.get("basis", "")), str(g.get("go_to", ""))
    ),
    "tell_once": lambda p, v, g: v.tell_once(str(g.get("type", "")), str(g.get("situation", ""))),
    "tell_card_unlock": lambda p, v, g: v.tell_card_unlock(),
    "notice": lambda p, v, g: v.give_notice(),
    "receive_only": lambda p, v, g: v.receive_only(),
    "import_list": _import_list,
    "pick_up": lambda p, v, g: v.pick_up(ways.filing_id(v.office, g)),
    "send_back": lambda p, v, g: v.send_back(ways.filing_id(v.office, g), str(g.get("reason", ""))),
    "accept_for": lambda p, v, g: v.accept_for(str(g.get("place", ""))),
    "home_visit": lambda p, v, g: v.start_home_visit([str(one) for one in g.get("staff", [])]),
    "book_visit": lambda p, v, g: ways.book(v.office, p.number(g.get("case")), g),
    "print": lambda p, v, g: p.reprint(str(g.get("number", ""))),
    "next": lambda p, v, g: v.finish(),
    "hold": lambda p, v, g: v.hold(),
    "resume": _resume,
    "undo": lambda p, v, g: v.undo(),
    "redo": lambda p, v, g: v.redo(),
    "reveal": lambda p, v, g: v.reveal(str(g.get("what", ""))),
    "lock": lambda p, v, g: v.lock(),
    "unlock": lambda p, v, g: v.unlock(str(g.get("passphrase", ""))),
}

"""What the citizen's screen shows, as frozen values, and which of them a visit calls for.

The window is given one of these and nothing else: no visit, no service, no device. Names and numbers in them
are masked already. A new page is a new value beside its widget in `ui.citizen`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from counter_app.domain import ratings
from counter_app.domain.value import Value
from counter_app.services.visit_view import CaseView, MaterialView, VisitView
from ui.viewmodels.checking import answer_lines, answer_places, people_lines
from ui.viewmodels.form import fields_to_show
from ui.words import MATERIAL

STATES = {"identify": "核验身份", "fill": "填写", "materials": "收材料", "check": "核对", "done": "已受理"}
CHECK_MS = 180_000  # a citizen reads longer than a clerk types
UNSHOWN = "已录入，不在屏上显示，请与工作人员当面核对"
MOST_WORDS = 500  # characters of an objection
SIGN_MS = 120_000
RATE_MS = 60_000
# Level, code and words of what may be ticked, as the national service evaluation has them.
REASONS = tuple((level, one.code, one.text) for level in ratings.BAD for one in ratings.INDICATORS[level])


@dataclass(frozen=True, slots=True)
class CitizenPage:
    """What every page carries: the window's number, and how long it waits for a touch in ms (0: for ever)."""

    window: str = ""
    limit_ms: int = 0


@dataclass(frozen=True, slots=True)
class Welcome(CitizenPage):
    """Nobody is served: the window, who works here, and what to get ready."""

    hall: str = ""
    clerk: str = ""
    paused: bool = False


class Matter(Value, frozen=True):
    """One matter of the visit and how far it is."""

    name: str
    state: str
    done: bool = False


@dataclass(frozen=True, slots=True)
class Served(CitizenPage):
    """You are being served: number, masked name, matters."""

    ticket: str = ""
    name: str = field(default="", repr=False)
    by: str = field(default="", repr=False)  # who speaks, when it is not the person
    matters: tuple[Matter, ...] = ()


@dataclass(frozen=True, slots=True)
class Confirm(CitizenPage):
    """What was entered, to be read and agreed to; a line that is wrong is pointed at."""

    title: str = ""
    lines: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    places: tuple[str, ...] = ()  # where the desk mends each line; () where none can be pointed at


@dataclass(frozen=True, slots=True)
class Sign(CitizenPage):
    """A name to be written; `words` is what it is written under."""

    title: str = "请签名"
    words: str = "以上内容我已核对，情况属实。"


@dataclass(frozen=True, slots=True)
class Rate(CitizenPage):
    """Five levels, none chosen; `reasons` (level, code, words) are offered for the two lowest."""

    title: str = ""
    number: str = ""
    reasons: tuple[tuple[int, str, str], ...] = REASONS


@dataclass(frozen=True, slots=True)
class ShowCode(CitizenPage):
    """A QR code to be scanned with one's own telephone."""

    title: str = ""
    code: str = field(default="", repr=False)
    words: str = ""


@dataclass(frozen=True, slots=True)
class Finished(CitizenPage):
    """Accepted: the number to keep, the day it is due, the papers to take, what is still owed."""

    title: str = ""
    number: str = ""
    due: str = ""
    papers: tuple[str, ...] = ()
    owed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wait(CitizenPage):
    """Please wait, or one thing to know."""

    title: str = "请稍候"
    words: str = ""


class Agreed(Value, frozen=True):
    """The answer to `Confirm`: all is right, or something is wrong; `wrong` are the places pointed at."""

    yes: bool
    wrong: tuple[str, ...] = ()


class GivenUp(Value, frozen=True):
    """No answer: the time was over (`late`) or the citizen did not want to."""

    late: bool


def page_for(view: VisitView, desk_page: str, is_hidden: bool = False) -> CitizenPage:
    """The page a visit calls for; `desk_page` is the clerk's. While the desk is locked nothing is shown."""
    window = view.window
    if view.locked or is_hidden:
        return Wait(window, words="工作人员正在处理，请在窗口前稍候。")
    if not view.visit_open:
        return Welcome(window, hall=view.hall, clerk=view.clerk_no)
    case = view.case
    if case is not None and desk_page == "check":
        if case.checked:
            return Wait(window, title="已确认，谢谢", words="工作人员正在提交，请稍候。")
        return Confirm(window, CHECK_MS, case.name, check_lines(view, case), check_places(view, case))
    if case is not None and desk_page == "done" and case.number:
        return finished(view, case)
    return served(view)


def served(view: VisitView) -> Served:
    """Who is served and with what."""
    person = next((p for p in view.principals if p.key == view.current_principal), None)
    speaker = view.speaker
    by = speaker.person.name if speaker and speaker.person and speaker.kind != "self" else ""
    matters = tuple(
        Matter(tile.name, "已受理" if tile.number else STATES.get(tile.step, ""), bool(tile.number))
        for tile in view.tiles
    )
    return Served(
        view.window,
        ticket=view.ticket.number if view.ticket else "",
        name=person.name if person else "",
        by=by,
        matters=matters,
    )


def finished(view: VisitView, case: CaseView) -> Finished:
    """The end of one case, as the citizen needs it."""
    owed = tuple(f"{m.name}（{m.due_on} 前）" for m in case.materials if m.state == "deferred" and m.due_on)
    verdict = case.verdict
    due = verdict.due_on if verdict is not None and verdict.kind == "limited" else ""
    titles = tuple(dict.fromkeys(paper.title for paper in case.papers))
    return Finished(view.window, 0, case.name, case.number, due, titles, owed)


def check_lines(view: VisitView, case: CaseView) -> tuple[tuple[str, str], ...]:
    """Everything the citizen agrees to, line by line, as the clerk's own check page lists it."""
    lines = [*people_lines(view, case)]
    for shown in fields_to_show(case):
        told = UNSHOWN if shown.sensitive == "diagnosis" else ""
        lines += [(name, told or value) for name, value, _ in answer_lines(shown)]
    lines += [("材料", f"{m.name}　{_state(m)}") for m in case.materials if m.state != "not_needed"]
    return tuple(lines)


def check_places(view: VisitView, case: CaseView) -> tuple[str, ...]:
    """The place of the desk where each line of `check_lines` is mended."""
    places = ["identity", "party"] if people_lines(view, case) else []
    places += [place for shown in fields_to_show(case) for place in answer_places(shown)]
    return (*places, *(f"material:{m.code}" for m in case.materials if m.state != "not_needed"))


def objection(screen: str, names: Sequence[str] = ()) -> tuple[str, str]:
    """What is written down when the citizen says by touch that something is wrong: about what, and the words.

    `names` are the lines pointed at, without their values. It is a fact of the case from then on, and lies
    before whoever decides on it.
    """
    pointed = f"群众在{screen}上指出不对：{'、'.join(names)}"
    return "群众核对", pointed[:MOST_WORDS] if names else f"群众在{screen}上按了“有误”"


def _state(material: MaterialView) -> str:
    words = MATERIAL.get(material.state, ("", material.state))[1].lstrip("✓✕◆－ ")
    return f"{words}，{material.due_on} 前补交" if material.due_on and material.state == "deferred" else words

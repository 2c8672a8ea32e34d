"""What the guide desk holds: the hall as last heard, the chosen number and its story, what is being asked."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal

from counter_app.domain.ticket_slip import TicketSlip
from counter_app.domain.tickets import CLASS_NAMES, NEEDS, Ticket
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.services.guide_view import GuideRow, HallNow, StoryLine
from ui.hall_ports import GuidePort
from ui.jobs import Jobs
from ui.notices import Notices

LOOK_MS = 3_000  # how often the hall is looked at


class AskRow(Value, frozen=True):
    """One line of choices of a question. `several`: any number of them; else one, the first to begin with."""

    key: str
    title: str
    choices: tuple[tuple[str, str], ...]
    several: bool = False
    chosen: tuple[str, ...] = ()


class Ask(Value, frozen=True):
    """What is asked before something is done: rows of choices, one line of text, one act."""

    act: str
    title: str
    go: str
    rows: tuple[AskRow, ...] = ()
    text: str = ""  # the label of the line, "" for none
    must: bool = False  # the line may not be empty
    hints: tuple[str, ...] = ()  # texts given often
    value: str = ""
    number: str = ""  # the label of a line for the number of a document, "" for none


Answers = Mapping[str, tuple[str, ...]]


@dataclass(slots=True)
class _Slip:
    """The number given last, and whether its paper came out."""

    slip: TicketSlip | None = None
    printed: bool = field(default=True)


class GuideModel(QObject):
    """Turns keys into calls on the guide's lane. A hub that is away is said once, calmly, and asked again."""

    hall_changed = Signal()
    chosen_changed = Signal()
    ask_changed = Signal()
    away_changed = Signal(bool)
    act = Signal(str)

    def __init__(self, port: GuidePort, jobs: Jobs, notices: Notices) -> None:
        super().__init__()
        self.port, self.jobs, self.notices = port, jobs, notices
        self.hall = HallNow()
        self.filter = ""
        self.chosen = ""
        self.story: tuple[StoryLine, ...] = ()
        self.ask: Ask | None = None
        self.is_away, self.spares = False, 0
        self.given = _Slip()
        self._is_sending = False
        self._is_looking = False
        self._look = QTimer(self, interval=LOOK_MS)
        self._look.timeout.connect(self.look)

    # --- looking -----------------------------------------------------------------------------
    def start(self) -> None:
        """Look now, and again every few seconds."""
        self.look()
        self._look.start()

    def stop(self) -> None:
        """Look no more."""
        self._look.stop()

    def look(self) -> None:
        """Ask how the hall is, once at a time."""
        if not self._is_looking:
            self._is_looking = True
            self.jobs.run(self.port.now, self._came, self._looked)

    def _looked(self) -> None:
        self._is_looking = False

    def _came(self, hall: HallNow) -> None:
        self._looked()
        self._away(False)
        self.hall = hall
        self.hall_changed.emit()
        if self.chosen:
            self._tell_story()

    def refused(self, problem: Problem) -> None:
        """Away is a state of the line, no news; everything else is said."""
        if problem.code == "hub-away":
            self._away(True)
        else:
            self.notices.refuse(problem)

    def _away(self, away: bool) -> None:
        if away != self.is_away:
            self.is_away = away
            self.spares = self.port.spares() if away else 0
            self.away_changed.emit(away)

    def rows(self) -> tuple[GuideRow, ...]:
        """The numbers of the list, as far as the filter lets them."""
        wanted = self.filter.strip().upper()
        return tuple(row for row in self.hall.rows if wanted in row.ticket.number)

    def sift(self, text: str) -> None:
        """Show only numbers with this in them."""
        self.filter = text
        self.hall_changed.emit()

    # --- one number --------------------------------------------------------------------------
    @property
    def ticket(self) -> Ticket | None:
        """The chosen number."""
        return next((row.ticket for row in self.hall.rows if row.ticket.ticket_id == self.chosen), None)

    def choose(self, ticket_id: str) -> None:
        """Look at one number."""
        if ticket_id != self.chosen:
            self.chosen, self.story = ticket_id, ()
            self.chosen_changed.emit()
            if ticket_id:
                self._tell_story()

    def _tell_story(self) -> None:
        self.jobs.run(partial(self.port.story, self.chosen), partial(self._told, self.chosen))

    def _told(self, ticket_id: str, story: tuple[StoryLine, ...]) -> None:
        if ticket_id == self.chosen and story != self.story:
            self.story = story
            self.chosen_changed.emit()

    # --- asking ------------------------------------------------------------------------------
    def begin(self, act: str) -> None:
        """Ask what an act needs to know; acts about a number need a chosen one."""
        if act not in ("take", "materials") and self.ticket is None:
            self.notices.tell("先选一个号", "在左边清单里选中，或按 F3 输入号码。")
            return
        self._put(self._question(act))

    def _question(self, act: str) -> Ask:
        ticket = self.ticket
        number = ticket.number if ticket else ""
        needs = AskRow("needs", "沟通需要", tuple(NEEDS.items()), True, ticket.needs if ticket else ())
        classes = AskRow("class", "优先类别", tuple((str(k), w) for k, w in CLASS_NAMES.items()))
        groups = AskRow("group", "办哪一类", (("", "不清楚，帮他安排"), *self.hall.groups))
        why = ("当事人出示证件", "引导台核实", "当事人要求")
        questions = {
            "take": Ask(
                "take",
                "替群众取号",
                "取号并打印",
                (groups, classes, AskRow("needs", "沟通需要", needs.choices, True)),
                "备注",
                number="身份证号（可不填；填了同一人不会有两个号，老年人自动优先）",
            ),
            "needs": Ask(
                "needs", f"{number} 的沟通需要", "记下", (needs,), "备注", value=ticket.note if ticket else ""
            ),
            "promote": Ask("promote", f"调整 {number} 的优先", "调整", (classes,), "理由", True, why),
            "reissue": Ask(
                "reissue",
                f"补打 {number} 的号票",
                "补打",
                (),
                "理由",
                True,
                ("号票丢失", "号票看不清", "没有出纸"),
            ),
            "merge": Ask(
                "merge",
                f"把 {number} 并到另一个号",
                "合并",
                (),
                "留下的号和理由，如 A012 同一人重复取号",
                True,
            ),
            "assist": Ask(
                "assist",
                f"给 {number} 安排帮办",
                "安排",
                (),
                "帮办人员工号，留空为不再帮办",
                value=ticket.helper if ticket else "",
            ),
            "cancel": Ask(
                "cancel", f"取消 {number}", "取消这个号", (), "理由", True, ("当事人不办了", "重复取号")
            ),
        }
        return questions[act]

    def put_aside(self) -> bool:
        """Take back what is being asked; tells whether there was anything."""
        had = self.ask is not None
        self._put(None)
        return had

    def _put(self, ask: Ask | None) -> None:
        self.ask = ask
        self.ask_changed.emit()

    def confirm(self, answers: Answers, text: str) -> None:
        """Carry out what was asked."""
        ask = self.ask
        if ask is None or self._is_sending:
            return
        if ask.must and not text.strip():
            self.notices.refuse(Problem("reason-needed", "why", ask.title))
            return
        self._send(partial(self._call, ask.act, answers, text.strip()), partial(self._done, ask))

    def _call(self, act: str, answers: Answers, text: str) -> Any:
        ticket_id = self.chosen
        one = {key: (found[0] if found else "") for key, found in answers.items()}
        calls: dict[str, Callable[[], Any]] = {
            "take": lambda: self.port.take(
                one["group"], one["class"], answers["needs"], text, certno=one.get("number", "")
            ),
            "needs": lambda: self.port.describe(ticket_id, answers["needs"], text),
            "promote": lambda: self.port.promote(ticket_id, one["class"], text),
            "reissue": lambda: self.port.reissue(ticket_id, text),
            "merge": lambda: self.port.merge(ticket_id, *_number_and_reason(text)),
            "assist": lambda: self.port.assist(ticket_id, text),
            "cancel": lambda: self.port.cancel(ticket_id, text),
        }
        return calls[act]()

    def revive(self) -> None:
        """Somebody who missed their call is back."""
        if self.ticket is not None:
            self._send(partial(self.port.revive, self.chosen), partial(self._said, "已恢复，优先再叫"))

    def answer(self) -> None:
        """Go to whoever rang first."""
        if not self.hall.calls:
            self.notices.tell("现在没有人呼叫帮助")
            return
        place = self.hall.calls[0].place
        self._send(partial(self.port.answer, place), partial(self._said, f"已应答：{place}"))

    def _send(self, call: Callable[[], Any], then: Callable[[Any], None]) -> None:
        self._is_sending = True
        self.jobs.run(call, partial(self._sent, then), self._not_sent)

    def _sent(self, then: Callable[[Any], None], answer: Any) -> None:
        self._is_sending = False
        then(answer)
        self.look()

    def _not_sent(self) -> None:
        self._is_sending = False

    def _done(self, ask: Ask, answer: Any) -> None:
        self._put(None)
        if isinstance(answer, tuple):
            slip, printed = answer
            self.given = _Slip(slip, printed)
            if slip.is_spare and printed:
                self.notices.tell(f"已取备用号 {slip.number}", "大厅服务恢复后，按取号时间自动排队。", "ok")
                return
            if not printed:
                self.notices.tell(
                    f"{slip.number} 有效，号票没打出来", "请把号写给群众，处理打印机后按 F9 补打。", "err"
                )
                return
        self._said({"take": "已取号", "reissue": "已补打"}.get(ask.act, "已办"), answer)

    def _said(self, words: str, answer: Any) -> None:
        slip = answer[0] if isinstance(answer, tuple) else None
        number = slip.number if slip is not None else getattr(answer, "number", "")
        self.notices.tell(f"{words} {number}".strip(), kind="ok")


def _number_and_reason(text: str) -> tuple[str, str]:
    number, _, reason = text.strip().partition(" ")
    return number, reason.strip() or "重复取号"

"""Plays a script step by step on one visit; each step's refusal is noted and the play goes on."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any

from counter_app.domain.cases import Fact
from counter_app.problems import Problem, Problems
from counter_app.rehearsal import hand, reviewers, ways
from counter_app.rehearsal.clerk import CLERK
from counter_app.rehearsal.clock import ScriptedClock
from counter_app.rehearsal.expect import Seen, differences
from counter_app.rehearsal.people import Roles
from counter_app.rehearsal.script import Script, Step, span
from counter_app.rehearsal.stage import Stage
from counter_app.services import commitments, decide
from counter_app.services.batch_accept import BatchDone
from counter_app.services.due import due_counts
from counter_app.services.life import life_of
from counter_app.services.office import Office
from counter_app.services.printing import Left, note_left, print_paper, print_queued
from counter_app.services.visit import Visit
from drivers.protocols import CardEvent, CardRead, Fault, IdCardRead, Scan

ALL = 1_000_000  # every case of the store
CARD_LIMIT_S = 12.0
SCAN_LIMIT_S = 5.0


@dataclass
class Played:
    """What the transcript says: one line a step, and what went wrong."""

    steps: list[dict[str, Any]] = field(default_factory=list)
    problems: list[dict[str, Any]] = field(default_factory=list)
    failed: bool = False


class Player:
    """One play of one script. `left` is told of every paper after it has left."""

    def __init__(
        self,
        script: Script,
        visit: Visit,
        clock: ScriptedClock,
        stage: Stage,
        left: Callable[[Left], None],
        played: Played,
    ) -> None:
        self._script, self._visit, self._clock, self.stage, self._left = script, visit, clock, stage, left
        self._office: Office = visit.office
        self._roles = Roles(script.tables)
        self._last = ""
        self.list_done: BatchDone | None = None
        self._kinds: dict[str, Callable[[Step], None]] = {
            "kill": self._kill,
            "clock": self._move_clock,
            "network": self._network,
            "device": self._device,
            "clerk": self._clerk,
            "citizen": self._citizen,
            "reviewer": self._reviewer,
        }
        self.played = played

    def play(self, first: int = 0, before: Callable[[int], None] = lambda n: None) -> Played:
        """Play from a step on; `before(n)` is called before each, for resuming after a kill."""
        self.print_waiting()
        for step in self._script.steps[first:]:
            before(step.n)
            self._one(step)
        return self.played

    def print_waiting(self) -> list[Problem]:
        """Print what was promised and has not left; also what a kill left behind."""
        told: list[Left] = []
        problems = print_queued(self._office.ports, self._office.actor, told)
        for left in told:
            self._left(left)
        return problems

    def _one(self, step: Step) -> None:
        self._clock.move(timedelta(seconds=1))
        problem: Problem | None = None
        if step.kind == "expect":
            self._expect(step)
            return
        try:
            self._kinds[step.kind](step)
            problems = self.print_waiting()
            reviewers.exchange(self._office)
            problem = problems[0] if problems else None
        except Problem as refused:
            problem = refused
        except Problems as several:
            problem = several.problems[0]
        if problem is None and step.word in ("submit", "check", "confirm"):
            problem = self._summary()
        self._last = problem.code if problem else ""
        self._note(step, problem)

    def _summary(self) -> Problem | None:
        """A submit or check that found problems refuses without an exception: its first problem counts."""
        case = self._visit.view().case
        if case is None or case.number or not case.problems:
            return None
        first = case.problems[0]
        problem = Problem(first.code, first.where)
        problem.cause = first.cause
        return problem

    def _note(self, step: Step, problem: Problem | None) -> None:
        where = f"{self._script.file}:{step.line}"
        row: dict[str, Any] = {
            "n": step.n,
            "ok": problem is None,
            "problem": problem.code if problem else None,
        }
        self.played.steps.append(row)
        if problem is not None:
            self.played.problems.append({**problem.as_dict(), "step": step.n, "line": where})

    def _expect(self, step: Step) -> None:
        storage = self._office.ports.storage
        waiting = storage.outbox().waiting
        seen = Seen(
            self._visit.view(),
            self._last,
            tuple(storage.cases(limit=ALL)),
            tuple(storage.papers()),
            waiting,
            partial(life_of, self._office),
            self.list_done,
            len(storage.filings("waiting")),
            lambda: self._visit.closing().balance,
            lambda: due_counts(self._office.calendar, storage.due_days(), self._office.today()),
        )
        try:
            wrong = differences(step.given, seen)
        except LookupError as error:
            wrong = [str(error)]
        row = {"n": step.n, "ok": not wrong, "problem": "expect-failed" if wrong else None}
        self.played.steps.append(row)
        if wrong:
            self.played.failed = True
            problem = Problem("expect-failed", f"{self._script.file}:{step.line}", "；".join(wrong))
            self.played.problems.append({**problem.as_dict(), "step": step.n})

    # --- kinds of step ------------------------------------------------------------------------
    def _kill(self, step: Step) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    def _move_clock(self, step: Step) -> None:
        self._clock.move(span(step.given["span"]))

    def _network(self, step: Step) -> None:
        self.stage.network(step.word == "heal")

    def _device(self, step: Step) -> None:
        given = step.given
        if step.word == "insert":
            self.stage.insert(self._roles.card(given), str(given.get("reader", "")))
            self._take(self.stage.event((CardRead,), CARD_LIMIT_S))
        elif step.word == "remove":
            self.stage.remove(str(given.get("reader", "")))
            self._take(self.stage.event((CardEvent,), SCAN_LIMIT_S))
        elif step.word == "lay":
            self.stage.lay(self._roles.id_card(given))
            self._take(self.stage.event((IdCardRead,), CARD_LIMIT_S))
        elif step.word == "lift":
            self.stage.lift()
        elif step.word == "scan":
            if "code" in given:
                self.stage.show(str(given["code"]))
            else:
                self.stage.show_voucher(str(given.get("person", "")), bool(given.get("fresh", True)))
            self._take(self.stage.event((Scan,), SCAN_LIMIT_S))
        elif step.word == "read":
            self._take(self.stage.event((CardRead,), CARD_LIMIT_S))
        else:
            self.stage.printer(step.word)

    def _take(self, event: object) -> None:
        if isinstance(event, tuple) and isinstance(event[1], Fault):
            raise Problem(event[1].code, str(event[0]), event[1].detail)
        self._visit.take(event)

    def _clerk(self, step: Step) -> None:
        CLERK[step.word](self, self._visit, step.given)

    def _citizen(self, step: Step) -> None:
        given = step.given
        if step.word == "confirm":
            self._visit.check(True)
        elif step.word == "object":
            self._visit.check(False)
        elif step.word == "sign":
            self._visit.sign(hand.written(), str(given.get("words", "")))
        elif step.word == "take":
            person = self._roles.certno(str(given["person"])) if "person" in given else ""
            who = next(iter(self._office.marks_of(person)), "")
            group, klass = str(given.get("group", "")), str(given.get("class", ""))
            self._office.ports.hub.take(self._office.new_id(), group, klass, who)
        elif step.word == "file":
            ways.file(self._office, self._roles, self._script.seed, given)
        else:
            self._rate(given)

    def _rate(self, given: Mapping[str, Any]) -> None:
        level = int(given.get("level", 0))
        if not 1 <= level <= 5:
            raise Problem("field-choice", "rate", str(level))
        body = {
            "level": level,
            "reasons": list(given.get("reasons", [])),
            "visit_id": self._visit.state.visit_id,
        }
        with self._office.ports.storage.unit(self._office.actor, self._office.now()) as unit:
            unit.record(Fact("rating.given", body))

    def _reviewer(self, step: Step) -> None:
        given = step.given
        number = self.number(given.get("case"))
        if step.word == "return_originals":
            decide.return_originals(self._office, number, str(given.get("reason", "")))
            return
        if step.word in ("checked", "repaired"):
            self._commitment(step.word, number, given)
            return
        reviewers.act(self._office, number, step.word, given)

    def _commitment(self, word: str, number: str, given: Mapping[str, Any]) -> None:
        reason = str(given.get("reason", ""))
        if word == "repaired":
            commitments.repaired(self._office, number, reason)
        else:
            holds = bool(given.get("holds", True))
            commitments.checked(self._office, number, str(given.get("material", "")), holds, reason)

    def number(self, case: Any) -> str:
        """A case by its number, or the nth accepted in this store; the newest when none is named."""
        if isinstance(case, str):
            return case
        ordered = list(reversed(self._office.ports.storage.cases(limit=ALL)))
        nth = len(ordered) if case is None else int(case)
        if not 0 < nth <= len(ordered):
            raise Problem("not-found", "case", str(case))
        return ordered[nth - 1].number

    def case_id(self, case: Any) -> str:
        """The id of the nth case of the open visit."""
        tiles = self._visit.view().tiles
        nth = int(case)
        if not 0 < nth <= len(tiles):
            raise Problem("not-found", "case", str(case))
        return tiles[nth - 1].case_id

    def principal_key(self, key: str) -> str:
        """The principal of the visit who is the person with this key in the script."""
        certno = self._roles.certno(key)
        for principal in self._visit.state.principals:
            if principal.person is not None and principal.person.certno == certno:
                return principal.key
        raise Problem("not-found", "person", key)

    def certno(self, given: Mapping[str, Any]) -> str:
        """The number typed: as given, or a person's."""
        return str(given.get("certno") or self._roles.certno(str(given.get("person", ""))))

    def reprint(self, number: str) -> None:
        """Print a paper again, by its number; "" = the last one."""
        storage = self._office.ports.storage
        papers = storage.papers()
        paper = storage.paper(number) if number else (papers[-1] if papers else None)
        if paper is None:
            raise Problem("not-found", "number", number)
        again = print_paper(self._office.ports, paper, reprint=bool(paper.printed))
        note_left(self._office.ports, again, self._office.actor, self._office.now())
        self._left(again)

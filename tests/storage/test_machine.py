"""Histories of commits, crashes, bit flips and wrong clocks against a model of what was promised."""

from __future__ import annotations

import itertools
import logging
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from counter_app.domain.cases import Fact
from counter_app.storage import audit
from counter_app.storage.store import CounterStore
from tests.fakes.counter import CLERK, Desk, accept, turn_a_bit


class Counter(RuleBasedStateMachine):
    """The model: which cases, drafts and papers were promised to the clerk."""

    def __init__(self) -> None:
        super().__init__()
        self.root = Path(tempfile.mkdtemp(prefix="machine-"))
        self.images = itertools.count()
        self.desk = Desk(self.root / "0")
        self.store: CounterStore = self.desk.open()
        self.cases: list[str] = []
        self.facts = 0
        self.drafts: dict[str, str] = {}
        self.printed: dict[str, int] = {}
        self.acknowledged = 0

    # --- what a desk does -----------------------------------------------------------------------
    @rule(draft=st.sampled_from(["", "d1", "d2"]))
    def accepts(self, draft: str) -> None:
        suspect = self._runs_back()
        self.cases.append(accept(self.store, self.desk.clock.now(), draft).number)
        self.facts += 4 + suspect
        self.drafts.pop(draft, None)

    @rule(draft=st.sampled_from(["d1", "d2"]), body=st.sampled_from(["{}", '{"step":"fill"}']))
    def saves_draft(self, draft: str, body: str) -> None:
        with self.store.unit(CLERK, self.desk.clock.now()) as unit:
            unit.save_draft(draft, body)
        self.drafts[draft] = body

    @rule(at=st.integers(1, 4))
    def gives_up_half_way(self, at: int) -> None:
        with pytest.raises(ZeroDivisionError), self.store.unit(CLERK, self.desk.clock.now()) as unit:  # noqa: PT012
            unit.next_number(self.desk.clock.now().date())
            for _ in range(at):
                unit.record(Fact("case.accepted", {}))
            unit.save_draft("d1", "half")
            raise ZeroDivisionError

    @precondition(lambda self: self.cases)
    @rule(data=st.data())
    def hands_over_a_paper(self, data: Any) -> None:
        number = data.draw(st.sampled_from(self.cases))
        (paper,) = self.store.papers(number)
        again = bool(paper.printed)
        self.facts += again and 1 + self._runs_back()
        self.store.paper_left(paper.paper_id, "ab" * 32, self.desk.clock.now(), CLERK, reprint=again)
        self.printed[number] = self.printed.get(number, -1) + 1

    @rule(count=st.integers(1, 9))
    def hub_acknowledges(self, count: int) -> None:
        waiting = self.store.waiting(count)
        self.store.settle([{"event_id": one["event_id"], "verdict": "accepted"} for one in waiting])
        self.acknowledged += len(waiting)

    @rule(minutes=st.sampled_from([1, 60, -1, -90, 60 * 24, -60 * 24 * 400]))
    def clock_steps(self, minutes: int) -> None:
        self.desk.clock.step(minutes=minutes)

    # --- what befalls it ------------------------------------------------------------------------
    @rule()
    def closes_and_opens(self) -> None:
        self.store.close()
        self.store = self.desk.open()

    @rule()
    def is_killed(self) -> None:
        self._crash(lambda folder: None)

    @rule(share=st.floats(0, 0.999), bit=st.integers(0, 7))
    def is_killed_and_a_bit_of_the_wal_turns(self, share: float, bit: int) -> None:
        before = self.store.journal.high
        self._crash(lambda folder: turn_a_bit(folder / "store.db-wal", share, bit))
        assert self.store.journal.high == before
        # Drafts and acknowledgements are not journalled: what a bad sector takes of them is asked again.
        self.drafts = {draft_id: body for draft_id, body, _ in self.store.drafts()}
        self.acknowledged = self.store.outbox().acknowledged

    @rule(lost=st.integers(0, 400))
    def is_killed_and_the_journal_loses_its_end(self, lost: int) -> None:
        def cut(folder: Path) -> None:
            for file in sorted(folder.glob("journal/*.owj"))[-1:]:
                data = file.read_bytes().rstrip(b"\0")
                file.write_bytes(data[: max(0, len(data) - lost)])

        self._crash(cut)

    @rule()
    def is_killed_and_loses_the_journal(self) -> None:
        self._crash(lambda folder: shutil.rmtree(folder / "journal"))

    # --- what must always hold ------------------------------------------------------------------
    @invariant()
    def everything_promised_is_there_once(self) -> None:
        assert [case.number for case in self.store.cases(limit=1000)] == self.cases[::-1]
        assert {draft_id: body for draft_id, body, _ in self.store.drafts()} == self.drafts
        papers = self.store.papers()
        assert [paper.number for paper in papers] == self.cases
        printed = {paper.number: paper.reprints for paper in papers if paper.printed}
        assert printed == self.printed
        assert [p.number for p in self.store.queued_papers()] == [n for n in self.cases if n not in printed]

    @invariant()
    def the_chain_and_the_outbox_are_whole(self) -> None:
        assert audit.verify(self.store) == (True, self.facts, None)
        count = self.store.outbox()
        assert (count.waiting, count.acknowledged) == (self.facts - self.acknowledged, self.acknowledged)
        assert self.store.journal.high == self.store.state.unit_no

    def teardown(self) -> None:
        self.store.close()
        shutil.rmtree(self.root)

    def _crash(self, damage: Callable[[Path], None]) -> None:
        """What kill -9 leaves, damaged, and opened again."""
        folder = self.root / str(next(self.images) + 1)
        shutil.copytree(self.desk.folder, folder)
        self.store.close()
        damage(folder)
        self.desk = Desk(folder, self.desk.clock)
        self.store = self.desk.open()

    def _runs_back(self) -> bool:
        wall_ms = int(self.desk.clock.now().timestamp() * 1000)
        return wall_ms < self.store.state.last_wall_ms - 120_000


def test_every_history_keeps_every_promise(size: Callable[[str], int]) -> None:
    store_log = logging.getLogger("counter_app.storage.store")
    store_log.disabled = True  # putting back is announced each time; here it is the everyday
    try:
        histories = settings(max_examples=size("histories"), stateful_step_count=25)
        run_state_machine_as_test(Counter, settings=histories)  # type: ignore[no-untyped-call]
    finally:
        store_log.disabled = False

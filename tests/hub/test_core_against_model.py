"""The hub and the pure line live the same random life and must agree on every ticket and every fact."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Connection, Engine, create_engine, select

from counter_app.domain.tickets import TicketClass, TicketState
from counter_app.hub import arranging, core, rows, tables
from counter_app.hub.commands import Act, Arrange, Call, Look, Pause, Take
from counter_app.hub.halls import open_hall
from counter_app.hub.opening import open_server
from counter_app.hub.pool import PoolLane
from counter_app.problems import Problem
from counter_app.queueing import line as model
from counter_app.queueing.choose import Window, own_lanes
from counter_app.queueing.entry import HOLDING
from counter_app.queueing.rules import Rules
from tests.hub.stores import RULES, START, HandClock, built, clerk, memory

WINDOWS = ["1", "2", "3"]
VERBS = [
    "recall",
    "serve",
    "park",
    "transfer",
    "miss",
    "revive",
    "done",
    "cancel",
    "promote",
    "describe",
    "assist",
    "reissue",
    "carry",
]


class HubLife(RuleBasedStateMachine):
    """Every rule does one thing to both and compares what came back."""

    engine: Engine
    known: Rules | None = None  # what whoever asks for a number knows of the hall
    lives = 0

    def __init__(self) -> None:
        super().__init__()
        self.clock = HandClock(START)
        self.line = model.Line(RULES)
        self.facts: list[Any] = []
        self.ids: dict[str, str] = {}  # request -> ticket id
        self.asked = 0
        self.lanes: dict[str, tuple[str, ...]] = {}  # of a window when it called last

    def do(self, work: Callable[[Connection], Any]) -> Any:
        """One transaction of the hub."""
        with self.engine.begin() as connection:
            return work(connection)

    @initialize()
    def another_hall(self) -> None:
        """Every life is its own hall in the same store: they must not see each other."""
        type(self).lives += 1
        self.hall = f"h{self.lives}"
        self.do(lambda c: open_hall(c, self.hall, RULES))

    # --- both at once -----------------------------------------------------------------------
    def both(self, ours: Any, theirs: Any) -> tuple[Any, Any]:
        """The values of both, or a Problem code of both."""
        try:
            real: Any = self.do(ours)
        except Problem as problem:
            real = problem.code
        try:
            made = theirs()
        except Problem as problem:
            made = problem.code
        if isinstance(real, str) or isinstance(made, str):
            assert real == made
        return real, made

    def now(self) -> int:
        return rows.to_ms(self.clock.at)

    @rule(
        request=st.integers(0, 14),
        group=st.sampled_from(["", "general", "benefit", "employer", "待遇支付", "nowhere"]),
        klass=st.sampled_from(["", *TicketClass, "老年人", "vip"]),
        person=st.sampled_from(["", "", "p1", "p2", "p3"]),
    )
    def take(self, request: int, group: str, klass: str, person: str) -> None:
        request_id = f"r{request}"
        wish = Take(self.hall, self.clock.at, request_id, group, klass, person, rules=self.known)
        made_id = self.ids.get(request_id, f"new {request_id}")
        taking = model.Taking(made_id, rows.business_day(self.clock.at), self.now(), group, klass, person)
        real, made = self.both(
            lambda c: core.take(c, clerk(), wish), lambda: model.take(self.line, taking, clerk())
        )
        if isinstance(real, str):
            return
        self.line, entry, facts = made
        if entry.ticket_id not in self.ids.values():
            self.rename(entry.ticket_id, real.ticket.ticket_id, request_id)
            facts = tuple(self.renamed(f, entry.ticket_id, real.ticket.ticket_id) for f in facts)
        elif made_id.startswith("new ") and made_id in self.line.asked:
            asked = dict(self.line.asked)
            self.ids[request_id] = alias = f"alias {request_id}"
            asked[alias] = asked.pop(made_id)
            self.line = replace(self.line, asked=asked)
        self.facts += facts
        assert real.ticket.number == (entry.number)
        if real.ticket.state is TicketState.WAITING:
            assert real.ahead == self.line.ahead(real.ticket.ticket_id)

    def rename(self, old: str, new: str, request_id: str) -> None:
        """The model does not know how the hub makes ids; it is told."""
        entries = {k: v for k, v in self.line.entries.items() if k != old}
        entries[new] = replace(self.line.entries[old], ticket_id=new)
        self.line = replace(self.line, entries=entries)
        self.ids[request_id] = new

    @staticmethod
    def renamed(fact: Any, old: str, new: str) -> Any:
        return replace(fact, ticket_id=new) if fact.ticket_id == old else fact

    @rule(window=st.sampled_from(WINDOWS), call=st.integers(0, 30))
    def call(self, window: str, call: int) -> None:
        wish = Call(self.hall, self.clock.at, window, f"c{call}", lanes=self.lanes.get(window, ()))
        real, made = self.both(
            lambda c: core.call(c, clerk(window), wish),
            lambda: model.call(self.line, window, f"c{call}", self.now(), clerk(window)),
        )
        if isinstance(real, str):
            return
        self.line, entry, facts = made
        self.facts += facts
        self.lanes[window] = real.lanes
        assert (real.ticket and real.ticket.ticket_id) == (entry and entry.ticket_id)

    @precondition(lambda self: self.line.entries)
    @rule(
        data=st.data(),
        verb=st.sampled_from([*VERBS, "juggle"]),
        why=st.sampled_from(["", "去复印"]),
        to=st.sampled_from(
            [
                "",
                "general",
                "benefit",
                "window:2",
                "window:",
                "elderly",
                "nowhere",
                "walking,hearing",
                "2027-01-10",
                "2026-12-30",
            ]
        ),
        window=st.sampled_from(["", *WINDOWS]),
        senior=st.booleans(),
    )
    def act(self, data: Any, verb: str, why: str, to: str, window: str, senior: bool) -> None:
        # By number: the ids differ from life to life, and a story must be repeatable.
        in_order = sorted(self.line.entries.values(), key=lambda e: (e.day, e.number))
        ticket_id = in_order[data.draw(st.integers(0, len(in_order) - 1))].ticket_id
        # Most of the time the window that has the person acts, or nothing would ever happen.
        actor = clerk(window or self.line.entries[ticket_id].window, *(["supervisor"] if senior else []))
        self.asked += 1
        wish = Act(self.hall, self.clock.at, ticket_id, verb, f"a{self.asked}", why, to)
        real, made = self.both(
            lambda c: core.act(c, actor, wish),
            lambda: model.act(self.line, ticket_id, verb, self.now(), actor, why, to),
        )
        if isinstance(real, str):
            return
        self.line, entry, facts = made
        self.facts += facts
        assert real.ticket == rows.ticket_of(entry)
        assert self.do(lambda c: core.act(c, actor, wish)).repeated

    @precondition(lambda self: len(self.line.entries) > 1)
    @rule(data=st.data(), why=st.sampled_from(["", "两个号"]), senior=st.booleans())
    def merge(self, data: Any, why: str, senior: bool) -> None:
        in_order = sorted(self.line.entries.values(), key=lambda e: (e.day, e.number))
        place = st.integers(0, len(in_order) - 1)
        gone, kept = (in_order[data.draw(place)].ticket_id for _ in range(2))
        actor = clerk("", *(["supervisor"] if senior else []))
        self.asked += 1
        wish = Act(self.hall, self.clock.at, gone, "merge", f"a{self.asked}", why, kept)
        real, made = self.both(
            lambda c: core.act(c, actor, wish),
            lambda: model.act(self.line, gone, "merge", self.now(), actor, why, kept),
        )
        if isinstance(real, str):
            return
        self.line, entry, facts = made
        self.facts += facts
        assert real.ticket == rows.ticket_of(entry)

    @rule(window=st.sampled_from(WINDOWS))
    def look(self, window: str) -> None:
        state = self.do(lambda c: core.look(c, clerk(window), Look(self.hall, self.clock.at, window)))
        self.line = model.beat(self.line, window, self.now())
        lanes = own_lanes(self.line.window(window), RULES)
        fresh = [
            e
            for e in self.line.entries.values()
            if e.state is TicketState.WAITING and e.lane in lanes and e.taken_ms > self.now() - RULES.stale
        ]
        assert state.waiting == len(fresh)
        assert state.priority == sum(e.klass != TicketClass.ORDINARY for e in fresh)
        assert state.longest_ms == max([self.now() - e.taken_ms for e in fresh], default=0)

    @rule(window=st.sampled_from(WINDOWS), why=st.sampled_from(["", "交接班"]))
    def pause(self, window: str, why: str) -> None:
        wish = Pause(self.hall, self.clock.at, window, why)
        self.do(lambda c: arranging.pause(c, clerk(window), wish))
        self.line, facts = model.pause(self.line, window, why, self.now())
        self.facts += facts

    @rule(
        window=st.sampled_from(WINDOWS),
        own=st.lists(st.sampled_from(["general", "benefit"]), unique=True),
        helps=st.lists(st.sampled_from(["general", "benefit", "employer"]), unique=True),
    )
    def arrange(self, window: str, own: list[str], helps: list[str]) -> None:
        wish = Arrange(self.hall, self.clock.at, window, tuple(own), tuple(helps))
        self.do(lambda c: arranging.arrange(c, clerk(window), wish))
        place = Window(window, tuple(own), tuple(helps), self.line.window(window).paused)
        self.line = replace(self.line, windows={**self.line.windows, window: place})

    @rule(seconds=st.sampled_from([1, 4, 60, 200, 700, 3 * 3600, 13 * 3600]))
    def wait(self, seconds: int) -> None:
        self.clock.pass_(seconds=seconds)

    # --- what must always hold --------------------------------------------------------------
    @invariant()
    def same_tickets(self) -> None:
        with self.engine.begin() as connection:
            found = (
                connection.execute(select(tables.tickets).where(tables.tickets.c.hall == self.hall))
                .mappings()
                .all()
            )
        assert {row["ticket_id"]: rows.entry_of(row) for row in found} == self.line.entries

    @invariant()
    def nobody_is_at_two_windows_and_no_window_has_two(self) -> None:
        held = [e for e in self.line.entries.values() if e.state in HOLDING]
        assert len({e.window for e in held}) == len(held)
        in_line = [e.person for e in self.line.entries.values() if e.person and e.state in model.IN_LINE]
        assert len(set(in_line)) == len(in_line)

    @invariant()
    def numbers_are_unique_in_their_day(self) -> None:
        numbers = [(e.day, e.number) for e in self.line.entries.values()]
        assert len(set(numbers)) == len(numbers)

    def teardown(self) -> None:
        with self.engine.begin() as connection:
            # Facts of windows belong to no ticket; the model keeps tickets only.
            about = (tables.line_facts.c.hall == self.hall, tables.line_facts.c.ticket_id != "")
            mine = select(tables.line_facts).where(*about)
            order = mine.order_by(tables.line_facts.c.fact_no)
            found = [
                (
                    r["kind"],
                    r["ticket_id"],
                    r["at_ms"],
                    r["clerk"],
                    r["window"],
                    r["why"],
                    json.loads(r["data"]),
                )
                for r in connection.execute(order).mappings()
            ]
        told = [(f.kind, f.ticket_id, f.at_ms, f.clerk, f.window, f.why, dict(f.data)) for f in self.facts]
        assert sorted(found, key=str) == sorted(told, key=str)


def test_the_hub_on_sqlite_lives_like_the_model() -> None:
    engine = memory()

    class OnSqlite(HubLife):
        pass

    OnSqlite.engine = engine
    run_state_machine_as_test(OnSqlite)
    engine.dispose()


def test_the_hub_on_postgresql_lives_like_the_model(postgres: Any) -> None:
    engine = built(create_engine(postgres.fresh()))

    class OnPostgresql(HubLife):
        pass

    OnPostgresql.engine = engine
    run_state_machine_as_test(OnPostgresql)
    engine.dispose()


def test_the_hub_as_it_is_pressed_lives_like_the_model(postgres: Any) -> None:
    """On the loop's own pen, with all that is foreseen there and nobody locked who is only looked at."""
    opened = open_server(postgres.fresh())
    lane, writer = opened.lane, opened.database.writer
    assert isinstance(lane, PoolLane)
    assert writer is not None

    class OnAPen(HubLife):
        engine, known = writer, RULES

        def do(self, work: Callable[[Connection], Any]) -> Any:
            made = lane.at_once([work])
            assert made is not None  # nobody else writes: nothing has to be done again
            ((value, refused),) = made
            if refused is not None:
                raise refused
            return value

    run_state_machine_as_test(OnAPen)
    opened.close()

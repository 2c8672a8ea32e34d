"""Envelopes by batch: one verdict each, one poison record delays no other, nothing is thrown away."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine

from counter_app.domain.tickets import TicketState
from counter_app.hub import core, projections, tables
from counter_app.hub.commands import Act, Call, Take
from counter_app.seals.chain import link
from tests.hub.envelopes import accepted, chained, envelope
from tests.hub.facts import count, doubts, push, rows, verdicts
from tests.hub.stores import HALL, START, clerk, memory


def test_a_replay_changes_nothing(engine: Engine) -> None:
    batch = [*chained(40), accepted(41, "N1")]
    assert verdicts(engine, batch) == ["accepted"] * 41
    before = (rows(engine, tables.envelopes), rows(engine, tables.feed), rows(engine, tables.cases))
    random.Random(7).shuffle(batch)
    assert verdicts(engine, batch) == ["duplicate"] * 41
    assert (rows(engine, tables.envelopes), rows(engine, tables.feed), rows(engine, tables.cases)) == before


def test_some_of_a_batch_known_already(engine: Engine) -> None:
    """A batch is taken for all new first; where it is not, nothing of that attempt may stay."""
    batch = [*chained(10), accepted(11, "N1")]
    assert verdicts(engine, batch[:4]) == ["accepted"] * 4
    ruled = push(engine, [*batch, batch[0]])
    assert [r.verdict for r in ruled] == [*["duplicate"] * 4, *["accepted"] * 7, "duplicate"]
    assert {r.durable_upto for r in ruled} == {11}
    assert count(engine, tables.envelopes) == 11
    told = [row["event_id"] for row in rows(engine, tables.feed)]
    assert sorted(told) == sorted(
        {row["event_id"] for row in rows(engine, tables.envelopes) if row["case_id"]}
    )


def test_the_same_record_twice_in_one_batch(engine: Engine) -> None:
    one = envelope(1)
    other = envelope(1, body={"other": 1})
    assert sorted(verdicts(engine, [one, one])) == ["accepted", "duplicate"]
    assert verdicts(engine, [other, one]) == ["conflict", "duplicate"]


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        (None, "envelope-shape"),
        ("text", "envelope-shape"),
        ({}, "envelope-shape"),
        ({**envelope(1), "seq": "1"}, "envelope-shape"),
        ({**envelope(1), "seq": True}, "envelope-shape"),
        ({**envelope(1), "seq": -1}, "envelope-shape"),
        ({**envelope(1), "seq": 2**63}, "envelope-text"),
        ({**envelope(1), "body": []}, "envelope-shape"),
        ({**envelope(1), "device": ""}, "envelope-shape"),
        ({**envelope(1), "device": "D" * 129}, "envelope-shape"),
        ({**envelope(1), "case_id": 7}, "envelope-shape"),
        ({**envelope(1), "event_id": ["a"]}, "envelope-shape"),
        ({**envelope(1), "body": {"money": 0.5}}, "envelope-text"),
        ({**envelope(1), "body": {"name": "\ud800"}}, "envelope-text"),
        ({**envelope(1), 7: "key"}, "envelope-text"),
        (envelope(1, body={"name": "A\x00B"}), "envelope-text"),
        (envelope(1, body={"page": "x" * (1 << 20)}), "envelope-large"),
        ({**envelope(1), "hash": "0"}, "envelope-hash"),
        ({**envelope(1), "body": {"edited": 1}}, "envelope-hash"),
        ({**envelope(1), "alg": "md5"}, "envelope-hash"),
    ],
)
def test_a_poison_record_delays_no_other(engine: Engine, broken: Any, code: str) -> None:
    good = chained(3, 10)
    ruled = push(engine, [good[0], broken, *good[1:]])
    assert [r.verdict for r in ruled] == ["accepted", "rejected", "accepted", "accepted"]
    assert ruled[1].code == code
    assert [row["code"] for row in rows(engine, tables.quarantine)] == [code]
    assert push(engine, [broken])[0].code == code
    assert count(engine, tables.quarantine) == 1  # the same poison again is the same row


def test_deep_nesting_is_poison_too(engine: Engine) -> None:
    deep: Any = {}
    for _ in range(100_000):
        deep = {"a": deep}
    ruled = push(engine, [{**envelope(1), "body": deep}, envelope(2)])
    assert [r.verdict for r in ruled] == ["rejected", "accepted"]
    while deep:  # or Python frees it recursively
        deep = deep["a"]


def test_what_the_database_refuses_is_set_aside_alone(engine: Engine) -> None:
    """A rule of the database itself: 99 records go in, the one it refuses is kept to look at."""
    with engine.begin() as connection:
        _refuse_seq(connection, 57)
    batch = chained(100)
    ruled = push(engine, batch)
    assert [n for n, r in enumerate(ruled, 1) if r.verdict != "accepted"] == [57]
    assert (ruled[56].verdict, ruled[56].code) == ("rejected", "envelope-refused")
    assert {r.durable_upto for r in ruled} == {56}
    assert count(engine, tables.envelopes) == 99
    assert [row["event_id"] for row in rows(engine, tables.quarantine)] == [batch[56]["event_id"]]


def _refuse_seq(connection: Any, seq: int) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"ALTER TABLE envelopes ADD CONSTRAINT odd CHECK (seq <> {seq})")
    else:
        connection.exec_driver_sql(
            f"CREATE TRIGGER odd BEFORE INSERT ON envelopes WHEN NEW.seq = {seq}"
            " BEGIN SELECT RAISE(ABORT, 'odd'); END"
        )


def test_a_mistake_of_ours_makes_the_device_keep_its_record(
    engine: Engine, expect_log: Callable[[str], None]
) -> None:
    expect_log("a record of kind case.accepted waits")
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE cases RENAME TO gone")
    ruled = push(engine, [envelope(1), accepted(2, "N1"), envelope(3)])
    assert [r.verdict for r in ruled] == ["accepted", "retry_later", "accepted"]
    with engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO cases")
    assert verdicts(engine, [accepted(2, "N1")]) == ["accepted"]
    assert count(engine, tables.quarantine) == 0


def test_a_rule_broken_by_our_own_reading_is_not_the_records_fault(
    engine: Engine, expect_log: Callable[[str], None]
) -> None:
    expect_log("a record of kind case.accepted waits")
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE UNIQUE INDEX odd ON cases (state)")
    ruled = push(engine, [accepted(1, "N1"), accepted(2, "N2"), envelope(3)])
    assert [r.verdict for r in ruled] == ["accepted", "retry_later", "accepted"]


def test_facts_cannot_be_edited(engine: Engine) -> None:
    push(engine, [accepted(1, "N1")])
    with engine.begin() as connection:
        core.take(connection, clerk(), Take(HALL, START, "r1"))
    for table in (tables.envelopes, tables.line_facts, tables.feed):
        for statement in (table.update().values(kind="x"), table.delete()):
            with pytest.raises(Exception, match="appended"), engine.begin() as connection:
                connection.execute(statement)


# --- what the facts mean ------------------------------------------------------------------------


def test_a_case_walks_its_states(engine: Engine) -> None:
    decided = envelope(3, "review.decided", {"outcome": "done"}, case_id="c1")
    push(engine, [envelope(1, "case.received", {"number": "N1", "type_id": "MT02"}, case_id="c1")])
    push(engine, [accepted(2, "N1", case_id="c1"), decided])
    [case] = rows(engine, tables.cases)
    assert (case["number"], case["type_id"], case["state"]) == ("N1", "MT02", "done")
    assert doubts(engine) == []
    feed = [(row["feed_no"], row["kind"]) for row in rows(engine, tables.feed)]
    assert feed == [(1, "case.received"), (2, "case.accepted"), (3, "review.decided")]


def test_an_impossible_step_is_kept_and_doubted(engine: Engine) -> None:
    push(engine, [accepted(1, "N1", case_id="c1"), envelope(2, "case.withdrawn", case_id="c1")])
    late = envelope(3, "review.decided", {"outcome": "done"}, case_id="c1")
    assert verdicts(engine, [late]) == ["accepted"]
    assert rows(engine, tables.cases)[0]["state"] == "withdrawn"
    assert doubts(engine) == [("case-step", "withdrawn -> done")]


def test_odd_bodies_are_facts_all_the_same(engine: Engine) -> None:
    odd = [
        envelope(1, "case.accepted", {"number": 7, "state": ["x"]}, case_id="c1"),
        envelope(2, "ticket.served", {"ticket_id": {"a": 1}}),
        envelope(3, "visit.closed", {"how": None}),
        envelope(4, "a.kind.of.tomorrow", {"x": "y"}, case_id="c2", schema=9),
        envelope(5, "review.decided", {"outcome": "maybe"}, case_id="c1", actor=None),
    ]
    assert verdicts(engine, odd) == ["accepted"] * 5
    assert {c["case_id"]: c["state"] for c in rows(engine, tables.cases)} == {"c1": "accepted", "c2": ""}


def test_the_same_matter_at_two_counters_is_flagged(engine: Engine) -> None:
    push(engine, [accepted(1, "N1", blind="b1")])
    push(engine, [accepted(1, "N2", blind="b1", device="P2M"), accepted(2, "N3", blind="b2", device="P2M")])
    assert doubts(engine) == [("possible-duplicate", "N1")]
    assert len(rows(engine, tables.cases)) == 3


def test_a_cloned_device_is_seen(engine: Engine) -> None:
    chain = chained(3)
    push(engine, chain[:2])
    fork = envelope(3, prev_hash="f" * 64)
    assert verdicts(engine, [fork]) == ["accepted"]
    assert verdicts(engine, [chain[2]]) == ["conflict"]
    assert [code for code, _ in doubts(engine, "")] == ["chain-fork", "conflict"]


def served(seq: int, ticket: core.Verdict, window: str) -> dict[str, Any]:
    assert ticket.ticket is not None
    body = {"ticket_id": ticket.ticket.ticket_id, "ticket": ticket.ticket.number, "window": window}
    return envelope(seq, "ticket.served", body)


def state_of(engine: Engine, ticket: core.Verdict) -> str:
    assert ticket.ticket is not None
    with engine.begin() as connection:
        found = core.ticket(connection, HALL, ticket.ticket.ticket_id)
    assert found is not None
    return found.state


def test_served_closes_the_loop_with_the_line(engine: Engine) -> None:
    with engine.begin() as connection:
        first = core.take(connection, clerk(), Take(HALL, START, "r1"))
        core.call(connection, clerk("4"), Call(HALL, START, "4", "c1"))
    push(engine, [served(1, first, "4"), served(2, first, "4")])
    assert state_of(engine, first) == TicketState.SERVING  # two cases of one visit; the visit goes on
    push(engine, [served(3, first, "5")])
    assert doubts(engine) == [("served-twice", "A001")]
    assert first.ticket is not None
    closed = {"ticket_id": first.ticket.ticket_id, "how": "finished", "window": "4"}
    push(engine, [envelope(4, "visit.closed", closed)])
    assert state_of(engine, first) == TicketState.DONE


def test_served_by_hand_while_the_line_did_not_know(engine: Engine) -> None:
    with engine.begin() as connection:
        waiting, missed = (core.take(connection, clerk(), Take(HALL, START, f"r{n}")) for n in (1, 2))
        core.call(connection, clerk("4"), Call(HALL, START, "4", "c1"))
        assert waiting.ticket is not None
        core.act(connection, clerk("4"), Act(HALL, START, waiting.ticket.ticket_id, "miss", "a1"))
    push(engine, [served(1, waiting, "9"), served(2, missed, "9")])
    assert [state_of(engine, t) for t in (waiting, missed)] == [TicketState.DONE] * 2
    unknown = envelope(3, "ticket.served", {"ticket_id": "t-9", "ticket": "A777", "window": "1"})
    push(engine, [unknown])
    assert doubts(engine) == [("ticket-unknown", "A777")]


def test_answers_given_at_a_device(engine: Engine) -> None:
    good = envelope(1, "rating.given", {"level": 5, "reasons": ["态度好"], "visit_id": "v1"})
    again = envelope(2, "rating.given", {"level": 1, "visit_id": "v1"})
    other = envelope(3, "rating.given", {"level": 2}, case_id="c1")
    odd = [
        envelope(n, "rating.given", {"level": level, "visit_id": "v2"})
        for n, level in [(4, 9), (5, "5"), (6, True)]
    ]
    late = envelope(7, "rating.given", {"level": 3, "visit_id": "v3"}, wall_ms=2**62)
    assert verdicts(engine, [good, again, other, *odd, late]) == ["accepted"] * 7
    kept = {row["case_id"]: (row["level"], row["follow_up"]) for row in rows(engine, tables.ratings)}
    assert kept == {"v1": (5, ""), "c1": (2, "open")}
    assert [code for code, _ in doubts(engine)] == ["already-rated", *["rating-level"] * 3, "clock-suspect"]


@given(
    st.lists(
        st.tuples(st.integers(1, 12), st.sampled_from(["K7Q", "P2M"]), st.booleans()), min_size=1, max_size=25
    ),
    st.lists(st.integers(1, 6), min_size=1, max_size=25),
)
def test_any_split_and_replay_gives_the_same_facts(
    sent: list[tuple[int, str, bool]], cuts: list[int]
) -> None:
    """Each place in a device's sequence is stored exactly once, by whoever came first, and never lost."""
    engine = memory()
    made = [envelope(seq, device=device, body={"forged": forged}) for seq, device, forged in sent]
    at, first_of, told = 0, {}, []
    for cut in [*cuts, len(made)]:
        told += push(engine, made[at : at + cut])
        at += cut
    for one, ruling in zip(made, told, strict=False):
        place = (one["device"], one["seq"])
        winner = first_of.setdefault(place, one["hash"])
        assert ruling.verdict in (("accepted", "duplicate") if one["hash"] == winner else ("conflict",))
    stored = {(row["device"], row["seq"]): row["hash"] for row in rows(engine, tables.envelopes)}
    assert stored == first_of
    engine.dispose()


def test_hashes_are_checked_with_the_law(engine: Engine) -> None:
    """SM3 is as good as SHA-256: the envelope names its algorithm."""
    made = {**envelope(1), "alg": "sm3"}
    made["hash"] = link(made)
    assert verdicts(engine, [made]) == ["accepted"]
    assert projections.project.__doc__

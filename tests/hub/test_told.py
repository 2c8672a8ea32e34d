"""Which facts the feed tells: what moves a case, and not what a window notes of its own work with it."""

from __future__ import annotations

from sqlalchemy import Engine

from counter_app.hub import away, projections, tables
from counter_app.wire.envelope import KINDS
from tests.hub.envelopes import accepted, envelope, reviewed
from tests.hub.facts import count, push, rows, verdicts


def test_the_feed_tells_what_moves_a_case_and_not_what_a_window_notes_of_its_own_work(engine: Engine) -> None:
    own = ("receipt.issued", "receipt.reprinted", "seal.used", "eseal.used", "access.read")
    first = [accepted(1, "N1"), *(envelope(nth, kind, case_id="case-N1") for nth, kind in enumerate(own, 2))]
    told = ("material.received", "receipt.voided", "a.kind.of.tomorrow", "case.withdrawn")
    later = [envelope(nth, kind, case_id="case-N1") for nth, kind in enumerate((*own, *told), 7)]
    assert set(verdicts(engine, first) + verdicts(engine, later)) == {"accepted"}
    assert [row["kind"] for row in rows(engine, tables.feed)] == ["case.accepted", *told]
    assert count(engine, tables.envelopes) == len(first) + len(later)


def test_what_a_window_notes_is_still_the_last_that_is_known_of_a_case(engine: Engine) -> None:
    push(engine, [accepted(1, "N1"), reviewed(2, "N2")])
    before = {row["case_id"]: row["text"] for row in rows(engine, tables.lives)}
    note = envelope(3, "seal.used", case_id="case-N2", device="K7Q")
    push(engine, [note])
    [case] = [row for row in rows(engine, tables.cases) if row["case_id"] == "case-N2"]
    assert (case["event_id"], case["at_ms"], case["state"]) == (note["event_id"], note["wall_ms"], "accepted")
    assert {row["case_id"]: row["text"] for row in rows(engine, tables.lives)} == before


def test_nothing_another_hall_is_told_of_is_kept_from_the_feed() -> None:
    assert not away.TOLD & projections._KEPT_QUIET
    assert projections._KEPT_QUIET <= KINDS
    assert not projections._KEPT_QUIET & set(projections._FIXED)

from __future__ import annotations

import dataclasses
import json
import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from counter_app.domain.cases import CaseState, Fact
from counter_app.domain.numbers import verify_number
from counter_app.problems import Problem
from counter_app.services.ports import Storage
from counter_app.storage import audit
from counter_app.storage.store import CounterStore
from counter_app.wire.envelope import envelope_from_plain
from tests.fakes.counter import CLERK, MORNING, Desk, a_case, a_person, accept, counts

Opened = Callable[..., CounterStore]


def test_it_is_the_port(store: CounterStore) -> None:
    storage: Storage = store
    assert storage.cases() == []


# --- one commit -----------------------------------------------------------------------------------


def test_an_acceptance_is_all_there_and_reads_back_as_it_was(store: CounterStore) -> None:
    case = accept(store)
    found = store.case(case.number)
    assert found == dataclasses.replace(case, synced=False) == store.case(case.case_id)
    assert store.cases() == [found] == store.cases("p1")
    assert store.cases("p2") == []
    (paper,) = store.papers(case.number)
    assert paper == store.paper(case.number) == store.queued_papers()[0]
    assert dict(paper.signature) == {"alg": "ed25519", "key_id": "k", "sig": "s"}
    one = {"cases": 1, "papers": 1, "print_jobs": 1, "serials": 1, "people": 1}
    assert counts(store) == {"facts": 4, "audit": 4, "outbox": 4, "drafts": 0, **one}


def test_leaving_by_an_exception_leaves_nothing(store: CounterStore) -> None:
    before, numbered = counts(store), accept(store).number
    after = counts(store)
    with pytest.raises(RuntimeError), store.unit(CLERK, MORNING) as unit:  # noqa: PT012
        case = a_case(unit.next_number(MORNING.date()))
        unit.save_case(case)
        unit.record(Fact("case.accepted", {}, case.case_id))
        unit.save_draft("d", "{}")
        raise RuntimeError("changed my mind")
    assert counts(store) == after != before
    assert accept(store).number[15:19] == f"{int(numbered[15:19]) + 1:04d}"
    assert audit.verify(store) == (True, 8, None)


def test_a_fact_twice_is_a_bug_and_never_ignored(store: CounterStore) -> None:
    accept(store)
    store.state.entry -= 1
    store.state.seq -= 1
    with pytest.raises(IntegrityError):
        accept(store)


def test_units_of_several_threads_take_turns(store: CounterStore) -> None:
    made: list[str] = []
    threads = [threading.Thread(target=lambda: made.append(accept(store).number)) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(made)) == 8
    assert audit.verify(store) == (True, 32, None)


# --- numbers --------------------------------------------------------------------------------------


def test_numbers_are_whole_and_count_per_day(store: CounterStore) -> None:
    with store.unit(CLERK, MORNING) as unit:
        first, second = unit.next_number(date(2026, 11, 23)), unit.next_number(date(2026, 11, 23))
        next_day = unit.next_number(date(2026, 11, 24))
    assert all(verify_number(number) for number in (first, second, next_day))
    device = store.state.device_code
    assert (first[:-1], second[:-1]) == (f"261123-001-{device}-0001-", f"261123-001-{device}-0002-")
    assert next_day[:-1] == f"261124-001-{device}-0001-"


def test_numbers_go_on_after_reopening(desk: Desk, opened: Opened) -> None:
    store = opened()
    first = accept(store).number
    store.close()
    assert accept(opened()).number[:-2] == first[:-6] + "0002"


# --- the chain ------------------------------------------------------------------------------------


def test_every_envelope_is_whole_and_chained_from_row_one(store: CounterStore) -> None:
    case = accept(store)
    accept(store)
    head = ""
    for seq, plain in enumerate(store.facts(), 1):
        envelope = envelope_from_plain(plain)
        assert (envelope.seq, envelope.epoch, envelope.device) == (seq, 1, store.state.device)
        assert envelope.holds(head)
        head = envelope.hash
    assert len(store.facts(case.case_id)) == 4
    first = envelope_from_plain(store.facts()[0])
    assert (first.kind, first.pack, first.business_date) == ("case.accepted", "1", "2026-11-23")
    assert first.actor == {"clerk_no": "C01", "window": "3"}
    assert first.mono_ms == 1000
    assert first.wall_ms == int(MORNING.timestamp() * 1000)


def test_a_clock_set_back_is_a_fact_once_and_ids_still_grow(desk: Desk, store: CounterStore) -> None:
    accept(store)
    for back, expected in [(timedelta(seconds=-60), 0), (timedelta(hours=-1), 1), (timedelta(hours=-1), 1)]:
        accept(store, MORNING + back)
        suspects = [fact for fact in store.facts() if fact["kind"] == "clock.suspect"]
        assert len(suspects) == expected
    assert suspects[0]["body"]["before_wall_ms"] > suspects[0]["body"]["wall_ms"]
    ids = [fact["event_id"] for fact in store.facts()]
    assert ids == sorted(set(ids))
    assert audit.verify(store)[0]


@pytest.mark.parametrize("table", ["facts", "audit", "papers"])
@pytest.mark.parametrize(
    "statement",
    ["UPDATE {} SET unit_no = 9", "DELETE FROM {}", "INSERT OR REPLACE INTO {} SELECT * FROM {}"],
)
def test_facts_audit_and_papers_are_append_only(store: CounterStore, table: str, statement: str) -> None:
    accept(store)
    with pytest.raises(IntegrityError, match="never edited"), store.database.write() as connection:
        connection.execute(text(statement.format(table, table)))


def test_a_synthetic_store_stays_synthetic(desk: Desk, opened: Opened) -> None:
    store = opened()
    assert store.is_synthetic()
    for statement in ("UPDATE device_state SET synthetic = 0", "DELETE FROM device_state"):
        with pytest.raises(IntegrityError), store.database.write() as connection:
            connection.execute(text(statement))
    store.close()
    assert opened(synthetic=False).is_synthetic()


def test_a_demo_is_refused_on_real_data(desk: Desk, opened: Opened) -> None:
    opened(synthetic=False).close()
    with pytest.raises(Problem) as caught:
        opened(synthetic=True)
    assert caught.value.code == "store-real"
    assert not opened(synthetic=False).is_synthetic()


# --- papers ---------------------------------------------------------------------------------------


def test_a_paper_leaves_once_and_reprints_are_counted_facts(store: CounterStore) -> None:
    case = accept(store)
    (paper,) = store.queued_papers()
    store.paper_failed(paper.paper_id, "printer-jam")
    assert [(p.state, p.printed) for p in store.queued_papers()] == [("failed", 0)]
    store.paper_left(paper.paper_id, "ab" * 32, MORNING, CLERK, reprint=False)
    assert store.queued_papers() == []
    for _ in range(2):
        store.paper_left(paper.paper_id, "cd" * 32, MORNING, CLERK, reprint=True)
    store.paper_failed(paper.paper_id, "printer-jam")
    after = store.paper(case.number)
    assert after is not None
    assert (after.state, after.sha256, after.printed, after.reprints) == ("sent", "ab" * 32, 1, 2)
    reprints = [fact["body"]["nth"] for fact in store.facts() if fact["kind"] == "receipt.reprinted"]
    assert reprints == [1, 2]
    assert store.queued_papers() == []


def test_papers_come_in_the_order_they_were_issued(store: CounterStore) -> None:
    numbers = [accept(store).number for _ in range(12)]
    assert (
        [paper.number for paper in store.papers()]
        == [paper.number for paper in store.queued_papers()]
        == numbers
    )
    assert [case.number for case in store.cases()] == numbers[::-1]
    assert [case.number for case in store.cases(limit=2)] == numbers[:-3:-1]
    with pytest.raises(Problem) as caught:
        store.paper_left("none", "", MORNING, CLERK, reprint=False)
    assert caught.value.code == "not-found"


def test_a_case_that_moves_on_keeps_its_first_clerk_and_place(store: CounterStore) -> None:
    case = accept(store)
    accept(store)
    done = dataclasses.replace(case, state=CaseState.DONE, materials=case.materials[:1])
    other = dataclasses.replace(CLERK, clerk_no="C02")
    with store.unit(other, MORNING) as unit:
        unit.save_case(done)
    assert store.case(case.number) == done
    assert store.cases()[1] == done
    assert store.usage("C01") == {"YD01": 2}
    assert store.usage("C02") == {}


def test_usage_counts_thirty_days_per_clerk(desk: Desk, store: CounterStore) -> None:
    for _ in range(2):
        accept(store, MORNING - timedelta(days=31))
    accept(store, type_id="BX02")
    for _ in range(3):
        accept(store)
    assert list(store.usage("C01").items()) == [("YD01", 3), ("BX02", 1)]
    assert store.usage("C09") == {}


# --- drafts, clerks, outbox -----------------------------------------------------------------------


def test_drafts_are_kept_renewed_and_dropped_without_a_fact(desk: Desk, opened: Opened) -> None:
    store = opened()
    for n, body in enumerate(["{}", '{"a":1}']):
        with store.unit(CLERK, MORNING + timedelta(seconds=n)) as unit:
            unit.save_draft("d1", body)
    with store.unit(CLERK, MORNING + timedelta(minutes=1)) as unit:
        unit.save_draft("d2", "{}")
    store.close()
    store = opened()
    saved = [(draft_id, body) for draft_id, body, _ in store.drafts()]
    assert saved == [("d2", "{}"), ("d1", '{"a":1}')]
    accept(store, draft="d1")
    assert [draft_id for draft_id, _, _ in store.drafts()] == ["d2"]
    assert len(store.facts()) == 4


def test_clerks_are_imported_with_their_roles(store: CounterStore) -> None:
    store.import_clerks([CLERK, dataclasses.replace(CLERK, clerk_no="C00", roles=("clerk", "supervisor"))])
    assert [(clerk.clerk_no, clerk.roles) for clerk in store.clerks()] == [
        ("C00", ("clerk", "supervisor")),
        ("C01", ("clerk",)),
    ]


def test_the_outbox_forgets_nothing_and_one_bad_record_stops_no_other(
    desk: Desk, store: CounterStore
) -> None:
    first, second = accept(store), accept(store)
    assert store.outbox().waiting == 8
    assert store.outbox().oldest == MORNING.isoformat()
    waiting = store.waiting(limit=6)
    assert [envelope["seq"] for envelope in waiting] == [1, 2, 3, 4, 5, 6]
    verdicts = [{"event_id": one["event_id"], "verdict": "accepted"} for one in waiting[:3]]
    verdicts.append({"event_id": waiting[3]["event_id"], "verdict": "duplicate"})
    verdicts.append({"event_id": waiting[4]["event_id"], "verdict": "rejected", "code": "type-unknown"})
    verdicts.append({"event_id": waiting[5]["event_id"], "verdict": "retry_later"})
    verdicts.append({"event_id": "unheard of", "verdict": "accepted"})
    store.settle(verdicts)
    count = store.outbox()
    assert (count.waiting, count.acknowledged, count.set_aside) == (3, 4, 1)
    assert [envelope["seq"] for envelope in store.waiting()] == [6, 7, 8]
    late = {"event_id": waiting[0]["event_id"], "verdict": "rejected"}
    store.settle([late])
    assert store.outbox() == count
    synced = {case.number: case.synced for case in store.cases()}
    assert synced == {first.number: True, second.number: False}


# --- pages ----------------------------------------------------------------------------------------


def with_pages(*refs: str) -> dict[str, Any]:
    from counter_app.domain.cases import MaterialRecord, MaterialState

    return {"materials": (MaterialRecord("M1", "身份证", MaterialState.RECEIVED, pages=refs),)}


def test_a_page_is_kept_before_the_commit_that_names_it(store: CounterStore) -> None:
    ref = store.add_page(b"JPEG" * 100)
    case = accept(store, **with_pages(ref))
    kept = store.case(case.number)
    assert kept is not None
    assert store.page(kept.materials[0].pages[0]) == b"JPEG" * 100
    with store.database.read() as connection:
        assert connection.execute(text("SELECT ref, case_id FROM blobs")).one() == (ref, case.case_id)


def test_a_case_cannot_name_a_page_that_is_not_there(store: CounterStore) -> None:
    with pytest.raises(Problem) as caught:
        accept(store, **with_pages("0" * 64))
    assert caught.value.code == "not-found"
    assert store.cases() == []


# --- secrecy --------------------------------------------------------------------------------------


def test_nothing_personal_is_in_clear_in_any_file(desk: Desk, opened: Opened) -> None:
    store = opened()
    store.import_people([a_person(1, "司马光耀测试", certno="370202199001011234")])
    store.add_page(b"370202199001011234")
    accept(store, principal_name="司马光耀测试", answers={"certno": "370202199001011234"})
    with store.unit(CLERK, MORNING) as unit:
        unit.save_draft("d", json.dumps({"n": "司马光耀测试", "c": "370202199001011234"}))
    files = [file for file in desk.folder.rglob("*") if file.is_file()]
    assert {"store.db", "store.db-wal"} <= {file.name for file in files}
    for file in files:
        data = file.read_bytes()
        for canary in ("370202199001011234", "司马光耀测试"):
            for coding in ("utf-8", "utf-16-le", "gb18030"):
                assert canary.encode(coding) not in data, file.name

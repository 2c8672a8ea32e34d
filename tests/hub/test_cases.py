"""Cases on both databases: two reviewers at once, what is written for ever, whose token may what."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DatabaseError

from counter_app.domain.actor import Actor
from counter_app.domain.life import Wish
from counter_app.hub import batches, cases, feed, lives, tables
from counter_app.hub.commands import Accept, Feed, Move, Whole, Work
from counter_app.hub.hall import HallHub
from counter_app.hub.local import LocalHub
from counter_app.hub.opening import open_server
from counter_app.hub.server import Served, serving
from counter_app.hub.tokens import Bearer
from counter_app.problems import Problem
from tests.hub.clients import Client
from tests.hub.envelopes import accepted, envelope, reviewed
from tests.hub.stores import HALL, START, HandClock, clerk

FIRST, SECOND = (Actor(number, "演示审核", ("reviewer",)) for number in ("0420", "0421"))
CASHIER = Actor("0430", "演示出纳", ("finance",))


def push(engine: Engine, *made: Any) -> None:
    with engine.begin() as connection:
        ruled = batches.accept(connection, clerk(), Accept(HALL, START, made))
    assert {r.verdict for r in ruled} == {"accepted"}


def move(engine: Engine, request: str, act: str, by: Actor, case: str = "N1", **wish: Any) -> Any:
    with engine.begin() as connection:
        return cases.move_case(connection, by, Move(HALL, START, f"case-{case}", Wish(request, act, **wish)))


def listed(engine: Engine, desk: str = "") -> list[str]:
    with engine.begin() as connection:
        return [str(row["number"]) for row in cases.work(connection, FIRST, Work(HALL, START.date(), desk))]


def test_a_case_on_each_database(engine: Engine) -> None:
    push(engine, reviewed(1, "N1"), reviewed(2, "N2", told={"received_on": "2026-11-02"}), accepted(3, "N3"))
    assert listed(engine, "待遇审核岗") == ["N1", "N2"]
    for request, act, by, wish in [
        ("a", "claim", FIRST, {}),
        ("b", "pass", FIRST, {"amount": 700}),
        ("c", "second", SECOND, {}),
        ("d", "part", CASHIER, {"amount": 300}),
        ("e", "bounce", CASHIER, {"reason": "bounce.closed"}),
    ]:
        after = move(engine, request, act, by, **wish)
    assert (after["step"], after["paid"], after["desk"]) == ("pay_bounced", 300, "基金财务岗、窗口")
    assert listed(engine, "窗口") == ["N1", "N3"]  # what only a window can go on with
    assert listed(engine, "待遇审核岗") == ["N2"]
    with engine.begin() as connection:
        kept = [tuple(row) for row in connection.execute(select(tables.moves.c.act, tables.moves.c.nth))]
        told = feed.read_feed(connection, FIRST, Feed(HALL, 3)).rows
    assert sorted(kept, key=lambda row: row[1]) == [
        ("claim", 1), ("pass", 2), ("second", 3), ("part", 4), ("bounce", 5),
    ]  # fmt: skip
    assert [row["turn"]["act"] for row in told] == ["claim", "pass", "second", "part", "bounce"]


@pytest.mark.parametrize("edit", ["UPDATE moves SET clerk = 'x'", "DELETE FROM moves"])
def test_a_move_is_written_for_ever(engine: Engine, edit: str) -> None:
    push(engine, reviewed(1, "N1"))
    move(engine, "a", "claim", FIRST)
    with pytest.raises(DatabaseError, match="appended, never edited"), engine.begin() as connection:
        connection.execute(text(edit))


def test_a_refused_move_leaves_nothing_behind(engine: Engine) -> None:
    push(engine, reviewed(1, "N1"))
    with pytest.raises(Problem, match="move-wrong-step"):
        move(engine, "a", "pay", CASHIER)
    assert move(engine, "a", "claim", FIRST)["repeated"] is False  # the id is free still


def test_a_fact_that_does_not_fit_is_a_doubt_and_changes_nothing(engine: Engine) -> None:
    push(engine, reviewed(1, "N1"))
    senseless = {"move": {"id": "s", "act": "claim", "amount": "much"}}
    push(
        engine,
        envelope(
            2, "case.moved", {"move": {"id": "t", "act": "deliver", "detail": "窗口"}}, case_id="case-N1"
        ),
        envelope(3, "case.moved", senseless, case_id="case-N1"),
    )
    with engine.begin() as connection:
        codes = connection.execute(select(tables.doubts.c.code, tables.doubts.c.detail)).all()
        found = lives.found(connection, HALL, "N1")
    assert {tuple(row) for row in codes if row.code == "case-step"} == {
        ("case-step", "move-wrong-step"),
        ("case-step", "envelope-broken"),
    }
    assert found is not None
    assert (found.life.step, found.life.history) == ("assigned", ())


def test_no_fact_of_a_counter_reviews(engine: Engine) -> None:
    """Whatever a counter writes in somebody's name: a reviewer asks the hub, with a token of their own."""
    push(engine, reviewed(1, "N1"))
    said = {"move": {"id": "t", "act": "claim"}}
    push(engine, envelope(2, "case.moved", said, case_id="case-N1", actor={"clerk_no": "0420"}))
    with engine.begin() as connection:
        details = connection.execute(select(tables.doubts.c.detail)).scalars().all()
        found = lives.found(connection, HALL, "N1")
    assert "move-role" in details
    assert found is not None
    assert found.life.step == "assigned"


@pytest.mark.parametrize(
    "told",
    [
        {"clocks": {"statutory_days": "soon"}},
        {"clocks": {"promised_days": -4, "pauses": []}},
        {"received_on": "yesterday"},
        {"life": {"flow": "timed", "desks": 5}},
        {"accepted_at": "never"},
    ],
)
def test_an_acceptance_that_makes_no_sense_spoils_no_list(engine: Engine, told: dict[str, Any]) -> None:
    push(engine, reviewed(1, "N1", told=told), reviewed(2, "N2"))
    assert "N2" in listed(engine)


def test_the_window_wins_what_it_did_while_it_was_away(engine: Engine) -> None:
    """Withdrawn at a window that was cut off, claimed meanwhile: both are told, the case is withdrawn."""
    push(engine, reviewed(1, "N1"))
    move(engine, "a", "claim", FIRST)
    push(engine, envelope(2, "case.withdrawn", {"move": {"id": "t", "act": "withdraw"}}, case_id="case-N1"))
    with engine.begin() as connection:
        found = cases.whole(connection, FIRST, Whole(HALL, START.date(), "N1"))
    assert found is not None
    assert (found["state"], [turn["act"] for turn in found["history"]]) == (
        "withdrawn",
        ["claim", "withdraw"],
    )


# --- over HTTP, on both databases -------------------------------------------------------------------
@pytest.fixture(params=["sqlite", "postgresql"])
def hub(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[HallHub]:
    if request.param == "sqlite":
        local = LocalHub(tmp_path, bytes(32), HALL, HandClock())
        yield local
        local.close()
        return
    opened = open_server(request.getfixturevalue("postgres").fresh())
    yield HallHub(opened.database, opened.lane, HALL, HandClock())
    opened.close()


@pytest.fixture
def served(hub: HallHub) -> Iterator[Served]:
    with serving({HALL: hub}) as made:
        yield made


def client(hub: HallHub, served: Served, role: str, number: str = "") -> Client:
    return Client(served, hub.issue(Bearer(HALL, role, clerk=number)))


def test_one_person_with_two_names_is_one_person(hub: HallHub, served: Served) -> None:
    """Behind the counter a token is one person's, whatever the body says."""
    hub.push([reviewed(1, "N1")])
    first, second = (client(hub, served, "reviewer", number) for number in ("0420", "0421"))
    path = "/v1/cases/case-N1/moves"
    assert first.ask("POST", path, {"request_id": "a", "act": "claim"})[0] == 200
    assert first.ask("POST", path, {"request_id": "b", "act": "pass", "amount": 9})[0] == 200
    lie = {"request_id": "c", "act": "second", "clerk": {"no": "0421", "roles": ["supervisor"]}}
    status, answer = first.ask("POST", path, lie)
    assert (status, answer["problems"][0]["code"]) == (409, "same-person")
    assert second.ask("POST", path, lie)[1]["step"] == "pay_ordered"
    nobody = client(hub, served, "reviewer")
    assert nobody.ask("POST", path, {"request_id": "d", "act": "pay"})[0] == 403
    for one in (first, second, nobody):
        one.close()


def test_who_may_ask_for_work(hub: HallHub, served: Served) -> None:
    hub.push([reviewed(1, "N1")])
    for role, status in [
        ("reviewer", 200),
        ("finance", 200),
        ("supervisor", 200),
        ("device", 200),
        ("manage", 200),
    ] + [(role, 403) for role in ("window", "kiosk", "board", "guide")]:
        asked = client(hub, served, role, "0420")
        assert asked.ask("GET", "/v1/work?desk=%E5%BE%85%E9%81%87%E5%AE%A1%E6%A0%B8%E5%B2%97")[0] == status
        asked.close()


def test_two_reviewers_press_at_once(hub: HallHub, served: Served) -> None:
    """Both want the same case: one has it, the other is told; the feed has one claim."""
    hub.push([reviewed(1, "N1")])
    answers: list[tuple[int, Any]] = []
    start = threading.Barrier(4)

    def press(number: str) -> None:
        asked = client(hub, served, "reviewer", number)
        start.wait(30)
        answers.append(asked.ask("POST", "/v1/cases/N1/moves", {"request_id": number, "act": "claim"}))
        asked.close()

    threads = [threading.Thread(target=press, args=(f"042{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sorted(status for status, _ in answers) == [200, 409, 409, 409]
    assert [row["turn"]["act"] for row in hub.feed().rows if row["kind"] == "case.moved"] == ["claim"]


def test_reasons_are_told(hub: HallHub, served: Served) -> None:
    asked = client(hub, served, "reviewer", "0420")
    status, answer = asked.ask("GET", "/v1/reasons?act=bounce&region=rizhao")
    assert status == 200
    assert [row["code"] for row in answer["items"]] == ["bounce.account", "bounce.closed", "bounce.bank"]
    asked.close()

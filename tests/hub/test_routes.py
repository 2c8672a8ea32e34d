"""The hub over real HTTP: who may ask, and what is refused."""

from __future__ import annotations

import http.client
import json
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from counter_app.hub.lane import HubLane
from counter_app.hub.local import LocalHub
from counter_app.hub.routes import LARGEST_BODY
from counter_app.hub.server import served_beside, serving
from counter_app.problems import Problem
from tests.hub.clients import Client, Served2, codes, hall_over_http
from tests.hub.envelopes import accepted, envelope
from tests.hub.stores import HALL, RULES, HandClock


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Served2]:
    with hall_over_http(tmp_path) as made:
        yield made


def test_a_number_a_call_and_the_end(hall: Served2) -> None:
    kiosk, window = hall.client("kiosk"), hall.client("window", "w1")
    status, taken = kiosk.ask(
        "POST", "/v1/tickets", {"request_id": "r1", "priority": "老年人", "person": "p"}
    )
    assert status == 200
    assert (taken["number"], taken["ahead"]) == ("A001", 0)
    assert taken["wait_low_min"] <= taken["wait_high_min"]
    assert kiosk.ask("POST", "/v1/tickets", {"request_id": "r1"})[1]["id"] == taken["id"]
    status, called = window.ask("POST", "/v1/windows/w1/call", {"call_id": "c1"})
    assert (status, called["ticket"]["id"], called["ticket"]["window"]) == (200, taken["id"], "w1")
    assert window.ask("POST", "/v1/windows/1/call", {"call_id": "c1"}) == (200, called)
    for verb, state in [("serve", "serving"), ("done", "done")]:
        path = f"/v1/tickets/{taken['id']}/{verb}"
        assert window.ask("POST", path, {"request_id": verb})[1]["ticket"]["state"] == state
    assert window.ask("POST", "/v1/windows/w1/call", {"call_id": "c2"}) == (204, None)
    assert window.ask("GET", "/v1/windows/w1/line") == (200, {"waiting": 0, "priority": 0, "longest_ms": 0})
    status, listed = kiosk.ask("GET", "/v1/tickets?day=today")
    assert [(t["number"], t["state"]) for t in listed["items"]] == [("A001", "done")]
    assert window.ask("GET", "/v1/tickets?day=2026-11-22") == (200, {"items": []})


def test_who_need_not_know_does_not_see_whose_it_is(hall: Served2) -> None:
    hall.hub.take("r1", person="blind-7", note="听障")
    for role, seen in [("board", ("", "")), ("kiosk", ("", "")), ("window", ("blind-7", "听障"))]:
        [ticket] = hall.client(role).ask("GET", "/v1/tickets")[1]["items"]
        assert (ticket["person"], ticket["note"]) == seen


@pytest.mark.parametrize(
    ("role", "method", "path"),
    [
        ("board", "POST", "/v1/tickets"),
        ("kiosk", "POST", "/v1/windows/w1/call"),
        ("board", "POST", "/v1/tickets/x/done"),
        ("window", "POST", "/v1/batches"),
        ("window", "POST", "/v1/ratings"),  # the clerk neither gives nor sees an answer
        ("guide", "PUT", "/v1/windows/1"),
        ("kiosk", "GET", "/v1/feed"),
        ("manage", "GET", "/v1/cases"),
    ],
)
def test_each_role_has_its_bounds(hall: Served2, role: str, method: str, path: str) -> None:
    status, answer = hall.client(role).ask(method, path, {} if method != "GET" else None)
    assert (status, codes(answer)) == (403, ["token-role"])


def test_one_window_cannot_press_for_another(hall: Served2) -> None:
    hall.hub.take("r1")
    other = hall.client("window", "w2")
    assert other.ask("POST", "/v1/windows/w1/call", {"call_id": "c"})[0] == 403
    assert other.ask("GET", "/v1/windows/w1/line")[0] == 403
    assert other.ask("POST", "/v1/windows/w1/pause", {"request_id": "p", "why": "x"})[0] == 403
    ticket = hall.client("window", "w1").ask("POST", "/v1/windows/w1/call", {"call_id": "c"})[1]["ticket"]
    status, answer = other.ask("POST", f"/v1/tickets/{ticket['id']}/done", {"request_id": "d"})
    assert (status, codes(answer)) == (409, ["ticket-elsewhere"])


def test_nobody_makes_themselves_a_supervisor(hall: Served2) -> None:
    ticket = hall.hub.take("r1")
    boss = {"no": "G1", "roles": ["supervisor", "system"]}
    body = {"call_id": "c", "ticket": ticket.ticket_id, "why": "急", "clerk": boss}
    status, answer = hall.client("window", "w1").ask("POST", "/v1/windows/w1/call", body)
    assert (status, codes(answer)) == (403, ["supervisor-needed"])
    # An enrolled device answers for its clerk.
    assert hall.client("device").ask("POST", "/v1/windows/w1/call", body)[0] == 200
    assert hall.hub.story(ticket.ticket_id)[-1]["clerk"] == "G1"
    # Even then nobody on the wire is the program itself, who may touch every window's person.
    body = {"request_id": "d", "clerk": {"no": "G2", "window": "w7", "roles": ["system"]}}
    status, answer = hall.client("device").ask("POST", f"/v1/tickets/{ticket.ticket_id}/done", body)
    assert (status, codes(answer)) == (409, ["ticket-elsewhere"])


def test_without_a_token_nothing_but_the_open_pages(hall: Served2) -> None:
    stranger = Client(hall.served, "")
    hall.clients.append(stranger)
    for path in ("/v1/tickets", "/v1/feed", "/v1/events", "/v1/cases"):
        status, answer = stranger.ask("GET", path)
        assert (status, codes(answer)) == (401, ["token-unknown"])
    assert stranger.ask("GET", "/health")[1]["ok"] is True
    assert stranger.ask("GET", "/openapi.json")[0] == 200


def test_a_revoked_token_is_worthless(hall: Served2) -> None:
    client = hall.client("kiosk")
    hall.hub.revoke(client.token, "设备丢失")
    assert client.ask("GET", "/v1/tickets")[0] == 401


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "body-broken"),
        (b"not json", 422, "body-broken"),
        (b"[]", 422, "body-broken"),
        (b"{}", 422, "body-broken"),
        (b'{"request_id": 1}', 422, "body-broken"),
        (b'{"request_id": ""}', 422, "body-broken"),
        (b'{"request_id": "\\ud800"}', 422, "body-broken"),
        (b'{"request_id": "a\\u0000b"}', 422, "body-broken"),
        (b'{"request_id": "' + b"x" * 200 + b'"}', 422, "body-broken"),
        (b"\xff\xfe", 422, "body-broken"),
        (b"[" * 100_000, 422, "body-broken"),
        (b'{"request_id": "r", "group": "nowhere"}', 422, "group-unknown"),
        (b'{"request_id": "r", "priority": "vip"}', 422, "class-unknown"),
        (b'{"note": "' + b"x" * LARGEST_BODY + b'"}', 413, "body-large"),
    ],
    ids=range(14),
)
def test_bad_bodies_get_clear_refusals(hall: Served2, body: bytes, status: int, code: str) -> None:
    got, answer = hall.client("kiosk").ask("POST", "/v1/tickets", body)
    assert (got, codes(answer)) == (status, [code])
    assert list(hall.hub.tickets(hall.clock.at.date())) == []


def test_unknown_paths_have_the_shape_too(hall: Served2) -> None:
    client = hall.client()
    assert codes(client.ask("GET", "/v1/nothing")[1]) == ["not-found"]
    status, answer = client.ask("DELETE", "/v1/tickets")
    assert (status, codes(answer)) == (405, ["body-broken"])
    assert client.ask("POST", "/v1/tickets/none/juggle", {"request_id": "a"})[0] == 404
    assert client.ask("GET", "/v1/tickets/none")[0] == 404
    assert client.ask("GET", "/v1/tickets?day=yesterday")[0] == 422
    assert client.ask("GET", "/v1/feed?after=-1")[0] == 422


def test_facts_cases_feed_and_answers(hall: Served2) -> None:
    device = hall.client("device")
    batch = {"envelopes": [accepted(1, "N1"), 7, {**envelope(2), "hash": "x"}]}
    verdicts = device.ask("POST", "/v1/batches", batch)[1]["verdicts"]
    assert [v["verdict"] for v in verdicts] == ["accepted", "rejected", "rejected"]
    feed = device.ask("GET", "/v1/feed?after=0")[1]
    assert (feed["last"], [row["number"] for row in feed["items"]]) == (1, ["N1"])
    assert device.ask("GET", "/v1/cases")[1]["items"][0]["state"] == "accepted"
    rating = {"request_id": "q1", "case_id": "case-N1", "level": 5}
    assert device.ask("POST", "/v1/ratings", rating) == (200, {"done": True, "repeated": False})
    assert device.ask("POST", "/v1/ratings", rating) == (200, {"done": True, "repeated": True})
    assert device.ask("POST", "/v1/ratings", {**rating, "request_id": "q2"})[0] == 409
    assert device.ask("POST", "/v1/ratings", {**rating, "request_id": "q3", "level": 6})[0] == 422


def test_a_store_that_fails_is_a_clear_refusal(hall: Served2, expect_log: Callable[[str], None]) -> None:
    """A mistake of ours is calm outside and loud inside, and says nothing of what was asked."""
    expect_log("a question of POST /v1/tickets failed")
    client = hall.client("kiosk")

    def breaks(*_: Any) -> None:
        raise ZeroDivisionError("p-secret")

    event.listen(hall.hub.database.writer, "before_cursor_execute", breaks)
    status, answer = client.ask("POST", "/v1/tickets", {"request_id": "r1", "person": "p-secret"})
    event.remove(hall.hub.database.writer, "before_cursor_execute", breaks)
    assert (status, codes(answer)) == (500, ["unknown"])
    assert "p-secret" not in json.dumps(answer)
    assert client.ask("POST", "/v1/tickets", {"request_id": "r1"})[1]["number"] == "A001"


def test_counted_at_the_door(hall: Served2) -> None:
    client = hall.client("kiosk")
    client.ask("POST", "/v1/tickets", {"request_id": "r1"})
    client.ask("POST", "/v1/tickets", b"")
    link = http.client.HTTPConnection("127.0.0.1", hall.served.port)
    link.request("GET", "/metrics")
    text = link.getresponse().read().decode()
    link.close()
    assert 'onewindow_requests_total{path="/v1/tickets",status="200"} 1' in text
    assert 'onewindow_requests_total{path="/v1/tickets",status="422"} 1' in text


# --- beside a desk ------------------------------------------------------------------------------------


def test_a_desk_serves_its_own_machine_only(tmp_path: Path) -> None:
    hub = LocalHub(tmp_path, bytes(32), HALL, HandClock(), RULES)
    file = tmp_path / "hub.door"
    with served_beside(hub, tmp_path) as served:
        assert file.stat().st_mode & 0o777 == 0o600
        door = json.loads(file.read_text())
        assert door["url"] == served.url
        assert served.url.startswith("http://127.0.0.1:")
        client = Client(served, door["token"])
        assert client.ask("POST", "/v1/tickets", {"request_id": "r1"})[1]["number"] == "A001"
        client.close()
    assert not file.exists()
    with served_beside(hub, tmp_path) as again:
        old = Client(again, door["token"])
        assert old.ask("GET", "/v1/tickets")[0] == 401
        old.close()
    hub.close()


def test_a_taken_port_is_said(hall: Served2) -> None:
    with pytest.raises(Problem, match="hub-port"), serving({HALL: hall.hub}, port=hall.served.port):
        pass
    assert isinstance(hall.hub.lane, HubLane)
    assert not any(t.name == "hub-http" and not t.daemon for t in threading.enumerate())

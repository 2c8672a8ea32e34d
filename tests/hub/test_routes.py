"""The hub over real HTTP: who may ask, what is refused, and that the description is the truth."""

from __future__ import annotations

import http.client
import json
import random
import re
import threading
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from counter_app.hub.hall import HallHub
from counter_app.hub.lane import HubLane
from counter_app.hub.local import LocalHub
from counter_app.hub.opening import open_server
from counter_app.hub.routes import LARGEST_BODY
from counter_app.hub.server import Served, served_beside, serving
from counter_app.hub.shapes import ProblemsReply
from counter_app.hub.tokens import Bearer
from counter_app.problems import Problem
from tests.hub.envelopes import accepted, envelope
from tests.hub.stores import HALL, RULES, HandClock
from tests.hub.test_local import together


@dataclass
class Client:
    """One program with one token and one connection."""

    served: Served
    token: str
    link: http.client.HTTPConnection | None = None

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
        sent = body if isinstance(body, bytes) else (json.dumps(body).encode() if body is not None else None)
        if self.link is None:
            self.link = http.client.HTTPConnection("127.0.0.1", self.served.port, timeout=30)
        named = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        self.link.request(method, path, sent, named | headers)
        response = self.link.getresponse()
        answer = response.read()
        return response.status, json.loads(answer) if answer else None

    def close(self) -> None:
        if self.link is not None:
            self.link.close()


@dataclass
class Served2:
    served: Served
    hub: HallHub
    clock: HandClock
    clients: list[Client]

    def client(self, role: str = "device", window: str = "") -> Client:
        made = Client(self.served, self.hub.issue(Bearer(HALL, role, window)))
        self.clients.append(made)
        return made


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Served2]:
    clock = HandClock()
    hub = LocalHub(tmp_path, bytes(32), HALL, clock, RULES)
    with serving({HALL: hub}) as served:
        made = Served2(served, hub, clock, [])
        yield made
        for client in made.clients:
            client.close()
    hub.close()


def codes(answer: Any) -> list[str]:
    return [p.code for p in msgspec.convert(answer, ProblemsReply).problems]


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


# --- live events ------------------------------------------------------------------------------------


class Follower:
    """Reads server-sent events in a thread."""

    def __init__(self, hall: Served2, last: str = "") -> None:
        self.link = http.client.HTTPConnection("127.0.0.1", hall.served.port, timeout=30)
        token = hall.hub.issue(Bearer(HALL, "board"))
        headers = {"Authorization": f"Bearer {token}"} | ({"Last-Event-ID": last} if last else {})
        self.link.request("GET", "/v1/events", headers=headers)
        self.response = self.link.getresponse()
        assert self.response.status == 200
        assert self.response.readline() == b": hello\n"

    def next(self) -> tuple[int, str, Any]:
        """The next event: number, kind, data."""
        found: dict[str, str] = {}
        while True:
            line = self.response.readline().decode().rstrip("\n")
            if not line and "data" in found:
                return int(found["id"]), found["event"], json.loads(found["data"])
            name, _, value = line.partition(": ")
            found[name] = value

    def close(self) -> None:
        self.response.close()
        self.link.close()


def test_the_board_hears_what_happens_and_catches_up(hall: Served2) -> None:
    hall.hub.take("before")
    live = Follower(hall)
    window = hall.client("device")
    ticket = window.ask("POST", "/v1/windows/5/call", {"call_id": "c1"})[1]["ticket"]
    number, kind, told = live.next()
    assert (kind, told["number"], told["window"]) == ("called", "A001", "5")
    assert "person" not in told
    window.ask("POST", f"/v1/tickets/{ticket['id']}/done", {"request_id": "d", "clerk": {"window": "5"}})
    assert live.next()[1] == "done"
    live.close()
    late = Follower(hall, str(number))  # the connection was lost after the call
    assert late.next()[1] == "done"
    late.close()
    first = Follower(hall, "0")
    assert [first.next()[1] for _ in range(3)] == ["taken", "called", "done"]
    first.close()


# --- the description is the truth -------------------------------------------------------------------

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)
words = ["r1", "r2", "general", "elderly", "window:2", "1", "w1", "今天", "", "x" * 129, "a/b", "\x00", "%2f"]
fields = ["request_id", "call_id", "group", "priority", "person", "note", "why", "window", "ticket", "clerk"]
fields += ["case_id", "level", "own", "helps", "envelopes", "indicators"]


def test_whatever_is_asked_the_answer_is_described(tmp_path: Path) -> None:
    """A stranger presses everything: every status is in the description, every refusal has the shape."""
    hub = LocalHub(tmp_path, bytes(32), HALL, HandClock(), RULES)
    with serving({HALL: hub}) as served:
        client = Client(served, hub.issue(Bearer(HALL, "device")))
        document = client.ask("GET", "/openapi.json")[1]
        silent = ("/v1/events", "/metrics")  # a stream and a text
        paths = {path: methods for path, methods in document["paths"].items() if path not in silent}
        routes = [(method, path) for path, methods in paths.items() for method in methods]

        @settings(max_examples=4 * settings().max_examples)
        @given(
            st.sampled_from(routes),
            st.dictionaries(st.sampled_from(fields), st.sampled_from(words) | anything),
            st.data(),
        )
        def press(route: tuple[str, str], body: Any, data: Any) -> None:
            method, path = route
            named = re.sub(
                r"{(\w+)}",
                lambda _: urllib.parse.quote(data.draw(st.sampled_from([w for w in words if w])), safe=""),
                path,
            )
            sent = json.dumps(body).encode() if method != "get" else None
            status, answer = client.ask(method.upper(), named, sent)
            # A slash inside a name is another path.
            described = {int(s) for s in paths[path][method]["responses"]} | (
                {405} if "%2F" in named.upper() else set()
            )
            assert status in described, (method, named, status, answer)
            assert status < 500
            if status >= 400:
                assert codes(answer)

        press()
        client.close()
    hub.close()


def test_the_description_refers_to_what_it_has(hall: Served2) -> None:
    document = hall.client().ask("GET", "/openapi.json")[1]
    refs = set(re.findall(r'"#/components/schemas/(\w+)"', json.dumps(document)))
    assert refs <= set(document["components"]["schemas"])
    assert {"/v1/tickets", "/v1/windows/{window}/call", "/v1/batches", "/v1/feed"} <= set(document["paths"])
    assert document["openapi"] == "3.1.0"


# --- races over HTTP --------------------------------------------------------------------------------


@pytest.mark.parametrize("store", ["file", "postgresql"])
def test_windows_race_over_http(
    store: str, tmp_path: Path, request: pytest.FixtureRequest, size: Callable[[str], int]
) -> None:
    """Replies thrown away and requests repeated at random; nobody twice, nobody lost."""
    windows, many = 8, size("hub_calls") // 2
    if store == "file":
        hub: HallHub = LocalHub(tmp_path, bytes(32), HALL, HandClock(), RULES)
        close: Callable[[], None] = hub.close  # type: ignore[attr-defined]
    else:
        opened = open_server(request.getfixturevalue("postgres").fresh())
        hub = HallHub(opened.database, opened.lane, HALL, HandClock(), RULES)
        close = opened.close
    for n in range(many):
        hub.take(f"r{n}")
    with serving({HALL: hub}) as served:

        def window(nth: int) -> list[str]:
            chance, name = random.Random(nth), f"w{nth}"
            client = Client(served, hub.issue(Bearer(HALL, "window", name)))
            got: list[str] = []
            for press in range(10 * many):
                call = {"call_id": f"{name}-{press}"}
                status, answer = client.ask("POST", f"/v1/windows/{name}/call", call)
                if chance.random() < 0.2:
                    assert (
                        client.ask("POST", f"/v1/windows/{name}/call", call) == (status, answer)
                        or status == 204
                    )
                if status == 204:
                    break
                path = f"/v1/tickets/{answer['ticket']['id']}/done"
                assert client.ask("POST", path, {"request_id": f"d{name}-{press}"})[0] == 200
                got.append(answer["ticket"]["number"])
            client.close()
            return got

        called = [number for some in together(windows, window) for number in some]
    assert sorted(called) == sorted(f"A{n:03d}" for n in range(1, many + 1))
    close()


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

"""The hub over real HTTP: live events, races of windows, the truth of its description."""

from __future__ import annotations

import json
import random
import re
import urllib.parse
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from counter_app.hub.hall import HallHub
from counter_app.hub.local import LocalHub
from counter_app.hub.opening import open_server
from counter_app.hub.server import serving
from counter_app.hub.tokens import Bearer
from tests.hub.clients import Client, Follower, Served2, codes, hall_over_http
from tests.hub.stores import HALL, RULES, HandClock
from tests.hub.test_local import together


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Served2]:
    with hall_over_http(tmp_path) as made:
        yield made


# --- live events ------------------------------------------------------------------------------------


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

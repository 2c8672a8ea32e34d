"""The hall's key module behind the hub: embedded and over HTTP, its troubles told apart, nothing kept."""

from __future__ import annotations

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_app.hub.keys import KeyService
from counter_app.hub.local import LocalHub
from counter_app.hub.server import serving
from counter_app.hub.tokens import Bearer
from counter_app.problems import Problem
from counter_app.sync.remote_hub import RemoteHub
from drivers.cards.card_keys import begin, finish
from drivers.cards.key_simulator import KeyModule, Web
from tests.drivers.cards.test_card_keys import channel
from tests.hub.stores import HALL, RULES, HandClock

KEY = bytes(32)


@pytest.fixture
def module() -> Iterator[Web]:
    web = Web(KeyModule())
    thread = threading.Thread(target=web.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield web
    web.module.closing.set()
    web.shutdown()
    web.server_close()
    thread.join(60)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[LocalHub]:
    made = LocalHub(tmp_path, KEY, HALL, HandClock(), RULES)
    yield made
    made.close()


def code_of(work: Callable[[], Any]) -> str:
    with pytest.raises(Problem) as caught:
        work()
    return caught.value.code


def test_a_card_is_satisfied_through_the_hub(hub: LocalHub, module: Web) -> None:
    hub.key_module = KeyService(module.url)
    card = channel()
    asked = begin(card)
    before = len(card.commands)
    finish(card, asked, hub.card_key(asked.question))  # raises what the card did not take
    assert len(card.commands) == before + 1


def test_each_trouble_has_its_own_advice(hub: LocalHub, module: Web) -> None:
    assert code_of(lambda: hub.card_key("q")) == "card-needs-key"
    hub.key_module = KeyService(module.url, limit_s=0.2)
    question = begin(channel()).question
    troubles = {"away": "hsm-away", "slow": "hsm-away", "garbled": "hsm-refused"}
    for mode, code in troubles.items():
        module.module.mode = mode
        assert code_of(lambda: hub.card_key(question)) == code
    module.module.mode = "ok"
    assert code_of(lambda: hub.card_key("nonsense")) == "hsm-refused"


def post(url: str, token: str, question: str) -> tuple[int, dict[str, Any]]:
    body = json.dumps({"request_id": "r1", "question": question}).encode()
    head = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{url}/v1/card-keys", body, head)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.loads(answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return error.code, json.loads(error.read())


def test_a_window_asks_over_http_and_a_kiosk_may_not(hub: LocalHub, module: Web, tmp_path: Path) -> None:
    hub.key_module = KeyService(module.url)
    window = hub.issue(Bearer(HALL, "window", "w1"))
    kiosk = hub.issue(Bearer(HALL, "kiosk"))
    card = channel()
    asked = begin(card)
    with serving({HALL: hub}, "127.0.0.1", 0) as served:
        status, told = post(served.url, window, asked.question)
        assert status == 200
        finish(card, asked, told["answer"])
        far, again = RemoteHub(served.url, window), begin(card)
        finish(card, again, far.card_key(again.question))
        far.close()
        assert post(served.url, kiosk, asked.question)[0] == 403
        module.module.mode = "away"
        status, told = post(served.url, window, asked.question)
        assert (status // 100, told["problems"][0]["code"]) == (4, "hsm-away")
    stored = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    assert asked.question.split("|")[4].encode() not in stored

"""Key module, password and contactless slot through the real smart-card service."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any

import pytest

from drivers import registry
from drivers.cards.key_simulator import KeyModule, Web
from drivers.host.pcscd import PrivatePcscd
from drivers.protocols import Fault
from tests.fakes.card_table import Hand, hand
from tests.fakes.listening import Listener

pytestmark = pytest.mark.pcsc
LIMIT_MS = 400
PERSON = {"name": "王敏", "idno": "11010519491231002X", "version": "3.00"}
RF_ATR = "3B8D8001" + "80" + "53" * 12 + "00"


@pytest.fixture(scope="module")
def cards(pcscd: PrivatePcscd, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hand]:
    with hand(pcscd, tmp_path_factory.mktemp("cards")) as given:
        yield given
        for reader in given.readers:
            given.pull(reader)


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


def opened(**config: Any) -> Any:
    return registry.open("cards.pcsc", {"limit_ms": LIMIT_MS, **config})


def put(cards: Hand, device: Any, reader: str, **spec: Any) -> str:
    """Insert a card and wait until the service has seen it."""
    heard = Listener()
    device.watch(heard)
    heard.event("readers")
    cards.pull(reader)
    while (told := _refusal(device, reader)) != "card-none":
        heard.event("removed")
        assert told
    cards.insert(reader, **{**PERSON, **spec})
    while heard.event("inserted").reader != reader:
        continue
    return reader


def _refusal(device: Any, reader: str = "") -> str:
    try:
        device.read(reader)
    except Fault as fault:
        return fault.code
    return ""


def test_a_card_that_wants_a_key_module_is_read_with_it(cards: Hand, module: Web) -> None:
    device = opened(hsm_url=module.url)
    reader = put(cards, device, cards.readers[0])
    assert device.read(reader).name == PERSON["name"]
    for mode, code in (("away", "hsm-away"), ("slow", "hsm-away"), ("garbled", "hsm-refused")):
        module.module.mode = mode
        assert _refusal(device, reader) == code
    module.module.closing.set()
    module.module.mode = "wrong"
    assert _refusal(device, reader) in ("card-fake", "card-mute")  # mute: while the slow one is waited for
    device.close()


def test_without_a_module_the_card_is_incomplete_and_says_so(cards: Hand) -> None:
    def nobody(_: str) -> str:
        raise Fault("card-needs-key", "HSM")

    device, asking = opened(), opened(ask_key=nobody)
    reader = put(cards, device, cards.readers[1])
    for each in (device, asking):
        assert each.read(reader).missing[:3] == ("card_no", "idno", "name")
        each.close()


def test_a_password_by_command_tells_the_tries_left(cards: Hand) -> None:
    device = opened()
    reader = put(cards, device, cards.readers[2], version="2.00", pin="246810", pin_tries=2)
    assert registry.find("cards.pcsc").pin == "typed"
    device.verify_pin(reader, "246810")
    codes = []
    for _ in range(8):
        with pytest.raises(Fault) as caught:
            device.verify_pin(reader, "111111")
        codes.append((caught.value.code, caught.value.detail))
    assert codes[0] == ("pin-wrong", "5")
    assert codes[-1] == ("pin-locked", "6983")
    assert device.read(reader).name == PERSON["name"]  # a locked password does not lock the card
    device.close()


def test_a_contactless_slot_is_a_slot_of_its_own(cards: Hand) -> None:
    contact, contactless = cards.readers[3], cards.readers[4]
    watcher = opened(reader="")
    put(cards, watcher, contact, version="2.00", name="插")
    put(cards, watcher, contactless, version="2.00", name="贴", atr=RF_ATR)
    watcher.close()
    told = {}
    for interface in (1, 2, 3, 4):
        device = opened(reader=contact, contactless=contactless, interface=interface)
        told[interface] = device.read()
        device.close()
    assert [told[n].name for n in (1, 2, 3, 4)] == ["插", "贴", "插", "贴"]
    assert (told[2].reader, told[2].atr) == (contactless, RF_ATR)

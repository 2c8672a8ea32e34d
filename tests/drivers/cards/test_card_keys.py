"""What a card wants before it tells: key steps and password, against the shipped virtual card."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.cards import card_keys, social_security
from drivers.cards.key_simulator import KeyModule
from drivers.cards.simulator_card import CardSpec, VirtualCard
from drivers.protocols import CardRead, Fault

PERSON = {"name": "王敏", "idno": "11010519491231002X", "version": "3.00", "region": "371100"}


@dataclass
class Channel:
    """A virtual card as a channel, keeping what it was asked."""

    card: VirtualCard
    commands: list[str] = field(default_factory=list)

    def atr(self) -> bytes:
        return self.card.atr()

    def transmit(self, command: bytes) -> bytes:
        self.commands.append(command.hex().upper())
        return self.card.answer(command)


def channel(**spec: object) -> Channel:
    return Channel(VirtualCard(CardSpec.of({**PERSON, **spec})))


def read(card: Channel, module: KeyModule) -> CardRead:
    return social_security.read(card, "r", partial(card_keys.unlock, ask=module.answer))


def refusal(card: Channel, module: KeyModule) -> Fault:
    with pytest.raises(Fault) as caught:
        read(card, module)
    return caught.value


@pytest.mark.parametrize("fci", [True, False])
def test_a_version_3_card_is_read_whole_with_the_halls_key_module(fci: bool) -> None:
    told = read(channel(fci=fci), KeyModule())
    assert (told.name, told.idno, told.complete) == ("王敏", "11010519491231002X", True)


def test_the_question_is_the_record_of_step_1() -> None:
    card = channel()
    asked = card_keys.begin(card, "410100813475")
    parts = asked.question.split("|")
    assert (parts[0], parts[1], parts[2], len(parts[3])) == (
        "371100",
        card.atr()[4:].hex().upper(),
        "03",
        32,
    )
    assert [len(part) for part in parts[4:8]] == [16] * 4
    assert parts[8:] == ["410100813475", ""]
    assert len(set(parts[4:8])) == 4
    internal = next(command for command in card.commands if command.startswith("0088"))
    assert internal == "0088000010" + parts[4] + parts[5]


def test_a_card_that_tells_by_itself_asks_no_module() -> None:
    card = channel(version="2.00")
    social_security.read(card, "r", lambda _: pytest.fail("the module was asked"))
    assert not [command for command in card.commands if command.startswith("0088")]


def test_a_false_card_and_a_wrong_module_are_told_apart() -> None:
    module = KeyModule()
    assert refusal(channel(module_key="00" * 16), module).code == "card-fake"
    card = channel()
    asked = card_keys.begin(card)
    good = module.answer(asked.question)
    with pytest.raises(Fault) as caught:
        card_keys.finish(card, asked, good[:17] + "00" * 16 + "|")
    assert (caught.value.code, caught.value.detail) == ("hsm-refused", "63C2")


@given(st.text(max_size=80))
def test_an_answer_of_another_shape_never_reaches_the_card(answer: str) -> None:
    card = channel()
    asked = card_keys.begin(card)
    before = len(card.commands)
    with pytest.raises(Fault) as caught:
        card_keys.finish(card, asked, answer)
    assert (caught.value.code, len(card.commands)) == ("hsm-refused", before)


def test_a_card_that_locked_its_keys_says_so() -> None:
    card = channel()
    for _ in range(3):
        asked = card_keys.begin(card)
        with pytest.raises(Fault):
            card_keys.finish(card, asked, asked.cryptogram.hex() + "|" + "00" * 16 + "|")
    assert refusal(card, KeyModule()).code == "card-locked"


def pin_fault(card: Channel, pin: str) -> tuple[str, str]:
    with pytest.raises(Fault) as caught:
        card_keys.verify_pin(card, pin)
    return caught.value.code, caught.value.detail


def test_a_password_is_checked_by_the_card_with_the_tries_left() -> None:
    card = channel(pin="654321", pin_tries=3)
    card_keys.verify_pin(card, "654321")
    assert card.commands[-1] == "0020000003654321"
    card = channel(pin="654321", pin_tries=3)
    assert pin_fault(card, "123456") == ("pin-wrong", "2")
    assert pin_fault(card, "123456") == ("pin-wrong", "1")
    assert pin_fault(card, "123456")[0] == "pin-locked"
    assert pin_fault(card, "654321") == ("pin-locked", "6983")


@pytest.mark.parametrize("pin", ["", "123", "12345a", "1" * 17, "１２３４５６"])
def test_what_is_no_password_costs_no_try(pin: str) -> None:
    card = channel()
    assert pin_fault(card, pin)[0] == "pin-refused"
    assert card.commands == []


def test_a_password_of_odd_length_is_padded() -> None:
    card = channel(pin="12345")
    card_keys.verify_pin(card, "12345")
    assert card.commands[-1] == "002000000312345F"


@pytest.mark.parametrize(
    ("atr", "hist"),
    [
        ("3B6D000000814E43238697159900BF7C7A", "00814E43238697159900BF7C7A"),
        ("3B8D8001" + "80" + "73" * 12 + "AA", "80" + "73" * 12),
        ("3B7D94000081544C", "81544C"),
        ("3B", ""),
        ("", ""),
        ("3BFF", ""),
    ],
)
def test_historical_bytes_of_contact_and_contactless_answers(atr: str, hist: str) -> None:
    assert card_keys.historical(bytes.fromhex(atr)).hex().upper() == hist


@given(st.lists(st.binary(max_size=20), max_size=40))
def test_any_answers_of_a_card_end_in_a_question_or_a_fault(answers: list[bytes]) -> None:
    class Mad:
        def atr(self) -> bytes:
            return answers[0] if answers else b""

        def transmit(self, command: bytes) -> bytes:
            return answers.pop() if answers else b"\x6f\x00"

    try:
        said = card_keys.begin(Mad()).question
    except Fault as fault:
        said = fault.code
    assert said

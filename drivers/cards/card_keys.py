"""What a card wants before it tells or believes: the keys of the hall's module, and its holder's password.

The steps of a version 3 card and the record that is handed to the key module are those of LD/T 6001.5
(`iReadCardBas_HSM_Step1/2`); the rules are collected in the project's card facts, A6 and A7.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Callable, Tuple

from drivers.cards.social_security import CardChannel, exchange, select
from drivers.protocols import Fault

_CHALLENGE = "0084000008"
_INTERNAL = "0088000010"  # process factor and raw data, 8 bytes each
_EXTERNAL = "0082000A10"  # key 0A: RKSSSE
_FREE = ((0x01, 16), (0x03, 4))  # card identifier and version: what every card tells
_ALGORITHMS = ("9F0C038601", "9F0C86")  # how the FCI announces the algorithm; both are in use
_ANSWER = re.compile(r"([0-9A-Fa-f]{16})\|([0-9A-Fa-f]{32})\|?")
_PIN = re.compile(r"\d{4,16}", re.ASCII)


@dataclass(frozen=True)
class Asked:
    """What the card asks: the record for the key module, and what the module's first answer must equal."""

    question: str
    cryptogram: bytes = field(repr=False)


def unlock(channel: CardChannel, ask: Callable[[str], str], terminal: str = "") -> None:
    """Satisfy a selected card with the key module's answer; nothing may come between the two steps.

    Raises Fault `hsm-away`, `hsm-refused`, `card-fake`, `card-data` or what the channel raises.
    """
    asked = begin(channel, terminal)
    finish(channel, asked, ask(asked.question))


def begin(channel: CardChannel, terminal: str = "") -> Asked:
    """Step 1: what the card asks.

    The record: region, historical bytes, algorithm, card identifier, then factor and raw data of the internal
    and of the external authentication, and the terminal's number. Raises Fault.
    """
    algorithm = _algorithm(select(channel))
    card_id, _ = _free_records(channel)
    select(channel)
    raw, factor = _challenge(channel), _challenge(channel)
    proof = _wanted(channel, bytes.fromhex(_INTERNAL) + factor + raw, "card-data")
    raw_out, factor_out = _challenge(channel), _challenge(channel)
    known = (card_id.hex().upper(), historical(channel.atr()).hex().upper())
    parts = (known[0][:6], known[1], algorithm, known[0])
    steps = tuple(each.hex().upper() for each in (factor, raw, factor_out, raw_out))
    return Asked("|".join((*parts, *steps, terminal)) + "|", proof[:8])


def finish(channel: CardChannel, asked: Asked, answer: str) -> None:
    """Step 2: the card is genuine if it answered as the module did, and then believes the module.

    Raises Fault `hsm-refused` for an answer of another shape or one the card does not take, `card-fake`.
    """
    found = _ANSWER.fullmatch(answer.strip())
    if found is None:
        raise Fault("hsm-refused", "answer")
    if bytes.fromhex(found[1]) != asked.cryptogram:
        raise Fault("card-fake", "internal")
    _wanted(channel, bytes.fromhex(_EXTERNAL + found[2]), "hsm-refused")


def verify_pin(channel: CardChannel, pin: str) -> None:
    """Let the card check its holder's password.

    Raises Fault `pin-refused` (not 4 to 16 digits: the card is not even asked), `pin-wrong` with the tries
    left as detail, `pin-locked`, `card-data`.
    """
    if not _PIN.fullmatch(pin):
        raise Fault("pin-refused", "4-16")
    select(channel)
    packed = bytes.fromhex(pin + "F" * (len(pin) % 2))
    _, status = exchange(channel, bytes([0x00, 0x20, 0x00, 0x00, len(packed)]) + packed)
    if status & 0xFFF0 == 0x63C0 and status & 0x0F:
        raise Fault("pin-wrong", str(status & 0x0F))
    if status in (0x63C0, 0x6983):
        raise Fault("pin-locked", format(status, "04X"))
    if status == 0x6300:
        raise Fault("pin-wrong", "未知")
    if status != 0x9000:
        raise Fault("card-data", "PIN " + format(status, "04X"))


def historical(atr: bytes) -> bytes:
    """The historical bytes of an answer to reset (ISO 7816-3), empty where it is cut short."""
    if len(atr) < 2:
        return b""
    at, mark = 2, atr[1] >> 4
    while mark:
        at += bin(mark).count("1")
        if not mark & 8 or at > len(atr):
            break
        mark = atr[at - 1] >> 4
    return atr[at : at + (atr[1] & 0x0F)]


def _algorithm(told: bytes) -> str:
    """01 is DES and what a card means that says nothing, 02 SSF33, 03 SM4."""
    for head in _ALGORITHMS:
        _, found, rest = told.hex().upper().partition(head)
        if found and len(rest) >= 2:
            return rest[:2]
    return "01"


def _free_records(channel: CardChannel) -> Tuple[bytes, ...]:
    _wanted(channel, bytes.fromhex("00A4020002EF05"), "card-data")
    values = []
    for tag, length in _FREE:
        data = _wanted(channel, bytes([0x00, 0xB2, tag, 0x00, length + 2]), "card-data")
        if len(data) < 2 + length:
            raise Fault("card-data", format(tag, "02X"))
        values.append(data[2 : 2 + length])
    return tuple(values)


def _challenge(channel: CardChannel) -> bytes:
    data = _wanted(channel, bytes.fromhex(_CHALLENGE), "card-data")
    if len(data) != 8:
        raise Fault("card-data", "challenge")
    return data


def _wanted(channel: CardChannel, command: bytes, otherwise: str) -> bytes:
    data, status = exchange(channel, command)
    if status == 0x6983:
        raise Fault("card-locked", "6983")
    if status != 0x9000:
        raise Fault(otherwise, format(status, "04X"))
    return data

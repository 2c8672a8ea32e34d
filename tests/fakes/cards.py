"""A card without reader: the virtual card, or scripted answers, behind the two methods of a channel."""

from __future__ import annotations

from collections.abc import Iterable

from drivers.cards.simulator_card import CardSpec, VirtualCard
from drivers.protocols import Fault


class CardInHand:
    """Answers as the virtual card of a description does, and keeps what it was sent."""

    def __init__(self, spec: CardSpec) -> None:
        self._card = VirtualCard(spec)
        self.sent: list[bytes] = []

    def atr(self) -> bytes:
        return self._card.atr()

    def transmit(self, command: bytes) -> bytes:
        self.sent.append(command)
        if 0 <= self._card.spec.pull_after < len(self.sent):
            raise Fault("card-removed", "")
        return self._card.answer(command)


class ScriptedCard:
    """Answers one given answer after another, the last one for ever."""

    def __init__(self, answers: Iterable[bytes]) -> None:
        self._answers = list(answers)
        self.sent: list[bytes] = []

    def atr(self) -> bytes:
        return bytes.fromhex("3B00")

    def transmit(self, command: bytes) -> bytes:
        self.sent.append(command)
        return self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]

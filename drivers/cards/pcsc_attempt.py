"""One conversation with a card in a thread of its own, with the time of the card's last sign of life.

The smart-card service waits for a silent card without any limit: whoever asks must not.
"""

from __future__ import annotations

import threading
import time
from typing import TYPE_CHECKING, Any, Callable, Optional

from drivers.protocols import Fault

if TYPE_CHECKING:
    from drivers.cards.pcsc_calls import Connection

_TOTAL = 3  # a whole conversation may take this many times the limit for one answer


class Attempt(threading.Thread):
    """Connects to the card in `reader`, does `work` with it inside a transaction, and lets go.

    `ask` (the key module's answer to a question) is called in the same thread, the card held.
    """

    def __init__(
        self, reader: str, work: Callable[[Connection, Attempt], Any], ask: Optional[Callable[[str], str]]
    ) -> None:
        super().__init__(name="pcsc-read", daemon=True)
        self.reader = reader
        self.can_ask = ask is not None
        self._work = work
        self._key_module = ask
        self._over = threading.Event()
        self._answer: Any = None
        self._error: Optional[Exception] = None
        self._waiting_for = "reader-busy"
        self._begun = self._alive_at = time.monotonic()
        self.start()

    def run(self) -> None:
        """Have the conversation; the outcome waits for whoever still wants it."""
        try:
            self._answer = self._converse()
        except Exception as error:  # raised again in the caller's thread
            self._error = error
        self._over.set()

    def result(self, limit_ms: int) -> Any:
        """What came of it. Raises its Fault, `card-mute` after `limit_ms` of silence, or `device-timeout`."""
        while not self._over.wait(self._left(limit_ms)):
            now = time.monotonic()
            if now - self._alive_at >= limit_ms / 1000:
                raise Fault(self._waiting_for, self.reader)
            if now - self._begun >= limit_ms * _TOTAL / 1000:
                raise Fault("device-timeout", str(limit_ms * _TOTAL))
        if self._error is not None:
            raise self._error
        return self._answer

    def ask(self, question: str) -> str:
        """The key module's answer. Raises its Fault; a silent module is `hsm-away`, not a mute card."""
        if self._key_module is None:
            raise Fault("card-needs-key", "HSM")
        self._waiting_for = "hsm-away"
        answer = self._key_module(question)
        self._step()
        self._waiting_for = "card-mute"
        return answer

    def _left(self, limit_ms: int) -> float:
        now = time.monotonic()
        silent = self._alive_at + limit_ms / 1000 - now
        return max(0.001, min(silent, self._begun + limit_ms * _TOTAL / 1000 - now))

    def _step(self) -> None:
        self._alive_at = time.monotonic()

    def _converse(self) -> Any:
        from drivers.cards.pcsc_calls import Connection, Context

        context = Context()
        try:
            self._waiting_for = "card-mute"
            connection = Connection(context, self.reader, self._step)
            try:
                self._waiting_for = "reader-busy"
                connection.begin()
                self._waiting_for = "card-mute"
                return self._work(connection, self)
            finally:
                connection.close()
        finally:
            context.release()

"""Social-security cards in any PC/SC reader, through the system's smart-card service and pyscard."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING, Any, Callable, Dict, Mapping, Optional, Tuple

from drivers.cards import card_keys, social_security
from drivers.cards.hsm import asker
from drivers.cards.pcsc_attempt import Attempt
from drivers.cards.slots import Slots, slots_of
from drivers.host.options import INTERFACE, KEY_MODULE
from drivers.protocols import CardEvent, CardRead, Driver, Fault, Finding, Option

if TYPE_CHECKING:
    from drivers.cards.pcsc_calls import Connection
    from drivers.cards.pcsc_watch import Watcher

_LIMIT_MS = 3000


class PcscReader:
    """Every PC/SC reader of this machine, or the ones `slots` mean; chosen by name, never by index.

    `limit_ms` is the longest a card may be silent; a whole read may last three times as long. `ask_key` is
    the hall's key module, for cards that tell their holder to nobody without it.
    """

    def __init__(
        self,
        reader: str = "",
        limit_ms: int = _LIMIT_MS,
        slots: Optional[Slots] = None,
        ask_key: Optional[Callable[[str], str]] = None,
    ) -> None:
        self._only = reader
        self._limit_ms = limit_ms
        self._ask_key = ask_key
        self._watcher: Optional[Watcher] = None
        self._hanging: Dict[str, Attempt] = {}
        self._slots = slots or slots_of({"reader": reader}, _scope())[0]

    def readers(self) -> Tuple[str, ...]:
        """Names of connected readers. Raises Fault `reader-service`."""
        from drivers.cards.pcsc_calls import Context

        context = Context()
        try:
            return context.readers()
        finally:
            context.release()

    def watch(self, tell: Callable[[CardEvent], None]) -> None:
        """Tell insertions, removals, reader lists and service faults from a thread until `close`."""
        from drivers.cards.pcsc_watch import Watcher

        if self._watcher is not None:
            self._watcher.close()
        self._watcher = Watcher(tell, self._slots)

    def read(self, reader: str = "") -> CardRead:
        """Read the card in `reader`, or in the one that holds a card. Raises Fault.

        Runs in a thread of its own because the service waits for a silent card without any limit.
        """
        told: CardRead = self._with_card(reader, _told)
        return told

    def verify_pin(self, reader: str = "", pin: str = "") -> None:
        """Let the card check its holder's password; nothing of it is kept.

        Raises Fault `pin-wrong` (detail: tries left), `pin-locked`, `pin-refused` or those of `read`.
        """
        self._with_card(reader, lambda card, _: card_keys.verify_pin(card, pin))

    def close(self) -> None:
        """Stop watching; a read that hangs ends when its card is pulled."""
        if self._watcher is not None:
            self._watcher.close()
            self._watcher = None
        self._slots.release()

    def _with_card(self, reader: str, work: Callable[[Connection, Attempt], Any]) -> Any:
        name = self._pick(reader)
        if not self._slots.is_ours(name):
            raise Fault("reader-taken", name)
        self._wait_for_hanging(name)
        attempt = Attempt(name, work, self._ask_key)
        try:
            return attempt.result(self._limit_ms)
        finally:
            if attempt.is_alive():
                self._hanging[name] = attempt

    def _wait_for_hanging(self, name: str) -> None:
        """A reader still waiting for a silent card cannot be asked again; nor may threads pile up."""
        hanging = self._hanging.pop(name, None)
        if hanging is None:
            return
        hanging.join(self._limit_ms / 1000)
        if hanging.is_alive():
            self._hanging[name] = hanging
            raise Fault("card-mute", name)

    def _pick(self, wanted: str) -> str:
        from drivers.cards.pcsc_calls import Context

        context = Context()
        try:
            names = context.readers()
            if not names or (wanted or self._only) not in ("", *names):
                raise Fault("reader-none", wanted or self._only)
            if wanted:
                return wanted
            holding = [s.reader for s in context.changes(dict.fromkeys(names, 0), 0) if s.present]
        finally:
            context.release()
        newest = self._watcher.newest if self._watcher is not None else ""
        best = self._slots.best(holding, newest)
        if best:
            return best
        others = [slot for slot in holding if self._slots.is_wanted(slot)]
        raise Fault("reader-taken" if others else "card-none", "、".join(others))


def _told(connection: Connection, attempt: Attempt) -> CardRead:
    unlock = partial(_unlock, attempt) if attempt.can_ask else None
    return social_security.read(connection, attempt.reader, unlock)


def _unlock(attempt: Attempt, channel: social_security.CardChannel) -> None:
    """Where nobody has a module after all, what the card tells to everybody is still worth telling."""
    try:
        card_keys.unlock(channel, attempt.ask)
    except Fault as fault:
        if fault.code != "card-needs-key":
            raise


def _scope() -> str:
    """Two services may have readers of the same name."""
    return os.environ.get("PCSCLITE_CSOCK_NAME", "")


def _open(config: Mapping[str, Any]) -> PcscReader:
    from smartcard import scard  # noqa: F401  # a missing SDK is told at opening

    slots, reader = slots_of(config, _scope())
    return PcscReader(reader, int(config.get("limit_ms", _LIMIT_MS)), slots, asker(config))


def _finds() -> Tuple[Finding, ...]:
    return tuple(Finding("读卡器 " + name, {"reader": name}) for name in PcscReader().readers())


DRIVER = Driver(
    id="pcsc",
    family="cards",
    title="PC/SC 读卡器（社保卡）",
    open=_open,
    requires=("smartcard.scard",),
    pin="typed",
    options=(
        Option("reader", "读卡器", "读卡器名称；空 = 本机所有没有归属的读卡器"),
        Option("contactless", "非接卡位", "非接卡位的名称；空 = 按名称辨认"),
        INTERFACE,
        KEY_MODULE,
    ),
    finds=_finds,
)

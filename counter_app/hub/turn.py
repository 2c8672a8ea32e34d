"""One turn of the server's loop, one commit: what came in together is written together, where it came in.

A way into another thread and back costs more than a call of the next person, and on a busy machine much
more: twice somebody has to be woken. So short writing is done on the loop's own thread, as long as nobody
else writes and the disk is quick; what waits at the sockets meanwhile is the next turn. Who comes alone, as
most do, is written at once: to wait and see whether anybody else comes takes two turns.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from counter_app.hub.lane import Lane, Outcome, Work

_QUICK_S = 0.02  # a commit that took longer keeps the loop from those who only look
_TOGETHER = 2
_LOOKS = 2  # turns of the loop in which nobody came
_AFTER_SLOW_S = 1.0  # so long the lane's own thread writes then


@dataclass(slots=True)
class Turn:
    """What is to be written in this turn of the loop. Only the loop's own thread asks."""

    lane: Lane
    clock: Callable[[], float] = time.perf_counter
    _waiting: list[tuple[Work, asyncio.Future[Any]]] = field(default_factory=list)
    _slow_until: float = 0.0
    _begun: bool = False  # somebody has asked in this turn
    _lately: int = 0  # so many came in together before
    _counted: int = 0  # so many were here when it was looked last
    _looked: int = 0  # so often nobody had come since

    async def ask(self, work: Work) -> Any:
        """Run work and wait until it is durable. Raises what the work raised, `store-write`, `hub-away`."""
        if self.clock() < self._slow_until:
            return await asyncio.wrap_future(self.lane.submit(work))
        loop = asyncio.get_running_loop()
        if self._comes_alone(loop):
            made = self._at_once([work])
            return _given(*made[0]) if made is not None else await asyncio.wrap_future(self.lane.submit(work))
        answer = loop.create_future()
        self._waiting.append((work, answer))
        if len(self._waiting) == 1:  # whoever else came in with this one is asked before
            loop.call_soon(self._write)
        return await answer

    def _comes_alone(self, loop: asyncio.AbstractEventLoop) -> bool:
        """Nobody else has asked in this turn, and lately nobody came together with another."""
        if self._begun:
            self._lately = max(self._lately, _TOGETHER)
            return False
        self._begun = True
        loop.call_soon(self._turned)
        return self._lately < _TOGETHER and not self._waiting

    def _turned(self) -> None:
        self._begun = False

    def _write(self) -> None:
        if self._more_come():
            asyncio.get_running_loop().call_soon(self._write)
            return
        together, self._waiting = self._waiting, []
        made = self._at_once([work for work, _ in together])
        if made is None:
            for work, answer in together:
                self._in_line(work, answer)
            return
        for (_, answer), (value, refused) in zip(together, made, strict=True):
            _tell(answer, value, refused)

    def _at_once(self, works: Sequence[Work]) -> list[Outcome] | None:
        begun = self.clock()
        made = self.lane.at_once(works)
        ended = self.clock()
        if ended - begun > _QUICK_S:
            self._slow_until = ended + _AFTER_SLOW_S
        return made

    def _more_come(self) -> bool:
        """Fewer are here than lately came together: the others are on their way, until nobody comes.

        Who was answered together asks again together, but one after the other; written at once, the first of
        them would have a commit alone and the others wait for it.
        """
        here = len(self._waiting)
        self._looked = 0 if here > self._counted else self._looked + 1
        self._counted = here
        if here < self._lately and self._looked < _LOOKS:
            return True
        self._lately, self._counted, self._looked = max(here, self._lately - 1), 0, 0
        return False

    def _in_line(self, work: Work, answer: asyncio.Future[Any]) -> None:
        """Somebody else is writing: behind them, in the lane's own thread."""
        try:
            asked = asyncio.wrap_future(self.lane.submit(work))
        except Exception as refused:  # the lane is closed
            _tell(answer, None, refused)
            return
        asked.add_done_callback(lambda done: _tell(answer, *_said(done)))


def _given(value: Any, refused: BaseException | None) -> Any:
    if refused is not None:
        raise refused
    return value


def _said(done: asyncio.Future[Any]) -> tuple[Any, BaseException | None]:
    refused = asyncio.CancelledError() if done.cancelled() else done.exception()
    return (None, refused) if refused is not None else (done.result(), None)


def _tell(answer: asyncio.Future[Any], value: Any, refused: BaseException | None) -> None:
    if answer.done():  # whoever asked has gone
        return
    if refused is None:
        answer.set_result(value)
    else:
        answer.set_exception(refused)

"""The smallest reader there is: one card always lies in it, and it tells in which process it was read."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from drivers.protocols import CardEvent, CardRead, Driver, Fault, Option


class TinyReader:
    """A reader of one card."""

    def __init__(self, greeting: str) -> None:
        self._greeting = greeting

    def readers(self) -> tuple[str, ...]:
        return ("tiny",)

    def present(self) -> dict[str, object]:
        return {"here": True}

    def read(self, reader: str = "") -> CardRead:
        if reader not in ("", "tiny"):
            raise Fault("reader-none", reader)
        return CardRead("tiny", "11010519491231002X", self._greeting, "T1", region=str(os.getpid()))

    def watch(self, tell: Callable[[CardEvent], None]) -> None:
        tell(CardEvent("readers", readers=("tiny",)))

    def close(self) -> None:
        pass


def _open(config: Mapping[str, Any]) -> TinyReader:
    return TinyReader(str(config.get("greeting", "王敏")))


DRIVER = Driver("tiny", "cards", "小小读卡器", _open, options=(Option("greeting", "姓名"),))
HOSTED = replace(DRIVER, id="tiny_hosted", hosted=True)
THIEF = replace(DRIVER, id="pcsc")
LIES = "not a driver at all"

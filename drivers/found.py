"""What is plugged into this machine, as the drivers that can use it see it."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass
from typing import Any

from drivers import registry
from drivers.protocols import Driver, Finding

_LIMIT_MS = 3000
_log = logging.getLogger("drivers.found")


@dataclass(frozen=True)
class Plugged:
    """One device and the driver that would use it with this configuration."""

    full_id: str
    title: str
    config: Mapping[str, Any]


def plugged(drivers: Iterable[Driver] | None = None, limit_ms: int = _LIMIT_MS) -> tuple[Plugged, ...]:
    """Ask every driver that can look; one that fails or takes too long has found nothing."""
    if drivers is None:
        drivers = [row.driver for row in registry.walk() if row.driver is not None]
    looking = [driver for driver in drivers if driver.finds is not None]
    if not looking:
        return ()
    pool = ThreadPoolExecutor(len(looking), thread_name_prefix="device-found")
    asked = [(driver, pool.submit(driver.finds)) for driver in looking if driver.finds]
    pool.shutdown(wait=False)
    found = [_answer(driver, answer, limit_ms / 1000) for driver, answer in asked]
    return tuple(one for each in found for one in each)


def _answer(driver: Driver, answer: Future[Sequence[Finding]], limit_s: float) -> tuple[Plugged, ...]:
    try:
        rows = answer.result(limit_s)
    except (Exception, TooLate) as error:  # a driver that cannot look is no reason not to show the others
        _log.info("%s cannot look for its devices: %s", driver.full_id, type(error).__name__)
        return ()
    return tuple(Plugged(driver.full_id, row.title, dict(row.config)) for row in rows)

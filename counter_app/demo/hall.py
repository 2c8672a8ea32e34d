"""A whole demo hall: synthetic store, invented people, simulated devices, one desk."""

from __future__ import annotations

import json
import queue
import shutil
import tempfile
import time
import tomllib
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import resources
from counter_app import bootstrap
from counter_app.demo.network import Cable
from counter_app.demo.people import Cast, cast
from counter_app.demo.simulators import Simulators
from counter_app.domain.actor import Actor
from counter_app.problems import Problem
from counter_app.services.office import Office
from counter_app.services.ports import Clock
from counter_app.settings import Settings
from drivers.protocols import Fault
from drivers.simulate import Refused

PEOPLE = "demo/people.toml"


@dataclass(frozen=True, slots=True)
class Plan:
    """What makes one demo hall different from another."""

    region: str = "rizhao"
    window: str = "3"
    clerk_no: str = ""
    online: bool = True
    slip: bool = False
    tables: Mapping[str, Any] | None = None
    papers: Path | None = None


def demo_tables() -> Mapping[str, Any]:
    """The people, employers and clerks that ship with the demo."""
    return tomllib.loads(resources.read_bytes(PEOPLE).decode("utf-8"))


class DemoHall:
    """Opened by `with`; everything started is stopped on leaving."""

    def __init__(self, plan: Plan, data: Path, clock: Clock) -> None:
        tables = dict(plan.tables or demo_tables())
        tables.setdefault("clerk", demo_tables()["clerk"])
        self._plan, self._clock, self.data = plan, clock, data
        self._work = Path(tempfile.mkdtemp(prefix="onewindow-"))
        self._cast: Cast = cast(tables, int(clock.now().timestamp() * 1000))
        deck = self._work / "people.json"
        deck.write_text(_deck(tables), "utf-8")
        self.simulators = Simulators(data, deck, self._work)
        self.cable = Cable(plan.online)
        self.parts: bootstrap.Parts | None = None

    def __enter__(self) -> DemoHall:
        try:
            self.simulators.start()
            self.parts = self._open()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def office(self) -> Office:
        """The joined office of the demo desk."""
        assert self.parts is not None
        return self.parts.office

    @property
    def stage(self) -> RealStage:
        """The devices as a script plays them."""
        assert self.parts is not None
        return RealStage(self, self.parts)

    def close(self) -> None:
        """Stop devices, store and simulators."""
        if self.parts is not None:
            self.parts.close()
            self.parts = None
        self.simulators.stop()
        shutil.rmtree(self._work, ignore_errors=True)

    def _open(self) -> bootstrap.Parts:
        plan = self._plan
        settings = Settings(
            region=plan.region,
            window=plan.window,
            slip_instead=plan.slip,
            scanner="scanners.serial_line",
            scanner_port=self.simulators.scanner_port,
            voucher_url=self.simulators.resolver_url,
            voucher_org="H00000000000",
            voucher_business="01101",
            paper_folder=str(plan.papers or ""),
        )
        return bootstrap.open_parts(
            settings,
            self.data,
            clock=self._clock,
            actor=self._actor(),
            synthetic=self._cast,
            cable=self.cable,
        )

    def _actor(self) -> Actor:
        wanted = [c for c in self._cast.clerks if c.clerk_no == self._plan.clerk_no]
        if self._plan.clerk_no and not wanted:
            raise Problem("not-found", "clerk", self._plan.clerk_no)
        return (wanted or list(self._cast.clerks))[0]


class RealStage:
    """The demo hall as `rehearsal.stage.Stage`."""

    def __init__(self, hall: DemoHall, parts: bootstrap.Parts) -> None:
        self._hall = hall
        self._heard: queue.Queue[object] = queue.Queue()
        parts.room.watch(self._heard.put)

    def insert(self, card: Mapping[str, Any], reader: str) -> None:
        """Put a card into a reader."""
        self._forget()
        self._do("card", "insert_described", {"text": json.dumps(card, default=str), "reader": reader})

    def remove(self, reader: str) -> None:
        """Take the card out."""
        self._forget()
        self._do("card", "remove", {"reader": reader})

    def show(self, text: str) -> None:
        """Hold a code before the scanner."""
        self._forget()
        self._do("scanner", "scan", {"text": text})

    def show_voucher(self, key: str, fresh: bool) -> None:
        """Hold a person's 医保码 before the scanner; not fresh = expired."""
        self._forget()
        self._do("scanner", "voucher" if fresh else "old_voucher", {"person": key})

    def printer(self, event: str) -> None:
        """Take the paper folder away (`absent`), fill its disk (`full`), or mend both."""
        PAPER_EVENTS[event](self._hall)

    def event(self, kinds: tuple[type, ...], limit_s: float) -> object:
        """Wait for the next device event of these kinds or a (role, Fault)."""
        until = time.monotonic() + limit_s
        while True:
            try:
                heard = self._heard.get(timeout=max(0.01, until - time.monotonic()))
            except queue.Empty:
                raise Problem("device-timeout", "device", str(int(limit_s * 1000))) from None
            if isinstance(heard, kinds) or (isinstance(heard, tuple) and isinstance(heard[1], Fault)):
                return heard

    def network(self, up: bool) -> None:
        """Cut or heal the way to hub and resolver."""
        self._hall.cable.whole = up

    def _do(self, device: str, action: str, given: Mapping[str, str]) -> None:
        try:
            self._hall.simulators.device(device).do(action, given)
        except Refused as refused:
            raise Problem("device-unavailable", device, str(refused)) from refused

    def _forget(self) -> None:
        """What was heard before this step belongs to earlier ones."""
        with suppress(queue.Empty):
            while True:
                self._heard.get_nowait()


PAPER_EVENTS: dict[str, Callable[[DemoHall], None]] = {}


def _deck(tables: Mapping[str, Any]) -> str:
    return json.dumps({"person": [_row(r) for r in tables.get("person", [])]}, ensure_ascii=False, default=str)


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    name = row.get("name", row.get("psn_name", ""))
    return {"name": name, **{k: row[k] for k in ("key", "certno", "card", "voucher", "region") if k in row}}

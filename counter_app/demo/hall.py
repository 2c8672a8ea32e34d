"""A whole demo hall: synthetic store, invented people, simulated devices, one desk."""

from __future__ import annotations

import json
import queue
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import tomli

import resources
from counter_app import bootstrap
from counter_app.demo.network import Cable, HubBehindCable, VouchersBehindCable
from counter_app.demo.people import Cast, cast
from counter_app.domain.actor import Actor
from counter_app.domain.value import Value
from counter_app.problems import Problem
from counter_app.sealed_away import FOLDER, sealed_away
from counter_app.seals.keyring import DemoKeyring, Keyring
from counter_app.services.day.closing import Sealed
from counter_app.services.hub_port import Hub
from counter_app.services.office import Office
from counter_app.services.ports import Clock
from counter_app.settings import Settings
from drivers.protocols import Fault
from drivers.simulate import Refused
from drivers.simulators import SimulatedDevices

PEOPLE = "demo/people.toml"
_DECK_WORDS = ("key", "certno", "card", "id_card", "voucher", "region", "naty", "addr")


class Plan(Value, frozen=True):
    """What makes one demo hall different from another."""

    region: str = "rizhao"
    window: str = "3"
    clerk_no: str = ""
    online: bool = True
    slip: bool = False
    tables: Mapping[str, Any] | None = None
    papers: Path | None = None
    keyring: Keyring | None = None
    catalog: str = ""
    pages: bool = False  # with a document camera
    actor: Actor | None = None  # who works here, where it is none of the clerks (a kiosk)
    training: bool = False  # 培训 instead of 演示
    hub: Hub | None = None  # the hall's hub, where it is not this machine's own


def demo_tables() -> Mapping[str, Any]:
    """The people, employers and clerks that ship with the demo."""
    return tomli.loads(resources.read_bytes(PEOPLE).decode("utf-8"))


class DemoHall:
    """Opened by `with`; everything started is stopped on leaving."""

    def __init__(self, plan: Plan, data: Path, clock: Clock) -> None:
        tables = dict(plan.tables or demo_tables())
        tables.setdefault("clerk", demo_tables()["clerk"])
        self._plan, self._clock, self.data = plan, clock, data
        self._work = Path(tempfile.mkdtemp(prefix="onewindow-"))
        self._cast: Cast = cast(tables, int(clock.now().timestamp() * 1000))
        self._deck = self._work / "people.json"
        self._deck.write_text(_deck(tables), "utf-8")
        self.simulators = SimulatedDevices(data, self._deck, pages=plan.pages)
        self.cable = Cable(plan.online)
        self.tray = PaperTray(data, plan.papers or data / bootstrap.PAPER_FOLDER)
        self.parts: bootstrap.Parts | None = None
        self.closers: list[Callable[[], None]] = []

    def __enter__(self) -> DemoHall:
        try:
            self.simulators.start()
            self._deck.unlink()  # each has read it; a hall that is killed leaves nobody's name behind
            self.tray.set("mend")
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
        """Stop devices, store and simulators, and before them what was added to `closers`."""
        while self.closers:
            self.closers.pop()()
        if self.parts is not None:
            self.parts.close()
            self.parts = None
        self.tray.set("mend")
        self.simulators.stop()
        shutil.rmtree(self._work, ignore_errors=True)

    def _open(self) -> bootstrap.Parts:
        plan = self._plan
        settings = Settings(
            region=plan.region,
            catalog=plan.catalog,
            window=plan.window,
            slip_instead=plan.slip,
            voucher_business="01101",
            paper_folder=str(self.tray.link),
        )
        wraps = bootstrap.Wraps(
            hub=lambda hub: HubBehindCable(plan.hub or hub, self.cable),
            vouchers=lambda vouchers: VouchersBehindCable(vouchers, self.cable),
        )
        parts = bootstrap.open_parts(
            settings,
            self.data,
            actor=self._actor(),
            keyring=plan.keyring or DemoKeyring(self.data),
            clock=self._clock,
            synthetic=self._cast,
            wraps=wraps,
            devices={**bootstrap.device_choices(settings, self.data), **self.simulators.choices()},
        )
        return replace(parts, office=replace(parts.office, training=plan.training))

    def _actor(self) -> Actor:
        if self._plan.actor is not None:
            return self._plan.actor
        wanted = [c for c in self._cast.clerks if c.clerk_no == self._plan.clerk_no]
        if self._plan.clerk_no and not wanted:
            raise Problem("not-found", "clerk", self._plan.clerk_no)
        return (wanted or list(self._cast.clerks))[0]


class RealStage:
    """The demo hall as `rehearsal.stage.Stage`."""

    def __init__(self, hall: DemoHall, parts: bootstrap.Parts) -> None:
        self._hall = hall
        self._heard: queue.Queue[object] = queue.Queue()
        self._tray = hall.tray
        parts.room.watch(self._heard.put)

    def insert(self, card: Mapping[str, Any], reader: str) -> None:
        """Put a card into a reader."""
        self._forget()
        self._do("card", "insert_described", {"text": json.dumps(card, default=str), "reader": reader})

    def lay(self, card: Mapping[str, Any]) -> None:
        """Lay an identity card on its reader."""
        self._forget()
        self._do("idcard", "lay_described", {"text": json.dumps(card, default=str)})

    def lift(self) -> None:
        """Take the identity card away."""
        self._do("idcard", "lift", {})

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
        self._tray.set(event)

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

    def seal_away(self) -> Sealed:
        """Seal what could not be sent into a package of the data folder."""
        data = self._hall.data
        return sealed_away(self._hall.office, data, data / FOLDER) or Sealed()

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


class PaperTray:
    """Where the printer's paper falls: a link that can be taken away or lead to a full disk."""

    def __init__(self, data: Path, target: Path) -> None:
        self.link = data / "tray"
        self._target = target.absolute()

    def set(self, event: str) -> None:
        """`absent`: a file stands where the link was; `full`: a full disk; `mend`: the link again.

        Raises Problem `device-unavailable` where this machine cannot make a small disk.
        """
        self._clear()
        if event == "absent":
            self.link.write_bytes(b"")
        elif event == "full":
            self._fill()
        else:
            self._target.mkdir(parents=True, exist_ok=True)
            self.link.symlink_to(self._target)

    def _clear(self) -> None:
        self.link.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if self.link.is_mount():
            subprocess.run(["umount", str(self.link)], check=True)
        if self.link.is_dir() and not self.link.is_symlink():
            self.link.rmdir()
        else:
            self.link.unlink(missing_ok=True)

    def _fill(self) -> None:
        self.link.mkdir()
        argv = ["mount", "-t", "tmpfs", "-o", "size=4k", "full", str(self.link)]
        if subprocess.run(argv, check=False, capture_output=True).returncode:
            self.set("mend")
            raise Problem("device-unavailable", "printer", "本机不能模拟磁盘已满")
        (self.link / "filler").write_bytes(bytes(4096))


def _deck(tables: Mapping[str, Any]) -> str:
    return json.dumps(
        {"person": [_row(r) for r in tables.get("person", [])]}, ensure_ascii=False, default=str
    )


def _row(row: Mapping[str, Any]) -> dict[str, Any]:
    name = row.get("name", row.get("psn_name", ""))
    return {"name": name, **{k: row[k] for k in _DECK_WORDS if k in row}}

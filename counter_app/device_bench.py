"""The devices of a desk as whoever sets it up sees them: looked at, tried, exchanged, kept as a profile.

Every call may wait for a device, so all are for a worker. Nothing here knows a visit: a device that is
exchanged while somebody is at the window changes nothing of their case.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from counter_app import profiles, settings
from counter_app.domain.value import Value
from counter_app.late import late
from counter_app.problems import Problem
from counter_app.services.device_views import DevicesView, RoleView, TrialView, Way
from counter_app.settings import SETTINGS_FILE
from drivers.found import Plugged, plugged
from drivers.place import Choice
from drivers.protocols import Fault, PrintJob
from drivers.roles import ROLES
from drivers.room import DeviceRoom

if TYPE_CHECKING:
    from counter_app import device_looks
    from drivers import registry
else:
    device_looks = late("counter_app.device_looks")
    registry = late("drivers.registry")


PRINTERS = ("printer", "receipt_printer")
FOLDER = "printers.pdf_folder"


class Place(Value, frozen=True):
    """Where a desk stands: its data folder, where papers fall, its window, the profile it opened with."""

    folder: Path
    papers: str
    window: str = ""
    profile: str = ""


class DeviceBench:
    """What `CounterPort.devices` is. `sheet` makes the page a printer is tried with."""

    def __init__(
        self,
        room: DeviceRoom,
        place: Place,
        sheet: Callable[[Sequence[str]], PrintJob],
        look_for: Callable[[], tuple[Plugged, ...]] = plugged,
    ) -> None:
        self._room = room
        self._place = place
        self._sheet = sheet
        self._look_for = look_for
        self._first = dict(room.choices())
        self._profile = place.profile
        self._found: tuple[Plugged, ...] = ()
        self._changed: list[Callable[[str], None]] = []

    def on_change(self, tell: Callable[[str], None]) -> None:
        """Have the role told that another device plays from now on, on the worker that changed it."""
        self._changed.append(tell)

    def look(self, search: bool = False) -> DevicesView:
        """Everything as it is now; with `search`, what is plugged in is looked for first (up to 3 s)."""
        if search:
            self._found = self._look_for()
        rows = registry.walk()
        return DevicesView(
            tuple(device_looks.role_view(self._room, role, rows, self._first.get(role)) for role in ROLES),
            tuple(device_looks.driver_view(row) for row in rows),
            device_looks.found_views(self._found, rows),
            profiles.named(self._place.folder),
            self._profile,
        )

    def roles(self) -> tuple[RoleView, ...]:
        """Only how each role is: quick, for a page that is being looked at."""
        return tuple(device_looks.role_view(self._room, role, (), self._first.get(role)) for role in ROLES)

    def test(self, role: str) -> TrialView:
        """Try a device out; a printer prints a page. A refusal is part of the answer."""
        try:
            told = self._room.trial(role, self._page(role) if role in PRINTERS else None)
        except Fault as fault:
            return TrialView(role, problem=Problem(fault.code, role, fault.detail))
        except Problem as problem:
            return TrialView(role, problem=problem)
        return TrialView(role, told.what, told.detail, told.count)

    def choose(self, role: str, driver: str, config: Mapping[str, Any]) -> None:
        """Let a driver play a role from now on; "" leaves it to nobody. Raises Problem `driver-unknown`."""
        choice: Choice | None = None
        if driver:
            choice = (driver, self._typed(driver, config))
        self._room.put(role, choice)
        for tell in self._changed:
            tell(role)

    def restore(self, role: str) -> None:
        """Back to the device the desk was opened with."""
        driver, config = self._first.get(role, ("", {}))
        self.choose(role, driver, config)

    def ways(self, role: str) -> tuple[Way, ...]:
        """How to go on without this device, the nearest first; looks for what is plugged in."""
        now = self._room.choices().get(role)
        others = self._look_for() if role in (*PRINTERS, "card") else ()
        found = [way for way in device_looks.others(role, others, now)]
        if role == "receipt_printer" and "printer" in self._room.choices():
            found.append(Way("a4", role))
        if role in PRINTERS and (now is None or now[0] != FOLDER):
            found.append(Way("folder", role, self._place.papers, FOLDER, {"folder": self._place.papers}))
        if role in ("card", "idcard", "scanner", "voucher"):
            found.append(Way("type", role))
        return tuple(found)

    # --- profiles ---------------------------------------------------------------------------
    def save_profile(self, name: str) -> None:
        """Keep what is chosen now under a name, for the next start too.

        Raises Problem `profile-name`, `store-write`, `setting-…`.
        """
        nobody: dict[str, Choice] = {role: ("", {}) for role in ROLES}
        chosen = {role: self._told(choice) for role, choice in self._room.choices().items()}
        profiles.save(self._place.folder, profiles.Profile(name, {**nobody, **chosen}))
        self._note(name)

    def use_profile(self, name: str) -> None:
        """Exchange every device for that of a profile, now and at the next start.

        Raises Problem `profile-…`, `store-write`, `setting-…`.
        """
        profile = profiles.load(self._place.folder, name)
        self._note(name)
        now = self._room.choices()
        for role, (driver, config) in profile.roles.items():
            known = now.get(role, ("", {}))
            if role in ROLES and (known[0] != driver or self._told(known)[1] != dict(config)):
                self.choose(role, driver, config)
        self._first = dict(self._room.choices())

    def export_profile(self, name: str, to: str) -> str:
        """Put a profile down in a file or folder; its path. Raises Problem `profile-…`, `store-write`."""
        return str(profiles.export(self._place.folder, name, Path(to.strip().strip('"'))))

    def bring_profile(self, file: str) -> str:
        """Take a profile in; its name. Raises Problem `not-found`, `profile-broken`, `store-write`."""
        return profiles.bring(self._place.folder, Path(file.strip().strip('"'))).name

    def _note(self, name: str) -> None:
        settings.put(self._place.folder / SETTINGS_FILE, "device_profile", name)
        self._profile = name

    # --- inside -----------------------------------------------------------------------------
    def _typed(self, driver: str, config: Mapping[str, Any]) -> Mapping[str, Any]:
        """The configuration with numbers as numbers, empty words left out, and a place for papers."""
        try:
            options = {option.key: option for option in registry.find(driver).options}
        except Fault as fault:
            raise Problem(fault.code, driver, fault.detail) from fault
        made: dict[str, Any] = {"folder": self._place.papers} if driver == FOLDER else {}
        for key, value in config.items():
            text = value.strip() if isinstance(value, str) else value
            if text == "":
                continue
            if key in options and options[key].number and isinstance(text, str):
                if not text.isdecimal():
                    raise Problem("field-number", key, text[:20])
                text = int(text)
            made[key] = text
        return made

    def _told(self, choice: Choice) -> Choice:
        """A choice as a profile keeps it: without what only this window means."""
        driver, config = choice
        own = {"limit_ms", "role"}
        kept = {key: value for key, value in config.items() if key not in own and value not in ("", None)}
        if kept.get("folder") == self._place.papers:
            del kept["folder"]
        return driver, kept

    def _page(self, role: str) -> PrintJob:
        driver = self._room.choices().get(role, ("", {}))[0]
        at = f"{datetime.now().astimezone():%Y-%m-%d %H:%M:%S}"
        return self._sheet((f"{self._place.window} 号窗口", f"驱动：{driver}", f"时间：{at}"))

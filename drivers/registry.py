"""Finds every driver by walking the families, says which can be used and why not, and opens one.

A driver is a module `drivers/<family>/<id>.py` with a constant `DRIVER`, or comes from another installed
package (`drivers/strangers.py`, docs/drivers.md). `expected()` lists what this
version ships, so that a deleted file is noticed instead of silently shortening the list.
"""

from __future__ import annotations

import importlib
import importlib.util
import pkgutil
import shutil
from dataclasses import dataclass
from importlib.abc import InspectLoader
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Optional, Sequence, Set, Tuple

from drivers.protocols import Driver, DriverState, Fault
from drivers.strangers import Stranger, strangers

_SHIPPED = (
    "cards.pcsc",
    "cards.sdt_serial",
    "cards.vendor_nhsa",
    "cards.vendor_sdtapi",
    "cards.vendor_ssse",
    "cards.vendor_termb",
    "document_cameras.camera",
    "eseals.http",
    "fingerprints.vendor_livescan",
    "gwq.vendor_gwq",
    "leds.frame",
    "pinpads.vendor_pad",
    "printers.escpos",
    "printers.pdf_folder",
    "printers.system_queue",
    "raters.serial_line",
    "scanners.camera",
    "scanners.keyboard_wedge",
    "scanners.serial_line",
    "signpads.vendor_pad",
    "voices.clips",
    "voices.espeak",
    "voices.system",
    "vouchers.http",
    "vouchers.hub",
    "vouchers.nation_ec",
    "vouchers.nhsa_ec",
)
_NOT_FAMILIES = ("host",)


@dataclass(frozen=True)
class Found:
    """One driver module: its declaration, or why there is none."""

    full_id: str
    driver: Optional[Driver]
    because: str = ""


def expected() -> Tuple[str, ...]:
    """Full ids of the drivers this version ships; self-test compares them with what is found."""
    return _SHIPPED


def walk(package: str = "drivers", shipped: Optional[Sequence[str]] = None) -> Tuple[Found, ...]:
    """Import every module of every family; a broken, missing or doubled driver is a row, no exception."""
    return _rows(package, expected() if shipped is None else tuple(shipped))


def _rows(package: str, wanted: Sequence[str], only: str = "") -> Tuple[Found, ...]:
    """Every driver, or what may be `only`: a shipped one is found by its file's name and no other file is
    read (a desk that starts opens several); else it may be in any file that is no shipped one.
    """
    rows: List[Found] = []
    for family, module in _modules(package):
        name = family + "." + module
        if not only or (name == only if only in wanted else name not in wanted):
            rows += _look(package, family, module, wanted)
    seen = {row.full_id for row in rows}
    if package == __package__ and only not in seen:
        rows += [_stranger(each, seen | set(wanted)) for each in strangers(only)]
    rows += [
        Found(name, None, "驱动文件缺失") for name in wanted if name not in seen and name == (only or name)
    ]
    return tuple(sorted(_refuse_doubles(rows), key=lambda row: row.full_id))


def _stranger(each: Stranger, ours: Set[str]) -> Found:
    """A driver of another package; one that takes the name of ours is refused and ours stays."""
    if each.full_id in ours:
        return Found(each.full_id + "@" + each.package, None, "编号与自带驱动重复，未启用")
    return Found(each.full_id, each.driver, each.because)


def states(package: str = "drivers", shipped: Optional[Sequence[str]] = None) -> Tuple[DriverState, ...]:
    """What `devices list` and self-test show: every driver, available or unavailable because …"""
    return tuple(_state(row) for row in walk(package, shipped))


def find(full_id: str, package: str = "drivers") -> Driver:
    """The declaration of one driver. Raises Fault `driver-unknown` or `device-unavailable`."""
    for row in _rows(package, expected(), full_id):
        if row.full_id == full_id:
            if row.driver is None:
                raise Fault("device-unavailable", row.because)
            return row.driver
    raise Fault("driver-unknown", full_id)


def open(full_id: str, config: Mapping[str, Any]) -> Any:
    """Open a driver by its full id, in a host process where its declaration says so.

    Heavy imports happen here.

    Raises Fault `driver-unknown`, `device-unavailable` (missing SDK, bad configuration) or the driver's own.
    """
    driver = find(full_id)
    missing = lacking(driver)
    if missing:
        raise Fault("device-unavailable", missing)
    try:
        if driver.hosted:
            from drivers.host.hosted import open_hosted

            return open_hosted(driver, config)
        return driver.open(config)
    except ImportError as error:
        raise Fault("device-unavailable", "缺少组件 " + (error.name or type(error).__name__)) from error
    except (KeyError, TypeError, ValueError) as error:
        raise Fault("device-unavailable", "设备参数不正确 " + type(error).__name__) from error


def _modules(package: str) -> Iterator[Tuple[str, str]]:
    for root in importlib.import_module(package).__path__:
        for folder in sorted(Path(root).iterdir()):
            if folder.is_dir() and folder.name.isidentifier() and folder.name not in _NOT_FAMILIES:
                for info in pkgutil.iter_modules([str(folder)]):
                    yield folder.name, info.name


def _look(package: str, family: str, module: str, wanted: Sequence[str]) -> List[Found]:
    full_id = family + "." + module
    if full_id not in wanted and not _mentions_driver(package + "." + full_id):
        return []
    try:
        driver = getattr(importlib.import_module(package + "." + full_id), "DRIVER", None)
    except Exception as error:  # whatever a driver file does wrong must not stop the counter
        return [Found(full_id, None, "驱动文件有错（" + type(error).__name__ + "）")]
    if driver is None:
        return [Found(full_id, None, "驱动文件里没有 DRIVER")]
    if not isinstance(driver, Driver) or driver.family != family:
        return [Found(full_id, None, "DRIVER 写得不对")]
    return [Found(driver.full_id, driver)]


def _mentions_driver(module: str) -> bool:
    """Whether a module may declare a driver: the others are not imported only to find out."""
    try:
        spec = importlib.util.find_spec(module)
        source = spec.loader.get_source(module) if spec and isinstance(spec.loader, InspectLoader) else None
    except (ImportError, SyntaxError, UnicodeDecodeError):
        return True
    return source is None or "DRIVER" in source


def _refuse_doubles(rows: Sequence[Found]) -> List[Found]:
    count: Dict[str, int] = {}
    for row in rows:
        count[row.full_id] = count.get(row.full_id, 0) + 1
    single = [row for row in rows if count[row.full_id] == 1]
    doubled = sorted(full_id for full_id, times in count.items() if times > 1)
    return single + [Found(full_id, None, "编号重复，两个驱动都不启用") for full_id in doubled]


def _state(row: Found) -> DriverState:
    family = row.full_id.split(".")[0]
    if row.driver is None:
        return DriverState(row.full_id, family, row.full_id, False, row.because)
    missing = lacking(row.driver)
    return DriverState(row.full_id, family, row.driver.title, not missing, missing)


def lacking(driver: Driver) -> str:
    """What of a driver's needs this machine has not, in words; "" when nothing."""
    for name in driver.requires:
        try:
            # What runs in a host is imported there: it may weigh more than the whole counter.
            found = importlib.util.find_spec(name) if driver.hosted else importlib.import_module(name)
        except Exception:  # a half-installed SDK fails in its own ways, not only by ImportError
            found = None
        if found is None:
            return "缺少组件 " + name
    for program in driver.programs:
        if shutil.which(program) is None:
            return "缺少程序 " + program
    return ""

"""The shipped simulators of devices that wait for a person, their libraries compiled once for all tests."""

from __future__ import annotations

import shutil
import sys
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import TypeVar

from drivers.simulator_library import library
from drivers.simulator_person import AskedDevice

Device = TypeVar("Device", bound=AskedDevice)


def simulated(make: type[Device], folder: Path) -> Device:
    """A simulated device in a folder of its own; it waits for a person until told otherwise."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(_compiled(make), folder)
    return make(folder)  # type: ignore[call-arg]  # every family names its own library


@cache
def _compiled(make: type[AskedDevice]) -> Path:
    source = Path(str(sys.modules[make.__module__].__file__)).with_suffix(".c")
    return library(source, Path(mkdtemp(prefix="simulated-")))

"""Vendor libraries to measure with: the stubs of the tests, compiled here."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from benchmarks.runner import ROOT

_RECORD = (
    "371100|11010519491231002X|X60820124|371100D15600000500BF7C7A48FB4966|王敏|00814E43238697159900BF7C7A|"
    "2.00|20160501|20360430|410100813475|terminal|"
)


def library(name: str, folder: Path) -> Path:
    """The stub `name` as a shared object in a folder, with a card on its reader."""
    made = folder / f"lib{name}.so"
    source = ROOT / "tests" / "drivers" / "stubs" / f"{name}.c"
    subprocess.run(["gcc", "-shared", "-fPIC", "-O1", "-o", str(made), str(source)], check=True)
    made.write_bytes(made.read_bytes() + os.urandom(16))  # nobody else's device (drivers/host/claimed.py)
    made.with_name(made.name + ".text").write_bytes(_RECORD.encode("gb18030"))
    behave(made, "ok")
    return made


def behave(library: Path, mode: str) -> None:
    """How its next calls behave."""
    part = library.with_name(library.name + ".mode.new")
    part.write_text(mode, "ascii")
    part.replace(library.with_name(library.name + ".mode"))

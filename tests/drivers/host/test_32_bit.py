"""A 32-bit vendor library on a 64-bit counter: its host is run by a 32-bit Python.

`sh installer/python32.sh` puts one where this looks for it; another is named by ONEWINDOW_PYTHON32.
"""

from __future__ import annotations

import os
import subprocess
from functools import partial
from pathlib import Path

import pytest

from drivers import registry
from drivers.host.process import HostProcess
from drivers.protocols import Fault
from tests.fakes.vendor import NAME, Stub

ROOT = Path(__file__).resolve().parents[3]
PYTHON = Path(os.environ.get("ONEWINDOW_PYTHON32", ROOT / ".python32" / "python"))
LIBRARIES = (
    ("cards.vendor_ssse", "sscard"),
    ("cards.vendor_nhsa", "heasec"),
    ("cards.vendor_sdtapi", "sdtapi"),
    ("cards.vendor_termb", "termb"),
)


def flags() -> tuple[str, ...]:
    """What gcc is told to make a 32-bit library: with the headers beside that Python where it has no own."""
    headers = PYTHON.parent / "root" / "usr" / "include"
    own = ("-isystem", str(headers / "i386-linux-gnu"), "-isystem", str(headers)) if headers.is_dir() else ()
    # A shared object finds libc when it is loaded; nothing 32-bit need be there to link it.
    return ("-m32", "-nostdlib", *own)


@pytest.fixture
def stub_of(tmp_path: Path) -> partial[Stub]:
    if not PYTHON.exists():
        pytest.skip(f"no 32-bit Python at {PYTHON}: sh installer/python32.sh fetches one")
    made = partial(_stub, tmp_path)
    try:
        made("sscard")
    except subprocess.CalledProcessError as error:
        pytest.skip("gcc makes no 32-bit library here: " + error.stderr.decode()[-200:])
    return made


def _stub(folder: Path, name: str) -> Stub:
    return Stub(name, folder / name, *flags())


@pytest.mark.parametrize(("full_id", "name"), LIBRARIES)
def test_a_32_bit_python_hosts_a_32_bit_library(stub_of: partial[Stub], full_id: str, name: str) -> None:
    stub = stub_of(name)
    assert stub.lib.read_bytes()[4] == 1  # ELFCLASS32
    device = registry.open(full_id, {"lib": str(stub.lib), "python": str(PYTHON), "limit_ms": 5000})
    try:
        assert device.read().name == NAME
        assert device.health().bits == 32
        status = Path(f"/proc/{device.health().pid}/status").read_text()
        assert int(status.split("VmRSS:")[1].split()[0]) <= 40 * 1024
        stub.mode("crash")
        with pytest.raises(Fault) as caught:
            device.read()
        assert caught.value.code == "driver-crashed"
        stub.mode("ok")
        assert device.read().name == NAME
    finally:
        device.close()


def test_without_it_the_fault_says_which_setting_helps(stub_of: partial[Stub]) -> None:
    host = HostProcess("cards.vendor_ssse", {"lib": str(stub_of("sscard").lib)}, 2000)
    with pytest.raises(Fault) as caught:
        host.start()
    assert caught.value.code == "device-unavailable"
    assert "python" in caught.value.detail
    host.close()

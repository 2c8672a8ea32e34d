"""A vendor library serves one process: the second is refused clearly, and served once the first is gone."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from counter_app.problems import Problem
from drivers import registry
from drivers.gwq.simulator import CustomerScreen
from drivers.host.claimed import LibraryClaim, device_of
from drivers.protocols import Fault
from tests.fakes.holdings import own_handles
from tests.fakes.vendor import NAME, Stub
from tests.fakes.vendor_citizen import simulated

KIOSK = """
import sys
from drivers import registry
device = registry.open(sys.argv[1], {"lib": sys.argv[2], "poll_ms": 0})
print("open", flush=True)
sys.stdin.readline()
"""


@contextmanager
def kiosk(full_id: str, lib: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program of this machine with the same library."""
    pipe = subprocess.PIPE
    argv = [sys.executable, "-c", KIOSK, full_id, str(lib)]
    with subprocess.Popen(argv, stdin=pipe, stdout=pipe, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "open\n"
        yield process
        process.kill()


def refused(work: Any) -> Fault:
    with pytest.raises(Fault) as caught:
        work()
    return caught.value


def test_a_reader_of_another_program_is_refused_until_that_is_gone(tmp_path: Path) -> None:
    stub = Stub("sscard", tmp_path)
    open_here = lambda: registry.open("cards.vendor_ssse", {"lib": str(stub.lib), "poll_ms": 0})  # noqa: E731
    with kiosk("cards.vendor_ssse", stub.lib) as process:
        fault = refused(open_here)
        assert (fault.code, fault.detail) == ("reader-taken", stub.lib.name)
        process.kill()  # as hard as it can end
        process.wait()
        device = open_here()
        assert device.read().name == NAME
        device.close()


def test_a_screen_of_another_program_is_refused_in_its_own_words(tmp_path: Path) -> None:
    screen = simulated(CustomerScreen, tmp_path)
    lib = screen.config["lib"]
    Path(lib).write_bytes(Path(lib).read_bytes() + uuid4().bytes)  # nobody else's, also beside this test
    with kiosk("gwq.vendor_gwq", Path(lib)):
        fault = refused(lambda: registry.open("gwq.vendor_gwq", {"lib": lib}))
    screen.close()
    assert (fault.code, Problem(fault.code).title) == ("device-taken", "这台设备归另一个程序使用")


def test_what_is_let_go_here_may_be_used_there_and_a_crash_lets_go_of_nothing(tmp_path: Path) -> None:
    stub = Stub("sscard", tmp_path)
    device = registry.open("cards.vendor_ssse", {"lib": str(stub.lib), "poll_ms": 0})
    stub.mode("crash")
    refused(device.read)
    there = subprocess.run(
        [sys.executable, "-c", KIOSK, "cards.vendor_ssse", str(stub.lib)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "reader-taken" in there.stderr
    device.close()
    stub.mode("ok")
    with kiosk("cards.vendor_ssse", stub.lib):
        pass


def test_a_library_that_could_not_be_opened_is_claimed_by_nobody(tmp_path: Path) -> None:
    lib = tmp_path / "libnone.so"
    lib.write_bytes(b"no library")
    before = own_handles()
    for _ in range(3):
        code = refused(lambda: registry.open("cards.vendor_ssse", {"lib": str(lib)})).code
        assert code == "device-unavailable"
    assert own_handles() <= before


def test_a_copy_in_another_folder_opens_the_same_device(tmp_path: Path) -> None:
    here = Stub("sscard", tmp_path / "here")
    there = shutil.copytree(here.lib.parent, tmp_path / "there") / here.lib.name
    with kiosk("cards.vendor_ssse", there):
        wanted = {"lib": str(here.lib), "poll_ms": 0}
        assert refused(lambda: registry.open("cards.vendor_ssse", wanted)).code == "reader-taken"
        device = registry.open("cards.vendor_ssse", {**wanted, "reader": "左边的读卡器"})
        assert device.read().name == NAME
        device.close()


def test_the_only_port_of_a_device_is_one_device_for_every_library(tmp_path: Path) -> None:
    line, alias = tmp_path / "ttyUSB0", tmp_path / "by-id"
    line.touch()
    alias.symlink_to(line)
    one = device_of({"lib": "/a.so", "port": str(line)})
    assert one == device_of({"lib": "/b.so", "reader": str(alias)})
    assert one != device_of({"lib": "/a.so", "port": str(tmp_path / "ttyUSB1")})


@pytest.mark.parametrize(
    ("config", "is_same"),
    [
        ({"lib": "/a.so", "port": 1001}, True),
        ({"lib": "/a.so", "port": 1002}, False),
        ({"lib": "/b.so", "port": 1001}, False),
        ({"lib": "/a.so", "port": 1001, "interface": 2}, False),
        ({"lib": "/a.so", "port": 1001, "tcp": "10.0.0.9:1"}, False),
    ],
)
def test_a_device_is_a_library_and_a_place(config: Any, is_same: bool) -> None:
    assert (device_of(config) == device_of({"lib": "/a.so", "port": 1001})) == is_same


@pytest.mark.parametrize(
    ("full_id", "config"), [("vouchers.x", {"lib": "/a.so"}), ("pinpads.x", {"port": 1001})]
)
def test_what_drives_no_device_here_is_claimed_by_nobody(full_id: str, config: Any) -> None:
    before = own_handles()
    claim = LibraryClaim(full_id, config)
    claim.take()
    assert own_handles() == before

"""A vendor library in a process of its own: whatever it does costs one call and never the counter."""

from __future__ import annotations

import os
import signal
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_app.problems import ROWS
from drivers import registry
from drivers.cards import vendor_ssse
from drivers.host.process import HostProcess
from drivers.protocols import CardRead, Fault
from tests.fakes.living import has_ended, is_running
from tests.fakes.vendor import NAME, Stub

LIMIT_MS = 400
ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def stub(tmp_path: Path) -> Stub:
    return Stub("sscard", tmp_path)


@pytest.fixture
def host(stub: Stub) -> Iterator[HostProcess]:
    made = HostProcess("cards.vendor_ssse", {"lib": str(stub.lib)}, LIMIT_MS)
    yield made
    made.close()


def code_of(work: Callable[[], Any]) -> str:
    with pytest.raises(Fault) as caught:
        work()
    assert caught.value.code in ROWS
    assert ROWS[caught.value.code].advice
    return caught.value.code


def rss_mb(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.split("VmRSS:")[1].split()[0]) / 1024


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        ("crash", "driver-crashed"),
        ("exit", "driver-crashed"),
        ("overrun", "driver-crashed"),
        ("hang", "device-timeout"),
        ("garbage", "card-data"),
        ("overlong", "card-data"),
        ("spill", "device-broken"),
        ("nocard", "card-none"),
    ],
)
def test_each_misdeed_costs_one_call(host: HostProcess, stub: Stub, mode: str, code: str) -> None:
    stub.mode(mode)
    assert code_of(lambda: host.call("read")) == code
    assert host.health().last_fault == code
    stub.mode("ok")
    assert host.call("read").name == NAME


def test_what_a_library_prints_is_not_taken_for_an_answer(host: HostProcess, stub: Stub) -> None:
    stub.mode("chatter")
    assert isinstance(host.call("read"), CardRead)
    assert host.health().starts == 1


def test_a_host_that_keeps_dying_rests_and_comes_back(host: HostProcess, stub: Stub) -> None:
    stub.mode("crash")
    codes = [code_of(lambda: host.call("read")) for _ in range(4)]
    assert codes == ["driver-crashed"] * 3 + ["driver-resting"]
    health = host.health()
    assert (health.pid, health.last_fault, health.detail) == (0, "driver-crashed", "SIGSEGV")
    assert 0 < health.rests_s <= 1
    assert abs(time.time() - health.fault_at) < 60
    stub.mode("ok")
    until = time.monotonic() + 60
    while True:
        try:
            assert host.call("read").name == NAME
            break
        except Fault as fault:
            codes.append(fault.code)
            threading.Event().wait(0.05)
        assert time.monotonic() < until
    assert set(codes[3:]) == {"driver-resting"}


def test_a_limit_is_kept(host: HostProcess, stub: Stub) -> None:
    host.call("read")
    stub.mode("hang")
    begun = time.monotonic()
    assert code_of(lambda: host.call("read")) == "device-timeout"
    assert time.monotonic() - begun < LIMIT_MS / 1000 + 20  # what hangs, hangs for ever


def test_nobody_comes_between_the_steps_of_a_conversation(host: HostProcess) -> None:
    host.start()
    inside, order = threading.Event(), list[str]()

    def other() -> None:
        inside.wait(5)
        host.call("readers")
        order.append("other")

    thread = threading.Thread(target=other)
    thread.start()
    with host.held():
        inside.set()
        for _ in range(3):
            host.call("readers")
            order.append("step")
    thread.join(60)
    assert order == ["step"] * 3 + ["other"]


def test_a_killed_host_is_a_crash_and_starts_again(host: HostProcess) -> None:
    host.call("read")
    os.kill(host.health().pid, signal.SIGKILL)
    until = time.monotonic() + 60
    while is_running(host.health().pid):
        assert time.monotonic() < until
    assert _read_after_a_crash(host, until + 10) == NAME
    assert host.health().starts == 2


def _read_after_a_crash(host: HostProcess, until: float) -> str:
    """A crash may cost a read and a rest, no more."""
    while True:
        try:
            return str(host.call("read").name)
        except Fault as fault:
            told = fault.code
        assert told in ("driver-crashed", "driver-resting")
        assert time.monotonic() < until


def test_closing_ends_a_call_that_hangs(host: HostProcess, stub: Stub) -> None:
    host.call("read")
    pid = host.health().pid
    stub.mode("hang")
    said: list[str] = []
    thread = threading.Thread(target=lambda: said.append(code_of(lambda: host.call("read", limit_ms=60_000))))
    thread.start()
    threading.Event().wait(0.1)
    host.close()
    thread.join(60)
    assert said == ["device-gone"]
    assert has_ended(pid)


@pytest.mark.parametrize("what", ["driver", "library", "python", "symbol"])
def test_what_cannot_be_opened_says_why(stub: Stub, tmp_path: Path, what: str) -> None:
    ec = Stub("nationec", tmp_path / "other")
    full_id = "cards.vendor_nothing" if what == "driver" else "cards.vendor_ssse"
    lib = {"library": str(tmp_path / "none.so"), "symbol": str(ec.lib)}.get(what, str(stub.lib))
    made = HostProcess(full_id, {"lib": lib}, LIMIT_MS, "/nothing/python" if what == "python" else "")
    assert code_of(made.start) == "device-unavailable"
    assert made.health().pid == 0


def test_a_host_whose_owner_is_killed_in_the_middle_of_a_call_ends(stub: Stub) -> None:
    stub.mode("hang")
    code = (
        "import sys, threading; from drivers.host.process import HostProcess\n"
        f"h = HostProcess('cards.vendor_ssse', {{'lib': {str(stub.lib)!r}}}, 60000); h.start()\n"
        "threading.Thread(target=lambda: h.call('read'), daemon=True).start()\n"
        "print(h.health().pid, flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as owner:
        assert owner.stdout is not None
        pid = int(owner.stdout.readline())
        scratch = Path(f"/proc/{pid}/cwd").readlink()
        owner.kill()
        owner.wait()
    until = time.monotonic() + 60
    while is_running(pid) or scratch.exists():
        assert time.monotonic() < until
        threading.Event().wait(0.01)


def test_nothing_of_a_reading_stays_in_the_scratch_folder(tmp_path: Path) -> None:
    stub = Stub("termb", tmp_path)
    host = HostProcess("cards.vendor_termb", {"lib": str(stub.lib)}, 2000)
    assert host.call("read").name == NAME
    scratch = Path(f"/proc/{host.health().pid}/cwd").readlink()
    assert list(scratch.iterdir()) == []
    assert scratch.stat().st_mode & 0o777 == 0o700
    host.close()
    assert not scratch.exists()


def test_a_relative_library_is_found(stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(stub.lib.parent)
    device = registry.open("cards.vendor_ssse", {"lib": stub.lib.name})
    assert device.read().name == NAME
    device.close()


def test_a_read_through_the_host_costs_little_more_than_a_direct_one(host: HostProcess, stub: Stub) -> None:
    direct = vendor_ssse.DRIVER.open({"lib": str(stub.lib)})

    def median_ms(read: Callable[[], Any]) -> float:
        spent = []
        for _ in range(200):
            begun = time.perf_counter()
            read()
            spent.append((time.perf_counter() - begun) * 1000)
        return statistics.median(spent)

    host.call("read")
    assert median_ms(lambda: host.call("read")) - median_ms(direct.read) <= 5


def test_a_host_is_small_and_a_thousand_cards_leak_nothing(
    host: HostProcess, stub: Stub, size: Callable[[str], int]
) -> None:
    def held() -> tuple[int, int]:
        return len(list(Path("/proc/self/fd").iterdir())), threading.active_count()

    for n in range(size("host_cards")):
        stub.mode("ok")
        assert host.call("present")["here"]
        host.call("read")
        stub.mode("nocard")
        assert not host.call("present")["here"]
        if n == 10:
            first, before = rss_mb(host.health().pid), held()
    print(f"{n + 1} cards: {before} to {held()}, {first:.1f} MB, {rss_mb(host.health().pid) - first:+.2f} MB")
    assert host.health().starts == 1
    assert rss_mb(host.health().pid) - first < 1
    assert rss_mb(host.health().pid) <= 40
    assert held() == before

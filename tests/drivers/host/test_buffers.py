"""Memory for libraries that are told no length."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

from drivers.host.buffers import OutBuffer
from drivers.protocols import Fault


def write(buffer: OutBuffer, data: bytes) -> None:
    ctypes.memmove(ctypes.addressof(buffer.fresh()), data, len(data))


def test_text_ends_at_its_zero_and_nothing_stays_behind() -> None:
    buffer = OutBuffer(64)
    write(buffer, b"secret\x00")
    assert buffer.take() == b"secret"
    assert ctypes.string_at(buffer.pointer, 64) == bytes(64)


def test_a_counted_answer_may_hold_zeros() -> None:
    buffer = OutBuffer(64)
    write(buffer, b"\x01\x00\x02")
    assert buffer.take(3) == b"\x01\x00\x02"


@pytest.mark.parametrize(("length", "take"), [(65, -1), (64, -1), (3, 65)])
def test_more_than_documented_is_noticed(length: int, take: int) -> None:
    buffer = OutBuffer(64)
    write(buffer, b"A" * length)
    with pytest.raises(Fault) as caught:
        buffer.take(take)
    assert caught.value.code == "device-broken"
    assert ctypes.string_at(buffer.pointer, 65) == bytes(65)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="guard pages are made with mprotect")
def test_whoever_runs_on_is_stopped_by_the_system() -> None:
    code = (
        "import ctypes, resource; from drivers.host.buffers import OutBuffer\n"
        "resource.setrlimit(resource.RLIMIT_CORE, (0, 0)); b = OutBuffer(64)\n"
        "ctypes.memset(ctypes.addressof(b.fresh()), 65, 1 << 20)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -11

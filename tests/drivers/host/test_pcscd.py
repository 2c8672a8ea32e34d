"""The private smart-card service: reachable by us alone, renewed in place, gone with its owner."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from drivers.host.pcscd import PrivatePcscd
from drivers.protocols import Fault
from tests.fakes.living import has_ended

pytestmark = pytest.mark.pcsc

LIST = """
import json, sys
from pathlib import Path
from drivers.cards.pcsc import PcscReader
print(json.dumps(PcscReader().readers()))
"""
OWNER = """
import sys
import threading
from pathlib import Path
from drivers.host.pcscd import PrivatePcscd
service = PrivatePcscd(Path(sys.argv[1])).start()
print(service.pid, flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def _unpinned(monkeypatch: pytest.MonkeyPatch) -> None:
    """These services are asked by other processes: the place of this process's own does not matter."""
    monkeypatch.delenv("PCSCLITE_CSOCK_NAME", raising=False)


def asked(service: PrivatePcscd) -> list[str]:
    """The readers another process sees."""
    environment = {**os.environ, **service.environment}
    told = subprocess.run([sys.executable, "-c", LIST], env=environment, capture_output=True, check=True)
    return list(json.loads(told.stdout))


def test_two_services_run_side_by_side_with_their_own_readers(tmp_path: Path) -> None:
    with PrivatePcscd(tmp_path / "one") as one:
        if not one.private:
            pytest.skip("this kernel lets nobody have a namespace of his own: one service per machine")
        _check_both(one, tmp_path / "two")


def _check_both(one: PrivatePcscd, folder: Path) -> None:
    with PrivatePcscd(folder, readers=3) as two:
        assert asked(one) == [slot.reader for slot in one.slots]
        assert asked(two) == [slot.reader for slot in two.slots]
        assert (len(one.slots), len(two.slots)) == (2, 4)
        assert [slot for slot in (*one.slots, *two.slots) if _open(slot.port)] == []


def _open(port: int) -> bool:
    """Whether anybody outside the namespace could put a card in."""
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_it_comes_back_after_a_crash_in_the_same_place(tmp_path: Path) -> None:
    with PrivatePcscd(tmp_path) as service:
        first, address, command = service.pid, service.environment, service.inside(["true"])
        service.crash()
        service.restart()
        assert service.pid != first
        assert (service.environment, service.inside(["true"])) == (address, command)
        assert asked(service) == [slot.reader for slot in service.slots]


def test_a_stopped_service_is_gone_and_can_start_again(tmp_path: Path) -> None:
    service = PrivatePcscd(tmp_path).start()
    pid = service.pid
    service.stop()
    service.stop()
    ended = has_ended(pid)
    if not ended:
        os.kill(pid, signal.SIGKILL)  # a failing test leaves nothing behind either
    assert ended
    service.start()
    assert asked(service)
    service.stop()


def test_a_killed_owner_leaves_no_service_behind(tmp_path: Path) -> None:
    pipe = subprocess.PIPE
    owner = subprocess.Popen([sys.executable, "-c", OWNER, str(tmp_path)], stdin=pipe, stdout=pipe)
    assert owner.stdout is not None
    assert owner.stdin is not None
    pid = int(owner.stdout.readline())
    owner.send_signal(signal.SIGKILL)
    owner.wait()
    owner.stdout.close()
    owner.stdin.close()
    assert has_ended(pid)


def test_a_long_data_folder_still_gets_a_socket(tmp_path: Path) -> None:
    service = PrivatePcscd(tmp_path / ("long" * 20) / ("longer" * 15)).start()
    place = Path(service.environment["PCSCLITE_CSOCK_NAME"])
    assert asked(service)
    service.stop()
    assert not place.parent.exists()


def test_a_second_service_of_one_process_joins_the_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with PrivatePcscd(tmp_path / "one", readers=3) as one:
        if not one.private:
            pytest.skip("without namespaces there is one service per machine anyway")
        monkeypatch.setenv("PCSCLITE_CSOCK_NAME", one.environment["PCSCLITE_CSOCK_NAME"])
        with PrivatePcscd(tmp_path / "two") as two:
            assert (two.pid, two.slots, two.environment) == (one.pid, one.slots, one.environment)
            assert two.inside(["true"]) == one.inside(["true"])
        assert asked(one)
        first = one.pid
    with PrivatePcscd(tmp_path / "three") as three:
        assert three.environment == {"PCSCLITE_CSOCK_NAME": os.environ["PCSCLITE_CSOCK_NAME"]}
        assert three.pid != first


def test_without_the_virtual_reader_it_says_what_is_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, expect_log: Callable[[str], None]
) -> None:
    monkeypatch.setattr("drivers.host.pcscd._LIBRARIES", ("/nowhere/libifdvpcd.so",))
    with pytest.raises(Fault) as caught:
        PrivatePcscd(tmp_path).start()
    assert (caught.value.code, caught.value.detail) == ("reader-service", "pcscd, vsmartcard-vpcd")

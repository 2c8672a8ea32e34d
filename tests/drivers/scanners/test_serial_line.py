"""The serial scanner on a real pseudo terminal: endings, halves, noise, bursts, a pulled plug."""

from __future__ import annotations

import os
import threading
import tty
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drivers.protocols import Fault, Scan
from drivers.scanners.serial_line import SerialScanner, Splitter
from drivers.scanners.simulator import ScannerTable
from drivers.simulate import Refused
from tests.fakes.holdings import own_handles, own_megabytes, own_threads
from tests.fakes.listening import Listener

CODE = "4243669509084040896099330000"


@pytest.fixture
def port(tmp_path: Path) -> Path:
    return tmp_path / "scanner.tty"


@pytest.fixture
def gun(port: Path) -> Iterator[ScannerTable]:
    made = ScannerTable((), port)
    yield made
    made.unplug()


@pytest.fixture
def scanner(port: Path) -> Iterator[SerialScanner]:
    made = SerialScanner(str(port))
    yield made
    made.close()


@pytest.fixture
def heard(scanner: SerialScanner, gun: ScannerTable) -> Listener:
    listener = Listener()
    scanner.watch(listener, listener)
    assert listener.wait(lambda told: True) is None  # the port is open
    return listener


def test_a_code_arrives_whole_with_its_port(heard: Listener, gun: ScannerTable, port: Path) -> None:
    gun.do("scan", {"text": CODE})
    told = heard.wait(lambda t: isinstance(t, Scan))
    assert (told.text, told.device) == (CODE, str(port))
    assert CODE not in repr(told)


@pytest.mark.parametrize(
    ("gun_ending", "driver_ending"),
    [
        ("cr", "auto"),
        ("lf", "auto"),
        ("crlf", "auto"),
        ("tab", "auto"),
        ("cr", "cr"),
        ("crlf", "crlf"),
        ("tab", "tab"),
    ],
)
def test_every_ending(tmp_path: Path, gun_ending: str, driver_ending: str) -> None:
    gun = ScannerTable((), tmp_path / "t", gun_ending)
    scanner, heard = SerialScanner(str(tmp_path / "t"), ending=driver_ending), Listener()
    scanner.watch(heard, heard)
    assert heard.wait(lambda t: True) is None
    gun.do("burst", {"text": CODE, "times": "3"})
    for _ in range(3):
        assert heard.wait(lambda t: isinstance(t, Scan)).text == CODE
    scanner.close()
    gun.unplug()
    assert heard.heard == []


def test_a_burst_of_twenty_codes_loses_none(
    heard: Listener, gun: ScannerTable, size: Callable[[str], int]
) -> None:
    sent = [f"{n:028d}" for n in range(size("scan_burst"))]
    for text in sent:
        gun.do("scan", {"text": text})
    got = [heard.wait(lambda t: isinstance(t, Scan)).text for _ in sent]
    assert got == sent


def test_noise_is_a_fault_and_the_next_code_is_read(heard: Listener, gun: ScannerTable) -> None:
    gun.do("noise", {})
    assert heard.wait(lambda t: isinstance(t, Fault)).code == "device-broken"
    assert heard.wait(lambda t: True) is None  # well again
    gun.do("scan", {"text": CODE})
    assert heard.wait(lambda t: isinstance(t, Scan)).text == CODE


def test_a_pulled_plug_is_told_once_and_mended_by_itself(
    heard: Listener, gun: ScannerTable, scanner: SerialScanner
) -> None:
    gun.do("unplug", {})
    assert heard.wait(lambda t: isinstance(t, Fault)).code == "device-gone"
    gun.do("plug", {})
    assert heard.wait(lambda t: True) is None
    gun.do("scan", {"text": CODE})
    assert heard.wait(lambda t: isinstance(t, Scan)).text == CODE
    assert heard.heard == []


def test_plugs_pulled_and_put_back_leak_nothing(
    heard: Listener, gun: ScannerTable, size: Callable[[str], int]
) -> None:
    held, before = [], 0.0
    for _ in range(size("plug_cycles")):
        gun.do("unplug", {})
        assert heard.wait(lambda t: isinstance(t, Fault)).code == "device-gone"
        gun.do("plug", {})
        assert heard.wait(lambda t: True) is None
        gun.do("scan", {"text": CODE})
        assert heard.wait(lambda t: isinstance(t, Scan)).text == CODE
        held.append((own_handles(), own_threads()))
        before = before or own_megabytes()
    print(f"{len(held)} plugs: {held[0]} to {held[-1]}, {own_megabytes() - before:+.2f} MB")
    assert set(held) == {held[0]}, held
    assert own_megabytes() - before < 2


def test_a_scanner_that_is_not_there_yet_is_waited_for(scanner: SerialScanner, port: Path) -> None:
    heard = Listener()
    scanner.watch(heard, heard)
    fault = heard.wait(lambda t: True)
    assert (fault.code, fault.detail) == ("device-gone", str(port))
    gun = ScannerTable((), port)
    assert heard.wait(lambda t: True) is None
    gun.do("scan", {"text": CODE})
    assert heard.wait(lambda t: isinstance(t, Scan)).text == CODE
    gun.unplug()


def test_a_code_shown_before_anybody_listens_waits_for_the_listener(
    gun: ScannerTable, scanner: SerialScanner
) -> None:
    heard = Listener()
    shown = threading.Thread(target=gun.do, args=("scan", {"text": CODE}))
    shown.start()
    scanner.watch(heard, heard)
    assert heard.wait(lambda t: isinstance(t, Scan)).text == CODE
    shown.join()


def test_a_code_nobody_reads_is_refused_to_whoever_shows_it(gun: ScannerTable) -> None:
    with pytest.raises(Refused, match="没有程序在读"):
        gun.do("scan", {"text": CODE})


def test_half_a_code_and_its_rest_are_one_code(scanner: SerialScanner, tmp_path: Path, port: Path) -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    port.symlink_to(os.ttyname(slave))
    heard = Listener()
    scanner.watch(heard, heard)
    assert heard.wait(lambda t: True) is None
    os.write(master, CODE[:10].encode())
    os.write(master, CODE[10:].encode() + b"\r\n\r\n")
    assert heard.wait(lambda t: isinstance(t, Scan)).text == CODE
    os.write(master, CODE[:10].encode())  # and nothing more
    assert heard.wait(lambda t: isinstance(t, Fault)).detail == "10 bytes without an end"
    os.close(master)
    os.close(slave)


def test_closing_ends_the_thread(port: Path, gun: ScannerTable) -> None:
    scanner = SerialScanner(str(port))
    scanner.watch(lambda told: None, lambda fault: None)
    scanner.close()
    assert not [t for t in threading.enumerate() if t.name == "scanner"]


class Waking:
    """A port whose reading thread lets it go in the very moment in which it is woken."""

    def __init__(self, scanner: SerialScanner) -> None:
        self.letting_go = threading.Thread(target=scanner._shut)
        self.gone = threading.Event()
        self.gone_meanwhile = False

    def cancel_read(self) -> None:
        self.letting_go.start()
        self.gone_meanwhile = self.gone.wait(0.2)

    def close(self) -> None:
        self.gone.set()


def test_a_port_is_not_let_go_while_it_is_woken() -> None:
    scanner = SerialScanner("nowhere")
    scanner._line = line = Waking(scanner)
    scanner.close()
    line.letting_go.join(60)
    assert line.gone.is_set()
    assert not line.gone_meanwhile


def test_an_unknown_ending_is_refused_at_opening() -> None:
    with pytest.raises(ValueError, match="auto"):
        SerialScanner("/dev/null", ending="comma")


@given(st.lists(st.from_regex(r"[0-9A-Za-z.=_-]{1,40}", fullmatch=True), max_size=20), st.data())
def test_however_the_bytes_are_cut_the_codes_are_the_same(codes: list[str], data: st.DataObject) -> None:
    stream = b"".join(
        code.encode() + data.draw(st.sampled_from([b"\r", b"\n", b"\r\n", b"\t"])) for code in codes
    )
    splitter, got, at = Splitter(), [], 0
    while at < len(stream):
        step = data.draw(st.integers(1, 50))
        found, faults = splitter.feed(stream[at : at + step], 0.0)
        got += found
        at += step
        assert faults == []
    assert got == codes


@given(st.lists(st.tuples(st.binary(max_size=300), st.floats(0, 2)), max_size=20))
def test_any_bytes_give_texts_or_faults_and_nothing_is_hoarded(pieces: list[tuple[bytes, float]]) -> None:
    splitter, now = Splitter(), 0.0
    told: list[Any] = []
    for piece, pause in pieces:
        now += pause
        codes, faults = splitter.feed(piece, now)
        told += faults
        assert all(code.isprintable() and code.strip() == code != "" for code in codes)
    assert {fault.code for fault in told} <= {"device-broken"}


def test_an_endless_line_is_given_up() -> None:
    splitter = Splitter()
    for n in range(5):
        assert splitter.feed(b"7" * 1000, n / 100) == ([], [])
    codes, faults = splitter.feed(b"\r" + CODE.encode() + b"\r", 0.06)
    assert (codes, [f.detail for f in faults]) == ([CODE], ["more than 4096 bytes"])


def test_without_an_ending_silence_ends_a_code() -> None:
    splitter = Splitter("none")
    assert splitter.feed(CODE.encode(), 1.0) == ([], [])
    assert splitter.waiting_s is not None
    assert splitter.silence(1.0 + splitter.waiting_s) == ([CODE], [])

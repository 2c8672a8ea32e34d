"""The resident-ID driver against the shipped reader, on a pseudo terminal and over TCP."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from drivers.cards import sdt
from drivers.cards.sdt_serial import SdtReader
from drivers.cards.sdt_simulator import IdTable
from drivers.cards.sdt_simulator_card import IdCardSpec
from drivers.deck import Invented
from drivers.protocols import Fault
from tests.fakes.holdings import own_handles, own_megabytes, own_threads
from tests.fakes.listening import Listener

ADDRESS = "山东省日照市东港区石臼街道示例路1号"
PEOPLE = (
    Invented("wang", "王敏", "371102197608201244", address=ADDRESS, ethnic_code="11"),
    Invented("none", "李小", "371102194803120024", id_card=False),
)
LIMIT_MS = 300


@pytest.fixture
def table(tmp_path: Path) -> Iterator[IdTable]:
    made = IdTable(PEOPLE, tmp_path / "tty")
    yield made
    made.unplug()


@pytest.fixture(params=["pty", "tcp"])
def port(request: pytest.FixtureRequest, table: IdTable, tmp_path: Path) -> str:
    return str(tmp_path / "tty") if request.param == "pty" else f"127.0.0.1:{table.port}"


@pytest.fixture
def reader(port: str) -> Iterator[SdtReader]:
    made = SdtReader(port, limit_ms=LIMIT_MS)
    yield made
    made.close()


def code_of(reader: SdtReader) -> str:
    with pytest.raises(Fault) as caught:
        reader.read()
    return caught.value.code


def test_a_laid_card_is_a_person(table: IdTable, reader: SdtReader, port: str) -> None:
    table.do("lay", {"card": "wang"})
    told = reader.read(port)
    assert (told.reader, told.name, told.idno, told.ethnic_code) == (port, "王敏", "371102197608201244", "11")
    assert (told.address, told.birth_date, len(told.photo)) == (ADDRESS, "1976-08-20", 1024)


def test_the_newest_address_counts(table: IdTable, reader: SdtReader) -> None:
    table.do(
        "lay_described", {"text": '{"name": "王敏", "new_address": "新居路2号", "address": "旧居路1号"}'}
    )
    assert reader.read().address == "新居路2号"


def test_a_card_must_be_lifted_before_it_is_read_again(table: IdTable, reader: SdtReader) -> None:
    table.do("lay", {"card": "wang"})
    first = reader.read()
    assert code_of(reader) == "card-none"
    table.do("lift", {})
    table.do("lay", {"card": "wang"})
    assert reader.read() == first


@pytest.mark.parametrize(
    ("trouble", "code"),
    [
        ("select", "idcard-again"),
        ("read", "idcard-again"),
        ("wrong", "idcard-wrong"),
        ("silent", "device-timeout"),
        ("checksum", "device-broken"),
        ("half", "device-timeout"),
        ("unauthorised", "reader-refused"),
    ],
)
def test_each_trouble_is_named_and_the_next_card_reads(
    table: IdTable, reader: SdtReader, trouble: str, code: str
) -> None:
    table.do("lay", {"card": "wang", "trouble": trouble})
    assert code_of(reader) == code
    table.do("lay", {"card": "wang"})
    assert reader.read().name == "王敏"


def test_stray_bytes_between_answers_do_no_harm(table: IdTable, reader: SdtReader) -> None:
    table.do("lay_described", {"text": json.dumps({"name": "王敏", "trouble": "noise"})})
    assert reader.read().name == "王敏"


def test_coming_and_going_are_told(table: IdTable, reader: SdtReader, port: str) -> None:
    heard = Listener()
    reader.watch(heard)
    assert heard.event("readers").readers == (port,)
    table.do("lay", {"card": "wang"})
    assert heard.event("inserted").reader == port
    assert reader.read().name == "王敏"
    assert heard.event("removed").reader == port


def test_cards_swapped_between_two_looks_are_told_apart(table: IdTable, reader: SdtReader) -> None:
    heard = Listener()
    reader.watch(heard)
    for _ in range(5):
        table.do("lay", {"card": "wang"})
        heard.event("inserted")
        assert reader.read().name == "王敏"


def test_a_module_that_finds_a_read_card_for_ever_is_not_read_for_ever() -> None:
    """Simpler modules: found as long as the card lies there, read or not."""
    spec = IdCardSpec.of({"name": "王敏"})
    told = b"\x00\x00\x90\x01\x00\x04\x00" + spec.text() + spec.picture()
    answers = {sdt.FIND: b"\x00\x00\x9f" + bytes(4), sdt.READ_BASE: told, sdt.READ_ADDRESS: b"\x00\x00\x91"}
    looked = threading.Semaphore(0)
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        link, _ = listener.accept()
        with link:
            while data := link.recv(100):
                looked.release()
                link.sendall(sdt.frame(answers.get(data[7:9], b"\x00\x00\x90")))

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    reader = SdtReader(f"127.0.0.1:{listener.getsockname()[1]}", limit_ms=LIMIT_MS)
    heard = Listener()
    reader.watch(heard)
    heard.event("inserted")
    assert reader.read().name == "王敏"
    for _ in range(5 + 4):  # the reading's own commands and some more looks
        assert looked.acquire(timeout=60)
    assert heard.heard == []
    reader.close()
    thread.join(60)
    listener.close()


def test_a_pulled_reader_is_told_once_and_its_return_too(table: IdTable, reader: SdtReader) -> None:
    heard = Listener()
    reader.watch(heard)
    heard.event("readers")
    table.unplug()
    assert heard.event("fault").fault.code == "device-gone"
    assert code_of(reader) == "device-gone"
    table.plug()
    assert heard.event("readers").readers
    table.do("lay", {"card": "wang"})
    heard.event("inserted")
    assert [told for told in heard.heard if told.kind == "fault"] == []
    assert reader.read().name == "王敏"


def test_reading_and_watching_do_not_take_each_others_answers(table: IdTable, reader: SdtReader) -> None:
    reader.watch(Listener())
    for _ in range(20):
        table.do("lay", {"card": "wang"})
        assert reader.read().idno == "371102197608201244"


def test_another_readers_name_is_refused(reader: SdtReader) -> None:
    with pytest.raises(Fault) as caught:
        reader.read("COM9")
    assert caught.value.code == "reader-none"


def test_a_late_answer_is_never_taken_for_the_next_one() -> None:
    """A reader that answers after the limit: its answer must not meet the next command."""
    listener = socket.create_server(("127.0.0.1", 0))
    asked: list[bytes] = []

    def serve() -> None:
        for _ in range(2):
            link, _ = listener.accept()
            with link:
                asked.append(link.recv(100))
                if len(asked) == 1:
                    link.recv(100)  # until the driver gives up and closes
                    continue
                link.sendall(sdt.frame(bytes([0, 0, sdt.NONE])))
                link.recv(100)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    reader = SdtReader(f"127.0.0.1:{listener.getsockname()[1]}", limit_ms=50)
    assert [code_of(reader), code_of(reader)] == ["device-timeout", "card-none"]
    reader.close()
    thread.join(60)
    listener.close()


def test_a_hundred_openings_leave_no_handle_and_no_thread(table: IdTable, port: str) -> None:
    def held() -> tuple[int, int]:
        return len(list(Path("/proc/self/fd").iterdir())), threading.active_count()

    before: Any = None
    for _ in range(100):
        reader = SdtReader(port, limit_ms=LIMIT_MS)
        table.do("lay", {"card": "wang"})
        reader.read()
        reader.close()
        before = before or held()
    threads_settled = held()
    assert threads_settled[1] == before[1]
    assert threads_settled[0] <= before[0] + 2  # the simulator may not have seen the last close yet


def test_cards_laid_and_lifted_leak_nothing(table: IdTable, port: str, size: Callable[[str], int]) -> None:
    reader, heard = SdtReader(port, limit_ms=LIMIT_MS, poll_ms=10), Listener()
    reader.watch(heard)
    heard.event("readers")
    held, before = [], 0.0
    for _ in range(size("line_cards")):
        table.do("lay", {"card": "wang"})
        heard.event("inserted")
        assert reader.read().complete
        table.do("lift", {})
        heard.event("removed")
        held.append((own_handles(), own_threads()))
        before = before or own_megabytes()
    assert set(held) == {held[0]}
    assert own_megabytes() - before < 2
    reader.close()

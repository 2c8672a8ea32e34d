"""Two readers, two printers, a desk and a kiosk on one machine: nobody takes the other's card or paper."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from drivers.host.pcscd import PrivatePcscd
from drivers.printers.simulator import ReceiptTable
from drivers.protocols import CardRead, PrintJob
from drivers.room import DeviceRoom
from tests.drivers.printers.test_system_queue import pdf
from tests.fakes.card_table import Hand, hand
from tests.fakes.listening import Listener

pytestmark = pytest.mark.pcsc
PEOPLE = [
    {"name": "王敏", "idno": "11010519491231002X"},
    {"name": "欧阳试", "idno": "110105194912310038"},
    {"name": "李桂芳", "idno": "110105194912310054"},
]
KIOSK = """
import json, sys
from drivers.protocols import CardEvent, CardRead
from drivers.room import DeviceRoom

def tell(told):
    if isinstance(told, CardRead):
        print(json.dumps(["read", told.reader, told.idno]), flush=True)
    elif isinstance(told, CardEvent):
        print(json.dumps([told.kind, told.reader, told.fault.code if told.fault else ""]), flush=True)

room = DeviceRoom({"card": ("cards.pcsc", json.loads(sys.argv[1]))})
room.watch(tell)
sys.stdin.readline()
room.close()
"""


class Kiosk:
    """Another program of ours on the same machine, with a card reader of its own."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.heard = Listener()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.heard(json.loads(line))

    def wait(self, kind: str) -> list[str]:
        told: list[str] = self.heard.wait(lambda told: told[0] == kind, 20)
        return told


@contextmanager
def kiosk(config: dict[str, str]) -> Iterator[Kiosk]:
    pipe = subprocess.PIPE
    argv = [sys.executable, "-c", KIOSK, json.dumps(config)]
    process = subprocess.Popen(argv, stdin=pipe, stdout=pipe, text=True)
    try:
        yield Kiosk(process)
    finally:
        process.kill()
        process.communicate()


@pytest.fixture(scope="module")
def cards(pcscd: PrivatePcscd, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hand]:
    with hand(pcscd, tmp_path_factory.mktemp("two")) as given:
        yield given


@contextmanager
def desk(config: dict[str, str]) -> Iterator[Listener]:
    room, heard = DeviceRoom({"card": ("cards.pcsc", config)}), Listener()
    room.watch(heard)
    heard.event("readers", 20)
    yield heard
    room.close()


def read(heard: Listener) -> tuple[str, str]:
    told = heard.wait(lambda told: isinstance(told, CardRead), 20)
    return told.reader, told.idno


def test_six_readers_two_programs_and_every_card_goes_where_its_reader_belongs(cards: Hand) -> None:
    first, second, *others = cards.readers
    assert len(others) == 4
    with kiosk({"reader": second}) as other:
        assert other.wait("readers")
        with desk({}) as heard:  # whatever is nobody's
            cards.insert(second, **PEOPLE[1])
            assert other.wait("read")[1:] == [second, PEOPLE[1]["idno"]]
            for nth, reader in enumerate((first, *others)):
                cards.insert(reader, **PEOPLE[nth % 2])
                assert read(heard) == (reader, PEOPLE[nth % 2]["idno"])
                cards.pull(reader)
                heard.event("removed", 20)
            cards.pull(second)
            assert other.wait("removed")[1] == second
            assert second not in {getattr(told, "reader", "") for told in heard.heard}
            other.process.kill()
            other.process.wait()
            cards.insert(second, **PEOPLE[2])  # its owner is gone: it is nobody's again
            assert read(heard) == (second, PEOPLE[2]["idno"])
            cards.pull(second)
            heard.event("removed", 20)


def test_a_reader_that_is_named_changes_hands_while_both_run(cards: Hand) -> None:
    first = cards.readers[0]
    with desk({}) as heard, kiosk({"reader": first}) as other:
        assert other.wait("readers")
        cards.insert(first, **PEOPLE[0])
        assert other.wait("read")[1:] == [first, PEOPLE[0]["idno"]]
        cards.pull(first)
        assert other.wait("removed")
        assert not [told for told in heard.heard if isinstance(told, CardRead)]


def test_who_comes_second_to_the_same_reader_is_told_whose_it_is(cards: Hand) -> None:
    first = cards.readers[0]
    with desk({"reader": first}), kiosk({"reader": first}) as other:
        assert other.wait("fault")[2] == "reader-taken"


def test_two_printers_print_at_the_same_time_each_its_own(cups_queue: Any, tmp_path: Path) -> None:
    table = ReceiptTable(tmp_path / "receipts")
    choices: dict[str, Any] = {
        "printer": ("printers.system_queue", {"queue": cups_queue.queue}),
        "receipt_printer": ("printers.escpos", {"port": f"127.0.0.1:{table.port}"}),
    }
    room, known = DeviceRoom(choices), set(cups_queue.folder.glob("*.pdf"))
    slip = PrintJob("s", "slip", "r80", operations=(("text", "小票 0007", ""), ("cut",)))
    paper = PrintJob("n", "notice", pdf=pdf("Notice 0007"))
    states: dict[str, str] = {}
    both = [
        threading.Thread(target=lambda job=job: states.update({job.name: room.print(job).state}))  # type: ignore[misc]
        for job in (paper, slip)
    ]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join(60)
    room.close()
    table.close()
    assert states == {"n": "done", "s": "done"}
    assert PdfReader(cups_queue.wait_for_paper(known)).pages[0].extract_text().strip() == "Notice 0007"
    assert (tmp_path / "receipts" / "0001.txt").read_text("utf-8").splitlines() == ["小票 0007"]

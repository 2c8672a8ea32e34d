"""The PC/SC driver against the real service with virtual readers and the shipped virtual card."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from drivers.cards.pcsc import PcscReader
from drivers.host.pcscd import PrivatePcscd
from drivers.protocols import Fault
from tests.fakes.card_table import Hand, hand
from tests.fakes.holdings import own_handles, own_megabytes, own_threads
from tests.fakes.listening import Listener

pytestmark = pytest.mark.pcsc
LIMIT_MS = 400
PERSON = {"name": "𬱖䶮", "idno": "11010519491231002X"}


@pytest.fixture(scope="module")
def cards(pcscd: PrivatePcscd, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hand]:
    with hand(pcscd, tmp_path_factory.mktemp("cards")) as given:
        yield given


@pytest.fixture
def table(cards: Hand) -> Iterator[Hand]:
    """The hand, with every reader empty and known to be so before and after."""
    yield cards
    for reader in cards.readers:
        cards.pull(reader)
    device, heard = PcscReader(), Listener()
    device.watch(heard)
    heard.event("readers")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and _refusal(lambda: device.read()) != "card-none":
        heard.wait(lambda told: told.kind == "removed", 5)
    device.close()


@pytest.fixture
def device() -> Iterator[PcscReader]:
    made = PcscReader(limit_ms=LIMIT_MS)
    yield made
    made.close()


@pytest.fixture
def heard(device: PcscReader, table: Hand) -> Listener:
    """A listener that already knows the readers."""
    listener = Listener()
    device.watch(listener)
    listener.event("readers")
    return listener


def _refusal(work: Callable[[], Any]) -> str:
    try:
        work()
    except Fault as fault:
        return fault.code
    return ""


def test_insertion_and_removal_are_told_within_half_a_second(
    device: PcscReader, heard: Listener, table: Hand, size: Callable[[str], int]
) -> None:
    took = []
    for n in range(size("card_insertions")):
        for act, kind in (
            (lambda n=n: table.insert(table.readers[n % 6], **PERSON), "inserted"),
            (None, "removed"),
        ):
            before = time.monotonic()
            act() if act else table.pull(table.readers[n % 6])
            heard.event(kind)
            took.append(time.monotonic() - before)
    assert sorted(took)[len(took) * 3 // 4] < 0.5, took  # one may meet a machine that stands still


def test_a_card_reads_through_the_real_service(device: PcscReader, heard: Listener, table: Hand) -> None:
    reader = table.insert(**PERSON)
    event = heard.event("inserted")
    told = device.read(reader)
    assert (event.reader, event.atr) == (reader, told.atr)
    assert (told.name, told.idno, told.complete, told.reader) == ("𬱖䶮", PERSON["idno"], True, reader)


@pytest.mark.parametrize(
    ("spec", "name", "missing"),
    [
        ({"version": "1.00", "name": "王敏"}, "王敏", ()),
        ({"version": "3.00", "psam": True, "name": "古" * 25}, "古" * 25, ()),
        ({"version": "2.00", "name": "a" + "王" * 20}, "a" + "王" * 20, ()),
        (
            {"version": "3.00", "name": "王敏", "protected": ["EF05:07", "EF06"]},
            "",
            ("card_no", "idno", "name"),
        ),
    ],
)
def test_each_version_and_name_through_the_real_service(
    device: PcscReader,
    heard: Listener,
    table: Hand,
    spec: dict[str, Any],
    name: str,
    missing: tuple[str, ...],
) -> None:
    reader = table.insert(**{**PERSON, **spec})
    heard.event("inserted")
    told = device.read(reader)
    assert told.name == name
    assert told.missing[:3] == missing


def test_three_readers_are_told_apart_by_name(device: PcscReader, heard: Listener, table: Hand) -> None:
    chosen = [table.readers[n] for n in (4, 0, 3)]
    for reader, name in zip(chosen, ("甲", "乙", "丙"), strict=True):
        table.insert(reader, **{**PERSON, "name": name})
        assert heard.event("inserted").reader == reader
    assert [device.read(reader).name for reader in chosen] == ["甲", "乙", "丙"]
    assert device.read().name == "丙"  # none named: the card put in last
    only = PcscReader(reader=chosen[0], limit_ms=LIMIT_MS)
    assert only.read().name == "甲"
    only.close()


def test_a_chosen_reader_hears_nothing_of_the_others(table: Hand) -> None:
    only, listener = PcscReader(reader=table.readers[1]), Listener()
    only.watch(listener)
    assert listener.event("readers").readers == (table.readers[1],)
    table.insert(table.readers[0], **PERSON)
    table.insert(table.readers[1], **PERSON)
    assert listener.event("inserted").reader == table.readers[1]
    assert listener.heard == []
    only.close()


@pytest.mark.parametrize(
    ("spec", "code"),
    [
        ({"aid": "A000000333010101"}, "card-wrong"),
        ({"locked": True}, "card-locked"),
        ({"pull_after": 6}, "card-removed"),
        ({"mute_reset": True}, "card-mute"),
        ({"mute_after": 5}, "card-mute"),
        ({"slow_ms": 300}, "device-timeout"),
    ],
)
def test_each_bad_card_has_its_own_fault_in_time(
    device: PcscReader, heard: Listener, table: Hand, spec: dict[str, Any], code: str
) -> None:
    reader = table.insert(**PERSON, **spec)
    heard.event("inserted")
    before = time.monotonic()
    assert _refusal(lambda: device.read(reader)) == code
    assert time.monotonic() - before < LIMIT_MS * 3 / 1000 + 3


def test_a_mute_card_costs_one_read_and_piles_up_no_threads(
    device: PcscReader, heard: Listener, table: Hand
) -> None:
    mute = table.insert(table.readers[0], **PERSON, mute_after=5)
    heard.event("inserted")
    assert [_refusal(lambda: device.read(mute)) for _ in range(3)] == ["card-mute"] * 3
    assert len([t for t in threading.enumerate() if t.name == "pcsc-read"]) == 1
    other = table.insert(table.readers[2], **PERSON)
    heard.event("inserted")
    assert device.read(other).complete
    table.pull(mute)
    heard.event("removed")
    table.insert(mute, **PERSON)
    heard.event("inserted")
    assert device.read(mute).complete


def test_no_card_no_reader_and_a_card_already_in(device: PcscReader, heard: Listener, table: Hand) -> None:
    assert _refusal(lambda: device.read()) == "card-none"
    assert _refusal(lambda: device.read(table.readers[0])) == "card-none"
    assert _refusal(lambda: device.read("Some Other Reader")) == "reader-none"
    table.insert(**PERSON)
    heard.event("inserted")
    late = Listener()
    device.watch(late)
    assert late.event("inserted").reader == table.readers[0]


def test_a_crashed_service_is_a_fault_and_its_return_is_noticed(
    pcscd: PrivatePcscd, device: PcscReader, heard: Listener, table: Hand
) -> None:
    table.insert(**PERSON)
    heard.event("inserted")
    pcscd.crash()
    assert heard.event("removed").reader == table.readers[0]
    assert heard.event("fault").fault.code == "reader-service"
    assert _refusal(lambda: device.read()) == "reader-service"
    assert _refusal(device.readers) == "reader-service"
    pcscd.restart()
    assert heard.event("readers").readers == tuple(sorted(table.readers))
    assert heard.heard == []
    table.insert(table.readers[2], **PERSON)
    assert device.read(heard.event("inserted").reader).complete


def test_closing_ends_the_threads_and_the_telling(table: Hand) -> None:
    device, listener = PcscReader(), Listener()
    device.watch(listener)
    listener.event("readers")
    device.close()
    assert not [t for t in threading.enumerate() if t.name == "pcsc-watch"]


def test_the_data_folder_of_the_cards_is_closed_to_others(cards: Hand, tmp_path_factory: Any) -> None:
    sockets = list(Path(tmp_path_factory.getbasetemp()).rglob("simulators/card.sock"))
    assert sockets
    assert {oct(s.stat().st_mode & 0o777) for s in sockets} == {"0o600"}


def test_cards_in_and_out_leak_nothing(
    device: PcscReader, heard: Listener, table: Hand, size: Callable[[str], int]
) -> None:
    """In every reader at once, as the service looks at each only 2.5 times a second."""
    held, memory, cycles = [], [], 0
    while cycles < size("card_cycles"):
        for reader in table.readers:
            table.insert(reader, **PERSON)
        told = {heard.event("inserted").reader for _ in table.readers}
        assert told == set(table.readers)
        assert all(device.read(reader).complete for reader in table.readers)
        for reader in table.readers:
            table.pull(reader)
        assert {heard.event("removed").reader for _ in table.readers} == told
        held.append((own_handles(), own_threads()))
        memory.append(own_megabytes())
        cycles += len(told)
    told_mb = [round(memory[len(memory) * nth // 4 - (nth == 4)], 2) for nth in range(5)]
    print(f"{cycles} cards: handles and threads {held[1]} to {held[-1]}, {told_mb} MB")
    assert set(held[1:]) == {held[1]}, held
    assert memory[-1] - memory[0] < 4  # the first cards load what reading needs

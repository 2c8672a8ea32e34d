"""Resident-ID readers and the platform's library through their hosts, on compiled stubs."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from drivers import registry
from drivers.protocols import Fault
from tests.fakes.listening import Listener
from tests.fakes.vendor import NAME, NUMBER, Stub

Opened = Callable[..., tuple[Any, Stub]]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    devices = []

    def open_it(full_id: str, stub: str, **config: Any) -> tuple[Any, Stub]:
        library = Stub(stub, tmp_path / stub)
        devices.append(
            registry.open(full_id, {"lib": str(library.lib), "limit_ms": 500, "poll_ms": 20, **config})
        )
        return devices[-1], library

    yield open_it
    for device in devices:
        device.close()


def code_of(device: Any) -> str:
    with pytest.raises(Fault) as caught:
        device.read()
    return caught.value.code


def test_sdtapi_reads_the_block_as_the_serial_reader_does(opened: Opened) -> None:
    device, _ = opened("cards.vendor_sdtapi", "sdtapi")
    told = device.read()
    assert (told.name, told.idno, told.birth_date, told.photo) == (NAME, NUMBER, "1949-12-31", b"P" * 1024)


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        ("nocard", "card-none"),
        ("hang", "device-timeout"),
        ("crash", "driver-crashed"),
        ("overlong", "device-broken"),
        ("lies", "device-broken"),
        ("unplugged", "reader-none"),
    ],
)
def test_sdtapi_in_trouble(opened: Opened, mode: str, code: str) -> None:
    device, stub = opened("cards.vendor_sdtapi", "sdtapi")
    stub.mode(mode)
    assert code_of(device) == code
    stub.mode("ok again")
    assert device.read().name == NAME


@pytest.mark.parametrize(
    ("full_id", "stub"), [("cards.vendor_sdtapi", "sdtapi"), ("cards.vendor_termb", "termb")]
)
def test_cards_one_after_another_are_told_apart(opened: Opened, full_id: str, stub: str) -> None:
    device, library = opened(full_id, stub)
    library.mode("nocard")
    heard = Listener()
    device.watch(heard)
    heard.event("readers")
    for n in range(5):
        library.mode(f"ok {n}")
        heard.event("inserted")
        assert device.read().name == NAME


def test_garbage_in_the_block_is_nobody(opened: Opened) -> None:
    device, stub = opened("cards.vendor_sdtapi", "sdtapi")
    stub.mode("garbage")
    told = device.read()
    assert (told.name, told.idno, told.complete) == ("", "", False)
    assert {"name", "idno"} <= set(told.missing)


def test_termb_reads_every_value(opened: Opened) -> None:
    device, _ = opened("cards.vendor_termb", "termb")
    told = device.read()
    assert (told.name, told.idno, told.sex, told.ethnic_code) == (NAME, NUMBER, "2", "01")
    assert (told.birth_date, told.valid_from, told.valid_to) == ("1949-12-31", "2016-05-01", "长期")
    assert told.complete


@pytest.mark.parametrize(
    ("mode", "code"),
    [
        ("nocard", "card-none"),
        ("moved", "idcard-again"),
        ("half", "idcard-again"),
        ("unplugged", "reader-none"),
        ("hang", "device-timeout"),
        ("crash", "driver-crashed"),
        ("garbage", "card-data"),
        ("spill", "device-broken"),
    ],
)
def test_termb_in_trouble(opened: Opened, mode: str, code: str) -> None:
    device, stub = opened("cards.vendor_termb", "termb")
    stub.mode(mode)
    assert code_of(device) == code
    stub.mode("ok again")
    assert device.read().name == NAME


def test_the_platforms_library_reads_cards_with_their_proof(opened: Opened) -> None:
    device, stub = opened("cards.vendor_nhsa", "heasec", ORG_ID="H37110000001")
    told = device.read()
    assert (told.name, told.proof) == (NAME, "QkNBUkQ=+/proof")
    assert told.proof not in repr(told)
    stub.mode("pinlock")
    assert code_of(device) == "pin-locked"
    stub.mode("crash")
    assert code_of(device) == "driver-crashed"
    stub.mode("ok")
    assert device.read() == told  # a new process, initialised anew


def test_a_library_without_identity_cards_says_so(opened: Opened, tmp_path: Path) -> None:
    library = Stub("heasec", tmp_path / "plain", "-DReadSFZ=Other")
    with closing(registry.open("cards.vendor_nhsa", {"lib": str(library.lib), "role": "idcard"})) as device:
        assert code_of(device) == "device-unavailable"

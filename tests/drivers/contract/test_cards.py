"""What every driver that reads social-security cards promises."""

from __future__ import annotations

import re
from dataclasses import fields
from typing import Any

import pytest

from counter_app.problems import ROWS
from drivers import registry
from drivers.protocols import CardRead, Fault
from tests.fakes.rig import Rig

FAMILY = "cards"
KEYS = {f.name for f in fields(CardRead)} - {"reader", "complete", "missing", "raw"}
DATES = ("issued_on", "expires_on", "birth_date")


def fault(rig: Rig, *reader: str) -> str:
    with pytest.raises(Fault) as caught:
        rig.device.read(*reader)
    assert caught.value.code in ROWS
    return caught.value.code


def test_readers_have_names(rig: Rig) -> None:
    names = rig.device.readers()
    assert names
    assert len(set(names)) == len(names)
    assert all(isinstance(name, str) and name for name in names)


def test_without_a_card_reading_is_refused(rig: Rig) -> None:
    assert fault(rig) == "card-none"
    assert fault(rig, rig.device.readers()[0]) == "card-none"


def test_a_reader_that_is_not_there_is_refused(rig: Rig) -> None:
    assert fault(rig, "no reader of this name") == "reader-none"


def test_a_card_comes_is_read_and_goes(rig: Rig) -> None:
    rig.device.watch(rig.heard)
    assert rig.heard.event("readers", rig.limit_s).readers
    reader = rig.put()
    event = rig.heard.event("inserted", rig.limit_s)
    assert event.reader == reader
    told = rig.device.read(reader)
    check(told, reader, event.atr)
    assert rig.device.read("") == told
    rig.take()
    assert rig.heard.event("removed", rig.limit_s).reader == reader
    assert fault(rig, reader) == "card-none"


def check(told: CardRead, reader: str, atr: str) -> None:
    """A read is well formed, whatever card it was."""
    assert (told.reader, told.atr) == (reader, atr)
    assert told.complete == (not told.missing)
    assert set(told.missing) <= KEYS
    assert all(getattr(told, key) for key in ("name", "idno", "card_no") if key not in told.missing)
    dates: list[Any] = [getattr(told, key) for key in DATES]
    assert all(re.fullmatch(r"(\d{4}-\d{2}-\d{2})?", date) for date in dates)
    assert not [secret for secret in (told.name, told.idno, told.card_no) if secret and secret in repr(told)]


def test_a_closed_driver_tells_nothing_more(rig: Rig) -> None:
    rig.device.watch(rig.heard)
    rig.heard.event("readers", rig.limit_s)
    rig.device.close()
    rig.put()
    again = rig.device
    again.watch(rig.heard)  # a second watcher hears of the card; the first would have told it before
    assert [rig.heard.event("inserted", rig.limit_s).kind] == ["inserted"]
    assert [told.kind for told in rig.heard.heard] == []
    again.close()


def test_who_declares_passwords_has_them_checked(rig: Rig, driver_id: str) -> None:
    way = registry.find(driver_id).pin
    if not way or rig.pin == "":
        pytest.skip("no password here: none declared, or a real card whose password nobody tells a test")
    rig.device.watch(rig.heard)
    rig.heard.event("readers", rig.limit_s)
    reader = rig.put()
    rig.heard.event("inserted", rig.limit_s)
    rig.device.verify_pin(reader, rig.pin if way == "typed" else "")
    if way == "typed":
        with pytest.raises(Fault) as caught:
            rig.device.verify_pin(reader, rig.pin[::-1])
        assert (caught.value.code, caught.value.detail.isdigit()) == ("pin-wrong", True)
    assert rig.device.read(reader).name  # a password opens and closes nothing else
    rig.take()
    rig.heard.event("removed", rig.limit_s)

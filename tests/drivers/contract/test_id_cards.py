"""What every driver that reads identity cards promises."""

from __future__ import annotations

import re
from dataclasses import fields

import pytest

from counter_app.problems import ROWS
from drivers.protocols import Fault, IdCardRead
from tests.fakes.rig import Rig

FAMILY = "cards"
READS = "idcard"
KEYS = {f.name for f in fields(IdCardRead)} - {"reader", "complete", "missing", "photo"}
DATES = ("birth_date", "valid_from", "valid_to")
KINDS = {"resident", "hmt", "foreigner", "foreigner_2023"}


def fault(rig: Rig, *reader: str) -> str:
    with pytest.raises(Fault) as caught:
        rig.device.read(*reader)
    assert caught.value.code in ROWS
    return caught.value.code


def test_without_a_card_reading_is_refused(rig: Rig) -> None:
    assert fault(rig) == "card-none"


def test_a_reader_that_is_not_there_is_refused(rig: Rig) -> None:
    assert fault(rig, "no reader of this name") == "reader-none"


def test_a_card_is_laid_on_read_and_lifted(rig: Rig) -> None:
    rig.device.watch(rig.heard)
    assert rig.heard.event("readers", rig.limit_s).readers
    reader = rig.put()
    assert rig.heard.event("inserted", rig.limit_s).reader == reader
    check(rig.device.read(reader), reader)
    rig.take()
    assert rig.heard.event("removed", rig.limit_s).reader == reader
    assert fault(rig, reader) == "card-none"


def check(told: IdCardRead, reader: str) -> None:
    """A read is well formed, whatever card it was."""
    assert told.reader == reader
    assert told.kind in KINDS
    assert told.complete == (not told.missing)
    assert set(told.missing) <= KEYS
    assert all(getattr(told, key) for key in ("name", "idno", "valid_to") if key not in told.missing)
    dates = [getattr(told, key) for key in DATES]
    assert all(re.fullmatch(r"(\d{4}-\d{2}-\d{2}|长期)?", date) for date in dates)
    secrets = (told.name, told.idno, told.address)
    assert not [secret for secret in secrets if secret and secret in repr(told)]


def test_a_closed_driver_tells_nothing_more(rig: Rig) -> None:
    rig.device.watch(rig.heard)
    rig.heard.event("readers", rig.limit_s)
    rig.device.close()
    rig.put()
    again = rig.device
    again.watch(rig.heard)
    rig.heard.event("inserted", rig.limit_s)
    assert [told.kind for told in rig.heard.heard] == []
    again.close()
    assert again.close() is None

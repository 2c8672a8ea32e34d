"""Which slots of a desk's readers are used, and in which order."""

from __future__ import annotations

from pathlib import Path

import pytest

from drivers.cards.slots import Slots, slots_of

CONTACT, PICC = "ACME Dual Reader [ICC] 00 00", "ACME Dual Reader [PICC] 01 00"


def slots(tmp_path: Path, reader: str = "", contactless: str = "", interface: int = 3) -> Slots:
    return Slots(reader, contactless, interface, str(tmp_path))


@pytest.mark.parametrize(
    ("name", "contactless"),
    [
        (PICC, True),
        (CONTACT, False),
        ("OMNIKEY 5422CL 00", False),  # CL inside a word says nothing
        ("OMNIKEY CardMan (076B:5421) 5421 (CL) 00 00", True),
        ("某厂 非接读卡器 0", True),
        ("ACS ACR1281 1S Dual Reader PICC 0", True),
        ("Gemalto Contactless 00", True),
    ],
)
def test_a_contactless_slot_is_known_by_its_name(tmp_path: Path, name: str, contactless: bool) -> None:
    assert slots(tmp_path).is_contactless(name) == contactless


@pytest.mark.parametrize(
    ("interface", "best", "wanted"),
    [
        (1, CONTACT, [CONTACT]),
        (2, PICC, [PICC]),
        (3, CONTACT, [CONTACT, PICC]),
        (4, PICC, [CONTACT, PICC]),
    ],
)
def test_the_interface_chooses_the_slot(tmp_path: Path, interface: int, best: str, wanted: list[str]) -> None:
    made = slots(tmp_path, interface=interface)
    assert [name for name in (CONTACT, PICC) if made.is_wanted(name)] == wanted
    assert made.best([PICC, CONTACT], newest="") == best
    made.release()


def test_of_one_kind_the_newest_card_is_read(tmp_path: Path) -> None:
    made = slots(tmp_path)
    assert made.best(["a", "b", PICC], newest="b") == "b"
    assert made.best(["a", PICC], newest=PICC) == "a"
    assert made.best([], newest="b") == ""
    made.release()


def test_named_slots_leave_every_other_alone(tmp_path: Path) -> None:
    made = slots(tmp_path, "front", "pad")
    assert [name for name in ("front", "pad", CONTACT, PICC) if made.is_wanted(name)] == ["front", "pad"]
    assert made.is_contactless("pad")


def test_no_such_interface_is_refused() -> None:
    with pytest.raises(ValueError, match="interface"):
        slots_of({"interface": 7}, "")

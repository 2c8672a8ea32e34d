"""The described identity card: words, defaults and what does not fit."""

from __future__ import annotations

import pytest

from drivers.cards import sdt
from drivers.cards.sdt_simulator_card import BadIdCard, IdCardSpec, Module


def test_what_the_number_says_need_not_be_said() -> None:
    spec = IdCardSpec.of({"idno": "371102197608201244"}, name="王敏")
    assert (spec.name, spec.sex, spec.birth_date) == ("王敏", "2", "1976-08-20")


@pytest.mark.parametrize("given", [{"nmae": "王"}, {"kind": "martian"}, {"name": "王" * 16}])
def test_a_senseless_description_is_refused(given: dict[str, str]) -> None:
    with pytest.raises(BadIdCard):
        IdCardSpec.of(given)


def test_the_module_finds_selects_and_reads_in_this_order_only() -> None:
    module = Module()
    codes = []
    for command in (sdt.FIND, sdt.SELECT, sdt.READ_BASE, b"\x77\x77"):
        codes.append(module.answer(command)[2])
    module.lay(IdCardSpec.of({"name": "王敏"}))
    for command in (sdt.SELECT, sdt.FIND, sdt.FIND, sdt.SELECT, sdt.READ_BASE, sdt.READ_ADDRESS, sdt.FIND):
        codes.append(module.answer(command)[2])
    module.lift()
    codes.append(module.answer(sdt.READ_BASE)[2])
    assert codes == [0x80, 0x81, 0x41, 0x21, 0x81, 0x9F, 0x9F, 0x90, 0x90, 0x91, 0x80, 0x41]

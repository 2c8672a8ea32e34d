"""What every driver of the family `vouchers` promises."""

from __future__ import annotations

import traceback

import pytest

from counter_app.problems import ROWS
from drivers.protocols import Fault
from tests.fakes.rig import Rig

FAMILY = "vouchers"


def test_a_fresh_code_is_a_person_with_a_number(rig: Rig) -> None:
    person = rig.device.resolve(rig.code, "01101")
    assert person.user_name
    assert person.id_no
    assert person.id_type == "01"
    assert not [
        secret for secret in (person.user_name, person.id_no, person.ec_token) if secret in repr(person)
    ]


@pytest.mark.parametrize("text", ["", "134567890123456789", "OW1T.abc", "424", "１" * 28])
def test_what_is_no_voucher_is_refused_by_name(rig: Rig, text: str) -> None:
    with pytest.raises(Fault) as caught:
        rig.device.resolve(text, "01101")
    assert caught.value.code == "voucher-other"


def test_an_unknown_code_is_refused_with_advice_and_without_the_code(rig: Rig) -> None:
    code = "4240000000" + "1" * 18
    with pytest.raises(Fault) as caught:
        rig.device.resolve(code, "01101")
    assert caught.value.code in {"voucher-expired", "voucher-refused", "voucher-other"}
    assert ROWS[caught.value.code].advice
    assert code not in "".join(traceback.format_exception(caught.value))


def test_closing_twice_is_nothing(rig: Rig) -> None:
    rig.device.close()
    assert rig.device.close() is None

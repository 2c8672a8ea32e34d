"""The virtual card answers as real cards do."""

from __future__ import annotations

import pytest

from drivers.cards.simulator_card import BadCard, CardSpec, VirtualCard
from drivers.cards.social_security import AID

SELECT = bytes.fromhex("00A404000F") + AID


def card(**spec: object) -> VirtualCard:
    made = VirtualCard(
        CardSpec.of({"name": "王敏", "idno": "11010519491231002X", "card_no": "X00000019", **spec})
    )
    made.answer(SELECT)
    return made


def ask(made: VirtualCard, *commands: str) -> str:
    return [made.answer(bytes.fromhex(command)).hex().upper() for command in commands][-1]


@pytest.mark.parametrize(
    ("commands", "answer"),
    [
        (("00A4020002EF05", "00B2070005"), "6C0B"),
        (("00A4020002EF05", "00B207000B"), "0709583030303030303139" + "9000"),
        (("00A4000002EF05", "00B2030006"), "0304322E3030" + "9000"),
        (("00A4020002EF06", "00B2010414"), "081231313031303531393439313233313030325" + "8" + "9000"),
        (("00A4020002EF06", "00B27F0005"), "6A83"),
        (("00A4020002EF0D",), "6A82"),
        (("00B2070005",), "6986"),
        (("0020000003123456",), "9000"),
        (("0020000003654321",), "63C5"),
        (("0088000010" + "00" * 8,), "6700"),
        (("008200011000",), "6700"),
        (("00A404000AA0000003330101010000",), "6A82"),
        (("00C0000010", "00C0000010"), "6985"),
    ],
)
def test_commands_and_answers(commands: tuple[str, ...], answer: str) -> None:
    assert ask(card(), *commands) == answer


def test_nothing_is_read_before_selection_and_a_reset_forgets_it() -> None:
    made = card()
    made.reset()
    assert ask(made, "00A4020002EF05") == "6985"


def test_a_version_3_card_denies_what_needs_psam() -> None:
    assert ask(card(version="3.00"), "00A4020002EF06", "00B2080014") == "6982"
    assert ask(card(version="3.00"), "00A4020002EF05", "00B2010012")[-4:] == "9000"


@pytest.mark.parametrize(
    "given",
    [
        {"nmae": "王"},
        {"name": 1},
        {"slow_ms": "10"},
        {"name": "王" * 26},
        {"name": "王" * 16, "version": "1.00"},
        {"idno": "1" * 19},
        {"card_id": "xyz"},
        {"region": "37"},
        {"expires_on": "soon"},
        {"records": {"EF05:07": "zz"}},
    ],
)
def test_a_description_that_means_nothing_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(BadCard):
        VirtualCard(CardSpec.of(given))

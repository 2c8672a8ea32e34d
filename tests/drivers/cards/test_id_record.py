"""Identity cards in a vendor library's words."""

from __future__ import annotations

import pytest

from drivers.cards.id_record import id_card, id_card_of
from tests.fakes.vendor import ID_RECORD, NAME, NUMBER


def test_a_record_is_read_whole() -> None:
    card = id_card_of(ID_RECORD.split("|"), "r")
    assert (card.name, card.idno, card.sex, card.ethnic_code) == (NAME, NUMBER, "2", "01")
    assert (card.birth_date, card.valid_from, card.valid_to) == ("1949-12-31", "2016-05-01", "长期")
    assert (card.complete, card.issuer) == (True, "示例市公安局")


@pytest.mark.parametrize("text", ["20160501", "2016-05-01", "2016.05.01", "2016年05月01日"])
def test_dates_in_every_dress(text: str) -> None:
    assert id_card({"valid_from": text}, "r").valid_from == "2016-05-01"


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("sex", "雄"),
        ("ethnic_code", "火星"),
        ("birth_date", "20160231"),
        ("birth_date", "2016.5.1"),
        ("name", "a\tb"),
    ],
)
def test_what_is_not_understood_is_missing(key: str, text: str) -> None:
    card = id_card({key: text}, "r")
    assert getattr(card, key) == ""
    assert key in card.missing


@pytest.mark.parametrize(
    ("text", "code"), [("汉", "01"), ("汉族", "01"), ("土家", "15"), ("基诺", "56"), ("11", "11")]
)
def test_peoples_by_name_or_code(text: str, code: str) -> None:
    assert id_card({"ethnic_code": text}, "r").ethnic_code == code

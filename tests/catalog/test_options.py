from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.catalog.model import Catalogue, Choice
from counter_app.catalog.options import matches, pick
from counter_app.problems import Problem

HOSPITALS = (
    Choice("H1", "市人民医院", ("一院",)),
    Choice("H2", "市中医医院"),
    Choice("H3", "妇幼保健院", ("fby",)),
    Choice("H4", "东港区人民医院"),
)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("h2", "H2"),
        ("市中医医院", "H2"),
        ("一院", "H1"),
        ("srmyy", "H1"),
        ("szy", "H2"),
        ("fuyou", "H3"),
        ("FBY", "H3"),
        ("市人民", "H1"),
        ("东港", "H4"),
        ("妇幼", "H3"),
        ("ｆｂｙ", "H3"),
    ],
)
def test_by_code_words_and_pinyin(typed: str, code: str) -> None:
    assert pick(typed, HOSPITALS).code == code


@pytest.mark.parametrize("typed", ["", "xyz", "医院", "人民医院附属", "9" * 1_000_000])
def test_nothing_or_a_mere_part_of_several_is_refused(typed: str) -> None:
    with pytest.raises(Problem) as caught:
        pick(typed, HOSPITALS, "hosp")
    assert (caught.value.code, caught.value.where) == ("field-choice", "hosp")


def test_what_the_journeys_of_the_counter_type(packs: Catalogue) -> None:
    region = packs.regions["rizhao"]
    assert pick("shs", region.admdvs).label == "上海市"
    assert pick("cqs", region.admdvs).label == "重庆市"
    assert pick("xiamen", region.admdvs).label == "厦门市"
    assert pick("370200", region.admdvs).label == "青岛市"
    assert pick("gxy", region.diseases).label == "高血压"
    assert pick("syy", region.institutions).code == "H37110200001"


@given(st.integers(0, 400))
def test_every_place_is_found_by_its_code_and_name(packs: Catalogue, place: int) -> None:
    places = packs.regions["rizhao"].admdvs
    choice = places[place % len(places)]
    assert pick(choice.code, places) == choice
    assert pick(choice.label, places) == choice


def test_nothing_typed_offers_the_list_in_its_order() -> None:
    assert matches(" ", HOSPITALS, 2) == HOSPITALS[:2]

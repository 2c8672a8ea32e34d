"""Institutions whose agreement is over, diseases with their four elements, dictionaries of a place."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from counter_app.__main__ import main
from counter_app.catalog.load import load_catalogue
from counter_app.catalog.model import Catalogue, FieldSpec
from counter_app.catalog.options import choices
from counter_app.catalog.values import display, normalise
from counter_app.problems import Problem, Problems

TODAY = date(2026, 11, 20)
HOSPITAL = FieldSpec("hosp", "定点医院", type="institution_code")
OVER = "H37028100007"


@pytest.mark.parametrize("typed", [OVER, "胶州示范解约医院", "解约医院", OVER.lower()])
def test_who_has_no_agreement_any_more_cannot_be_chosen(packs: Catalogue, typed: str) -> None:
    here = packs.regions["jiaozhou"]
    assert OVER not in {choice.code for choice in choices(HOSPITAL, here)}
    with pytest.raises(Problem) as refused:
        normalise(HOSPITAL, typed, here, TODAY)
    assert (refused.value.code, refused.value.where) == ("agreement-ended", "hosp")
    assert "胶州示范解约医院" in refused.value.cause


def test_an_old_case_keeps_the_words_of_who_was_chosen_then(packs: Catalogue) -> None:
    assert display(HOSPITAL, OVER, packs.regions["jiaozhou"]) == "胶州示范解约医院"


def test_others_of_the_same_name_are_still_found(packs: Catalogue) -> None:
    assert normalise(HOSPITAL, "胶州示范中医医院", packs.regions["jiaozhou"], TODAY) == "H37028100002"


def test_a_disease_has_its_four_elements_where_they_are_known(pack: Any) -> None:
    known = 'criteria = "甲"\nprocedure = "乙"\nreview = "两年"\nbenefit = "丙"\n'
    rows = f'[[diseases]]\ncode = "L1"\nlabel = "某病"\n{known}\n[[diseases]]\ncode = "L2"\nlabel = "他病"\n'
    pack.write("regions/here/diseases.toml", rows)
    first, second = load_catalogue(pack.folder).regions["here"].diseases[:2]
    assert dict(first.about) == {"criteria": "甲", "procedure": "乙", "review": "两年", "benefit": "丙"}
    assert second.about == ()


def test_a_dictionary_of_the_place_is_shown_with_its_rows(
    pack: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = '[[entry]]\nid = "stop"\nbook = "site"\nlabel = "村口服务点"\nvalue = 3\nsource = "X58"\n'
    pack.write("regions/here/dictionary.toml", lines)
    assert main(["regions", "show", "here", "--packs", str(pack.folder), "--json"]) == 0
    (entry,) = json.loads(capsys.readouterr().out)["entries"]
    assert (entry["id"], entry["value"], entry["source"], entry["default"]) == ("stop", 3, "X58", False)


@pytest.mark.parametrize("fault", ['book = "shelf"', 'book = "site"\nworth = 1'])
def test_a_dictionary_nobody_knows_is_refused(pack: Any, fault: str) -> None:
    pack.write("regions/here/dictionary.toml", f'[[entry]]\nid = "x"\nlabel = "x"\n{fault}\n')
    with pytest.raises(Problems) as refused:
        load_catalogue(pack.folder)
    assert {problem.code for problem in refused.value.problems} == {"pack-broken"}


def test_entries_stand_once_and_name_their_rows(packs: Catalogue) -> None:
    for region in packs.regions.values():
        ids = [entry.id for entry in region.entries]
        assert len(ids) == len(set(ids)), region.id
        assert all(entry.source for entry in region.entries), region.id
        for entry in (*region.book("mode"), *region.book("site"), *region.book("system")):
            named = entry.value if isinstance(entry.value, list | tuple) else ()
            assert {word for word in named if word[:2].isupper()} <= set(packs.types), entry.id


def test_forms_that_were_merged_are_asked_for_no_more(packs: Catalogue) -> None:
    merged = packs.regions["kuitun"].parameter("chronic.merged_forms", TODAY)
    assert merged is not None
    assert len(merged.value) == 4
    asked = {one.name for type_ in packs.types.values() for one in type_.materials}
    assert [name for name in asked if any(old in name for old in merged.value)] == []


def test_both_administrations_of_xinjiang_are_places(packs: Catalogue) -> None:
    places = {place.code: place.label for place in packs.regions["kuitun"].admdvs}
    assert {places[code] for code in ("650000", "660000")} == {"新疆维吾尔自治区", "新疆生产建设兵团"}

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from counter_app.catalog.load import load_catalogue
from counter_app.catalog.model import Catalogue
from counter_app.problems import Problem, Problems


def test_a_type_dropped_into_a_folder_works_without_code(pack: Any) -> None:
    found = load_catalogue(pack.folder)
    type_ = found.types["AA01"]
    assert [spec.key for spec in type_.fields][-2:] == ["kind", "begndate"]
    assert type_.fields[0].key == "psn_name"
    assert {item.code for item in type_.materials} >= {"M_ID", "M_FORM", "M_KINPROOF", "M_POA"}
    assert "M_GUARDIANPROOF" not in {item.code for item in type_.materials}
    assert type_.limits.promised_for("here", "two") == 0
    assert type_.offered_in["here"].level == "镇街"
    assert type_.is_instant("here", "one")
    assert type_.pack == found.pack == "onewindow-2026.11"
    share = found.regions["here"].parameter("share", date(2026, 11, 22))
    assert share is not None
    assert share.value == "0.5"


def test_a_folder_of_types_is_laid_over_the_programs_own(pack: Any) -> None:
    flat = pack.folder / "flat"
    flat.mkdir()
    (flat / "AA01.toml").write_text((pack.folder / "catalog/AA01.toml").read_text("utf-8"), "utf-8")
    found = load_catalogue(flat)
    assert {"AA01", "YD01"} <= set(found.types)
    assert "rizhao" in found.regions
    assert set(load_catalogue(pack.folder).types) == {"AA01"}, "a whole pack stands for itself"


def test_a_broken_pack_is_refused_whole_with_file_and_line(pack: Any) -> None:
    line = pack.change("form.kind == 'a'", "form.knid == 'a'")
    with pytest.raises(Problems) as caught:
        load_catalogue(pack.folder)
    (problem,) = caught.value.problems
    assert problem.where == f"catalog/AA01.toml:{line}"
    assert "form.knid" in problem.cause


def test_a_folder_that_is_not_there_or_empty(tmp_path: Any) -> None:
    for folder in (tmp_path / "nowhere", tmp_path):
        with pytest.raises(Problem) as caught:
            load_catalogue(folder)
        assert caught.value.code == "pack-empty"


def test_a_promise_may_differ_by_situation(pack: Any) -> None:
    pack.change("days = 0", 'situation = "two"\ndays = 9', "regions/here/region.toml")
    limits = load_catalogue(pack.folder).types["AA01"].limits
    assert limits.promised_for("here", "two") == 9
    assert limits.promised_for("here", "one") is None


def test_every_shipped_region_has_an_agency_windows_and_places(packs: Catalogue) -> None:
    assert set(packs.regions) == {"rizhao", "zaozhuang", "jiaozhou", "kuitun", "county57"}
    for region in packs.regions.values():
        assert region.agency["name"]
        assert region.groups
        assert len(region.admdvs) > 340
        assert region.diseases


def test_the_source_never_promised_what_another_province_did(packs: Catalogue) -> None:
    """ALL-01: the only promises are those of the five places themselves."""
    given = {
        (region, days)
        for type_ in packs.types.values()
        for (region, _), days in type_.limits.promised.items()
    }
    assert given <= {("rizhao", 0), ("zaozhuang", 9), ("zaozhuang", 3), ("kuitun", 20), ("county57", 3)}


def test_employers_never_answer_for_a_newborn(packs: Catalogue) -> None:
    assert "self" not in packs.types["CB06"].parties
    assert list(packs.types["CB01"].parties) == ["employer"]


def test_short_ways_of_writing(pack: Any) -> None:
    """Parties as flags, an offer as one word, situations as words, limits by situation in the type itself."""
    text = (pack.folder / "catalog/AA01.toml").read_text("utf-8")
    head, _, rest = text.partition("[[situations]]")
    fields = rest[rest.index("[[questions]]") :]
    head = head.replace('parties = ["self", "kin"]', "parties = { self = true, kin = true, heir = false }")
    head = head.replace(
        "[limits]", 'situations = ["one", "two"]\noffered_in = { here = "代收转" }\n\n[limits]'
    )
    pack.write("catalog/AA01.toml", head + "promised = { here = { two = 5 } }\n\n" + fields)
    pack.change("AA01 = { mode", "# AA01 = { mode", "regions/here/region.toml")
    type_ = load_catalogue(pack.folder).types["AA01"]
    assert list(type_.parties) == ["self", "kin"]
    assert [item.name for item in type_.situations] == ["one", "two"]
    assert type_.offered_in["here"].mode == "代收转"
    assert (type_.limits.promised_for("here", "two"), type_.limits.promised_for("here", "one")) == (5, 0)

from __future__ import annotations

import pytest

from counter_app.catalog import pinyin
from counter_app.catalog.model import Catalogue
from counter_app.catalog.options import pick
from counter_app.catalog.search import Entry, Index, entries, prepare, resolve

SMALL = Index(
    [
        Entry("A1", "异地就医备案", ("异地备案",), ("A1",)),
        Entry("A2", "异地报销", (), ("A2",)),
        Entry("A3", "生育津贴", (), ("A3", "SY99")),
        Entry("A4", "重大疾病登记", (), ("A4",)),
    ]
)


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("a2", ["A2"]),
        ("SY99", ["A3"]),
        ("异地", ["A1", "A2"]),
        ("备案", ["A1"]),
        ("yd", ["A1", "A2"]),
        ("ydba", ["A1"]),
        ("ydjyba", ["A1"]),
        ("yba", ["A1"]),
        ("syjt", ["A3"]),
        ("shengyu", ["A3"]),
        ("jintie", ["A3"]),
        ("zdjb", ["A4"]),
        ("ＹＤＢＡ", ["A1"]),
        ("zzz", []),
        ("不存在", []),
        ("x" * 100_000, []),
    ],
)
def test_what_fingers_type(typed: str, keys: list[str]) -> None:
    assert [entry.key for entry in SMALL.find(typed)] == keys


def test_better_ways_of_meaning_it_come_first() -> None:
    index = Index(
        [
            Entry("part", "办异地备案的事"),
            Entry("scattered", "异地再办备案"),
            Entry("heads", "异地备案"),
            Entry("code", "别的", (), ("YDBA",)),
        ]
    )
    assert [entry.key for entry in index.find("ydba")] == ["code", "heads", "scattered"]
    assert [entry.key for entry in index.find("异地备案")] == ["heads", "part"]


def test_usage_then_the_person_then_the_order() -> None:
    assert [entry.key for entry in SMALL.find("yd", usage={"A2": 3})] == ["A2", "A1"]
    assert [entry.key for entry in SMALL.find("yd", favoured={"A2"})] == ["A2", "A1"]
    assert [entry.key for entry in SMALL.find("", usage={"A4": 1}, limit=2)] == ["A4", "A1"]
    assert [entry.key for entry in SMALL.find("ydba", usage={"A2": 99})] == ["A1"]


def test_the_journeys_of_the_counter(packs: Catalogue) -> None:
    index = Index(entries(packs, "rizhao"))
    for typed, key in {"ydba": "YD01", "mtb": "MT02", "sgbx": "BX02", "gjbd": "GZ02", "xse": "CB06"}.items():
        assert index.find(typed)[0].key == key, typed
    assert index.find("异地安置")[0].key == "YD01/retired"


def test_what_has_been_merged_is_found_by_its_old_id_and_name(packs: Catalogue) -> None:
    assert resolve(packs, "YD02") == ("YD01", "resident")
    assert resolve(packs, "yd03") == ("YD01", "worker")
    assert resolve(packs, "常驻异地工作人员备案") == ("YD01", "worker")
    assert resolve(packs, "BX04") == ("BX02", "lost")
    assert resolve(packs, "CB02") == ("CB01", "")
    assert resolve(packs, "YD01") == ("YD01", "")
    assert resolve(packs, "QQ99") is None


def test_only_what_the_region_offers(packs: Catalogue) -> None:
    assert "MT02/green" in {entry.key for entry in entries(packs, "kuitun")}
    assert "MT02/green" not in {entry.key for entry in entries(packs, "rizhao")}


def test_after_preparing_no_list_is_worked_out_again(packs: Catalogue) -> None:
    index = prepare(packs, "rizhao")
    worked_out = pinyin.spellings.cache_info().misses
    assert pick("xiamen", packs.regions["rizhao"].admdvs).label == "厦门市"
    assert pick("mxzs", packs.regions["rizhao"].diseases).label == "慢性阻塞性肺疾病"
    assert index.find("ydba")
    assert pinyin.spellings.cache_info().misses == worked_out

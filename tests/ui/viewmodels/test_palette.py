from __future__ import annotations

from collections.abc import Sequence

from tests.fakes import snapshots as s
from ui import keymap
from ui.ports import PaletteRow
from ui.viewmodels.palette import is_slow, rows


def search(text: str) -> Sequence[PaletteRow]:
    if text.startswith(">"):
        return (PaletteRow("command", "hold", "挂起当前号", "", "Ctrl+H"),)
    return (PaletteRow("type", "YD01", "异地安置退休人员备案"), PaletteRow("type", "ZZ01", "其他"))


def test_nothing_typed_offers_what_the_visit_suggests_first_and_each_once() -> None:
    codes = [row.code for row in rows("", s.KNOWN, search)]
    assert codes[0] == "YD01"
    assert codes.count("YD01") == 1
    assert "ZZ01" in codes


def test_commands_are_the_counters_and_the_desks() -> None:
    codes = [row.code for row in rows(">", s.KNOWN, search)]
    assert codes[0] == "hold"
    assert {"theme", "speaker", "add_person"} <= set(codes)


def test_help_finds_keys_by_words_and_initials() -> None:
    (row,) = rows("?锁屏，立即", s.KNOWN, search)[:1]
    assert (row.code, row.shortcut) == ("lock", "F12")
    assert any(row.code == "bring_over" for row in rows("?zscdr", s.KNOWN, search))
    assert len(rows("?", s.KNOWN, search)) > 20
    assert all(row.code in {key.action for key in keymap.KEYS} for row in rows("?", s.KNOWN, search))


def test_only_people_numbers_and_filings_ask_the_store() -> None:
    assert is_slow("@lgf")
    assert is_slow("#261122")
    assert is_slow("<异地")
    assert not is_slow("ydjy")
    assert not is_slow(">gq")


def test_a_person_is_found_by_the_code_of_a_rare_character() -> None:
    asked: list[str] = []

    def looked(text: str) -> Sequence[PaletteRow]:
        asked.append(text)
        return ()

    for typed in ("@王U+4DAE", "@王u+20c8e", "@王"):
        rows(typed, s.KNOWN, looked)
    assert asked == ["@王䶮", "@王𠲎", "@王"]

"""The catalogue's own words on a citizen's screens: nothing of a matter is left in Chinese alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
import tomli

from counter_app.catalog.load import load_catalogue
from counter_app.catalog.model import FieldSpec, TransactionType
from counter_app.catalog.papers import PAPERS
from counter_app.catalog.tongues import BESIDE, CHINESE, LEFT_TO_RIGHT, SCREENS, read_tongue, tongue, tongues
from counter_app.problems import ROWS
from counter_app.services.parking import CHANNEL
from counter_app.services.self_steps import CLERKS, SIGNED
from ui import words
from ui.kiosk.question import LONGEST_SAID
from ui.tongues import MOST_LETTERS, aloud

ROOT = Path(__file__).resolve().parents[2]
PACKS = load_catalogue()
KIOSK = [kind for kind in PACKS.types.values() if CHANNEL in kind.channels]
ELSEWHERE = [kind for kind in PACKS.types.values() if CHANNEL not in kind.channels]
OTHERS = [code for code in tongues() if code != CHINESE]
HAN = re.compile("[\u4e00-\u9fff]")
# No citizen takes these home.
INTERNAL = frozenset({"原件交接单", "转办（移送）单", "批量业务受理清单", "日终扎账单"})
# Refusals an answer at a machine may meet, and why a matter cannot be done there.
MET = (
    *("field-rule", "field-choice", "field-too-long", "field-admdvs", "field-money-range", "not-found"),
    *("idno-length", "idno-check", "idno-date", "idno-chars", "person-unknown", "hub-away"),
)
ENDS = ("person-deceased", "party-not-allowed", "agent-incomplete", "commitment-barred")
AWAY = ("type-offline", "type-cache-only")


def of_field(spec: FieldSpec) -> Iterator[str]:
    """Everything of a field that is read, without the names of places and institutions."""
    yield from (spec.label, spec.plain_label, spec.hint, spec.rule_text)
    yield from (choice.label for choice in spec.choices)
    for column in spec.columns:
        yield from of_field(column)


def of_matter(kind: TransactionType) -> Iterator[str]:
    """Everything of a matter that a citizen is shown."""
    yield from (kind.name, kind.plain_name, *kind.notices)
    for situation in kind.situations:
        yield from (situation.name, situation.title)
    for spec in kind.fields:
        yield from of_field(spec)
    for material in kind.materials:
        yield from (material.name, material.note, material.commit_text)
    yield from (one.text for one in kind.questions if one.name not in CLERKS)


def left(code: str, told: Iterable[str]) -> list[str]:
    """What has no words in a language."""
    spoken = tongue(code)
    return sorted({text for text in told if HAN.search(text) and not spoken.known(text)})


@pytest.mark.parametrize("code", OTHERS)
def test_every_word_of_a_kiosks_matters_is_in_every_language(code: str) -> None:
    told = [text for kind in KIOSK for text in of_matter(kind)]
    assert len(KIOSK) > 15
    assert len(set(told)) > 250
    assert left(code, told) == []


@pytest.mark.parametrize("code", OTHERS)
def test_every_word_of_a_counters_matters_is_in_every_language(code: str) -> None:
    """The citizen's screen shows what the clerk typed, in matters that no kiosk does."""
    told = [text for kind in ELSEWHERE for text in of_matter(kind)]
    assert len(ELSEWHERE) > 50
    assert len(set(told)) > 700
    assert left(code, told) == []


@pytest.mark.parametrize("code", OTHERS)
def test_the_titles_of_papers_have_words(code: str) -> None:
    assert left(code, [title for title in PAPERS.values() if title not in INTERNAL]) == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_paper_is_called_on_the_screen_what_is_printed_on_it(code: str) -> None:
    shown, printed = tongue(code).words, read_tongue(f"forms/tongues/{code}.toml").words
    both = [title for title in PAPERS.values() if title in shown and title in printed]
    assert len(both) > 20
    assert [title for title in both if shown[title] != printed[title]] == []


@pytest.mark.parametrize("code", OTHERS)
def test_the_groups_of_every_region_have_their_names(code: str) -> None:
    groups = [group.name for region in PACKS.regions.values() for group in region.groups]
    assert len(PACKS.regions) == 5
    assert left(code, groups) == []


@pytest.mark.parametrize("code", OTHERS)
def test_refusals_of_an_answer_have_words(code: str) -> None:
    filled = {name: (ROWS[name].cause + ROWS[name].advice).replace("{detail}", "2026") for name in MET}
    told = [*(f"✕ {ROWS[name].title}" for name in MET), *filled.values()]
    told += [ROWS[name].cause.replace("{detail}", "2026") for name in (*ENDS, *AWAY)]
    assert left(code, told) == []


@pytest.mark.parametrize("code", ["en", "ug", "kk_Arab"])
def test_a_rule_that_was_broken_is_said_whole(code: str) -> None:
    rules = {spec.rule_text for kind in KIOSK for spec in kind.fields if spec.rule_text}
    told = [tongue(code).say(rule + ROWS["field-rule"].advice) for rule in rules]
    assert len(told) > 20
    assert [text for text in told if HAN.search(text)] == []


@pytest.mark.parametrize("code", OTHERS)
def test_a_line_of_the_check_page_is_said_whole(code: str) -> None:
    states = [words.MATERIAL[one][1].lstrip("✓✕◆－ ") for one in words.MATERIAL if one != "not_needed"]
    told = [f"亲属关系材料　{state}" for state in states]
    told += ["亲属关系材料　容缺，2026-12-04 前补交", "王*　女 · 36 岁　3711********1244", "变更项 1"]
    told += [f"{words.PARTY[one]}　王*" for one in words.PARTY if one != "self"]
    told += [
        "亲友代办　王*（配偶）",
        "单位经办人　王*（单位经办）",
        "王*　单位　91371102MA3EXAMP0L",
        "变更项 联系电话　原值 138　新值 139",
    ]
    assert left(code, told) == []
    if not code.startswith("zh"):
        shown = [tongue(code).say(text).replace("王*", "") for text in told]
        assert [text for text in shown if HAN.search(text)] == []


def asked(kind: TransactionType) -> Iterator[str]:
    """What the pages of a matter say when they come."""
    yield from (f"请填写{spec.label}" for spec in kind.fields)
    yield from (spec.plain_label for spec in kind.fields if spec.plain_label)
    yield from (one.text for one in kind.questions if one.name not in CLERKS)
    for material in kind.materials:
        told = "请看清楚，同意后签收：" if material.form == SIGNED else "还要一份材料："
        yield f"{told}{material.name}"


@pytest.mark.parametrize("code", ["en", "ug", "kk_Arab"])
def test_every_question_of_a_matter_is_said_in_the_language(code: str) -> None:
    told = {text[:LONGEST_SAID] for kind in KIOSK for text in asked(kind)}
    said = {text: aloud(text, code)[0] for text in told}
    assert [text for text, words in said.items() if not 0 < len(words) <= MOST_LETTERS] == []


@pytest.mark.parametrize("code", OTHERS)
def test_no_phrase_stands_in_two_tables(code: str) -> None:
    files = [ROOT / "resources" / folder / f"{code}.toml" for folder in (SCREENS, *BESIDE)]
    tables = [tomli.loads(file.read_text("utf-8"))["words"] for file in files]
    every = [text for table in tables for text in table]
    assert sorted({text for text in every if every.count(text) > 1}) == []


def test_a_list_alone_is_said_part_by_part() -> None:
    assert tongue("en").known("地址、其他") == "Address, Other"
    assert tongue("en").known("地址、某某") == ""  # half a list helps nobody
    assert tongue("zh_Hant").known("缴费记录、个人账户") == "繳費記錄、個人賬戶"
    assert tongue("zh_Hant").say("请取走：缴费记录、某某") == "請取走：繳費記錄、某某"
    assert tongue("en").known("普通门诊统筹签约　2026-11-22").endswith("　2026-11-22")
    assert f"{LEFT_TO_RIGHT}2026-11-22" in tongue("ug").known("亲属关系材料　2026-11-22")


def test_what_is_owed_is_said_name_by_name_with_its_day() -> None:
    told = tongue("en").say("还需补交：学籍材料（2026-12-04 前）；结婚证（2026-12-05 前）")
    assert told.count("(by 2026-12-0") == 2
    assert not HAN.search(told)


def test_a_matter_named_with_a_list_is_not_cut_at_its_last_part() -> None:
    told = tongue("en").known("请核对：门诊慢特病备案撤销、终止")
    assert told == "Please check: Chronic disease: withdrawing or ending registration"


def test_a_row_of_a_table_is_said_label_by_label() -> None:
    assert tongue("en").known("收费票据 2") == "Bill 2"
    assert tongue("en").known("姓名 王敏　电话 138****1234　备注 示例") == (
        "Name 王敏　Telephone 138****1234　Remarks 示例"
    )
    assert tongue("en").known("某某 2") == ""

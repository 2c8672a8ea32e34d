"""The words the view-models make of codes."""

from __future__ import annotations

from dataclasses import replace

from counter_app.domain.cases import MaterialState
from counter_app.domain.people import EvidenceKind, PartyKind
from tests.fakes import snapshots as s
from tests.fakes.case_snapshots import BX02, YD01
from tests.fakes.visit import PERSON
from ui import words
from ui.viewmodels.people import banner, chips, speaker, told_apart
from ui.viewmodels.status import device_chips, visit_chips
from ui.viewmodels.verdict import material_line, material_sign, verdict, why_not


def test_every_code_of_the_domain_has_words() -> None:
    assert set(words.EVIDENCE) == {kind.value for kind in EvidenceKind}
    assert set(words.PARTY) == {kind.value for kind in PartyKind}
    assert set(words.MATERIAL) == {state.value for state in MaterialState}


def test_every_option_of_every_question_has_words() -> None:
    options = {
        "second_card": "agent replace related cancel",
        "witness": "verified doubtful",
        "leave": "stay finish hold",
        "deceased": "heir cancel",
        "expired": "other_document go_on",
        "resume": "resume discard",
        "confirm_refuse": "yes no",
    }
    assert set(options) == set(words.PROMPTS)
    assert all(code in words.OPTIONS for codes in options.values() for code in codes.split())


def test_the_banner_says_how_surely_we_know() -> None:
    assert ("warn", "▲ 待核人证") in chips(PERSON)
    assert ("ok", "✓ 人证已核") in chips(replace(PERSON, witness="verified"))
    assert ("quiet", "卡已取走") in chips(replace(PERSON, card_present=False))
    assert ("warn", "▲ 手工录入，证件未验") in chips(replace(PERSON, evidence="typed"))
    assert chips(replace(PERSON, deceased=True))[0] == ("quiet", "登记为已故")
    assert "个账 ¥3,218.40" in banner(PERSON).details
    assert banner(s.EMPLOYER).about == "单位"


def test_no_chip_speaks_by_colour_alone() -> None:
    for kind, said in (*chips(s.LONG_PERSON), *visit_chips(s.LONG), *device_chips((("card", False, ""),))):
        assert kind == "quiet" or said[0] in "✓▲✕●◆", said


def test_the_speaker_is_never_called_the_insured() -> None:
    assert speaker(s.KNOWN.speaker).title == "本人办理"
    said = speaker(s.SPEAKER)
    assert said.title == "亲友代办　王*（子女）"
    assert said.line.startswith("还缺：联系电话")


def test_people_of_one_name_are_told_apart() -> None:
    first = replace(s.DAUGHTER, key="a", name="李*芳", certno="370102********1526")
    second = replace(first, key="b", certno="370102********2244")
    child = replace(first, key="c", certno="", age=3)
    other = replace(first, key="d", name="王*")
    assert told_apart((first, second, child, other)) == {
        "a": "李*芳（尾号 1526）",
        "b": "李*芳（尾号 2244）",
        "c": "李*芳（3 岁）",
        "d": "王*",
    }


def test_the_verdict_names_days_date_and_doubt() -> None:
    said = verdict(BX02)
    assert said is not None
    assert said.headline == "承诺 20 个工作日，应于 2026-12-28 前办结（节假日未公布，暂估）"
    assert "本机时间可疑" in said.detail
    assert YD01.verdict is not None
    minutes = replace(YD01.verdict, kind="unknown", arrive_by="2026-11-22 10:00")
    repair = verdict(replace(YD01, verdict=minutes))
    assert repair is not None
    assert "2026-11-22 10:00 前到场" in repair.headline
    offline = verdict(replace(YD01, offline_class="accept_only"), online=False)
    assert offline is not None
    assert offline.kind == "warn"


def test_a_material_says_form_count_and_date() -> None:
    by_code = {m.code: m for m in YD01.materials}
    assert material_line(by_code["M_SETTLE"]) == "复印件 · 1 份"
    assert "2026-11-29 前补交" in material_line(by_code["M_AGENT"])
    assert material_sign(replace(by_code["M_SETTLE"], required=False)) == ("quiet", "－ 可不交")
    assert "“授权委托书”是主要材料" in why_not("material-no-defer", "授权委托书")

"""The tables of languages: the same phrases, the same places, numbers that never turn round."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from counter_app.catalog.tongues import CHINESE, END, LEFT_TO_RIGHT, places, tongue, tongues
from counter_app.problems import ROWS
from ui.plain_words import plain, plain_words
from ui.tongues import MOST_LETTERS, aloud, said_by
from ui.words import MATERIAL

ROOT = Path(__file__).resolve().parents[2]
OTHERS = [one for code, one in tongues().items() if code != CHINESE]
WANTED = {CHINESE, "zh_Hant", "en", "ug", "kk_Arab"}
# What those faces are handed: words of states and answers, questions, help.
BEHIND = (
    "ui/words.py",
    "counter_app/services/self_steps.py",
    "counter_app/domain/tickets.py",
    "counter_app/domain/notices.py",
    "counter_app/services/hall/orders.py",
    "counter_app/domain/ticket_slip.py",
    "counter_app/domain/ratings.py",
    "counter_app/documents/verify.py",
    "counter_app/seals/receipts.py",
    "counter_app/catalog/papers.py",
    "resources/help/kiosk.toml",
)


def sources() -> str:
    """Every line of the faces a citizen sees."""
    folders = ("ui/kiosk", "ui/citizen", "ui/faces", "ui/widgets", "ui/viewmodels")
    files = [file for folder in folders for file in (ROOT / folder).rglob("*.py")]
    files.append(ROOT / "counter_app/services/hall/sentences.py")  # what stands on the board
    files += [ROOT / name for name in BEHIND]
    files += sorted((ROOT / "resources/catalog").glob("*.toml"))
    files += sorted((ROOT / "resources/regions").glob("*/region.toml"))  # the groups of a hall
    refusals = [f"✕ {row.title} {row.cause}{row.advice}" for row in ROWS.values()]
    refusals.append(MATERIAL["deferred"][1].lstrip("◆ ") + "，")  # as a line of the check page begins
    return "\n".join([*(file.read_text("utf-8").replace("\\n", "\n") for file in files), *refusals])


def test_every_language_is_there() -> None:
    assert set(tongues()) == WANTED
    assert next(iter(tongues())) == CHINESE


@pytest.mark.parametrize("one", OTHERS, ids=lambda one: one.code)
def test_no_phrase_is_missing_and_every_place_is_kept(one: object) -> None:
    spoken = tongue(one.code)  # type: ignore[attr-defined]
    assert set(spoken.words) == set(tongue("en").words)
    wrong = [text for text, words in spoken.words.items() if places(text) != places(words)]
    assert wrong == []
    assert [text for text, words in spoken.words.items() if not words.strip()] == []


@pytest.mark.parametrize("one", OTHERS, ids=lambda one: one.code)
def test_a_language_says_which_hands_wrote_it(one: object) -> None:
    text = (ROOT / "resources" / "languages" / f"{one.code}.toml").read_text("utf-8")  # type: ignore[attr-defined]
    assert "reviewed = false" in text or "reviewed = true" in text
    if one.is_right_to_left:  # type: ignore[attr-defined]
        assert "NON-NATIVE" in text or "reviewed = true" in text


def test_every_phrase_still_stands_on_a_screen() -> None:
    """A phrase whose Chinese was changed would never be found again."""
    shown = sources()
    gone = []
    for text in tongue("en").words:
        parts = [part for part in re.split(r"\{\w+\}", text) if part.strip()]
        gone += [text for part in parts if part.strip() not in shown]
    assert gone == []


def test_arabic_script_is_written_in_arabic_script() -> None:
    for code in ("ug", "kk_Arab"):
        for text, words in tongue(code).words.items():
            letters = [c for c in words if c.isalpha() and not (c.isascii() and c in text)]
            assert letters, text
            assert all("\u0600" <= c <= "\u06ff" for c in letters), (code, text)


def test_a_place_is_filled_and_stays_left_to_right() -> None:
    told = "前面还有 3 人，大约等 5 至 12 分钟"
    assert tongue("en").say(told) == "3 ahead of you, about 5 to 12 minutes"
    assert f"{LEFT_TO_RIGHT}12{END}" in tongue("ug").say(told)


def test_what_is_in_no_table_is_shown_as_it_is_and_never_turned_round() -> None:
    number = "371102********1244"
    assert tongue("en").say(number) == number
    assert tongue("kk_Arab").say(number) == f"{LEFT_TO_RIGHT}{number}{END}"
    assert tongue("ug").say("") == ""


def test_chinese_and_unknown_codes_change_nothing() -> None:
    assert said_by(CHINESE, False) is None
    assert tongue("xx").say("返回") == "返回"


def test_what_is_said_aloud_is_whole_in_one_language_or_not_said() -> None:
    assert aloud("谢谢您。请取走证件。", CHINESE) == ("谢谢您。请取走证件。", "")
    assert aloud("谢谢您。请取走证件。", "zh_Hant") == ("谢谢您。请取走证件。", "")
    assert aloud("谢谢您。请取走证件。", "en") == ("Thank you. Please take your card.", "en")
    assert aloud("异地就医登记备案表", "en") == ("", "en")
    assert aloud("异地就医，不对。", "ug") == ("", "ug")
    long = "还要一份材料：异地工作证明（派出证明、异地单位证明或劳动合同，任一）"
    assert 0 < len(aloud(long, "ug")[0]) <= MOST_LETTERS
    assert "(" in aloud("还要一份材料：亲属关系材料（户口簿、结婚证等）", "en")[0]
    said, code = aloud("您的号是 A 0 1 2，请取号票。", "ug")
    assert code == "ug"
    assert LEFT_TO_RIGHT not in said


def test_plain_words_change_whole_labels_only() -> None:
    assert plain("个人账户余额") == "卡里还剩多少钱"
    assert plain("职工医保个人账户家庭共济绑定") == "职工医保个人账户家庭共济绑定"
    say = said_by(CHINESE, True)
    assert say is not None
    assert say("联系电话") == "电话号码"
    assert not [word for word, said in plain_words().items() if word == said or not said]

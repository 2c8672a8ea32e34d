"""No sentence of ours is left in Chinese alone on what a citizen looks at: every literal has its words."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.catalog.tongues import CHINESE, tongue, tongues
from counter_app.problems import ROWS
from ui.faces.kiosk_covers import SAID
from ui.kiosk_registry import screens
from ui.page_help import page_helps
from ui.tongues import aloud

ROOT = Path(__file__).resolve().parents[2]
SHOWN = (
    "ui/kiosk/*.py",
    "ui/citizen/*.py",
    "ui/widgets/touch*.py",
    "ui/widgets/check_lines.py",
    "ui/widgets/citizen_page.py",
    "ui/widgets/ink.py",
    "ui/faces/kiosk.py",
    "ui/faces/kiosk_covers.py",
    "ui/faces/kiosk_tools.py",
    "ui/faces/citizen.py",
    "ui/viewmodels/citizen.py",
    "counter_app/services/self_steps.py",
    "counter_app/services/hall/sentences.py",
)
# What stands in Chinese on purpose: who is meant is not the citizen, or it is a piece of a longer phrase.
ALONE = frozenset(
    {
        "退出自助终端", "请输入管理口令", "取消",  # the manager's, behind five taps
        "一窗 · 群众副屏",  # the name of a window, never drawn
        "群众核对", "群众在{}上指出不对：{}", "群众在{}上按了“有误”",  # what is written down about a case
        "年", "月", "日 ", "时", "分",  # signs between digits while a day is typed
        "{}（{} 前）", "{}，{} 前补交",  # parts of one line beside the name of a material
        "请 {} 号，到 {} 号窗口。",  # the hall's own call, in Chinese
        "请选择", "请填写",  # joined in one phrase: 请选择{label}
    }
)  # fmt: skip
# Refusals somebody meets at a machine. Others are rare and long: in Chinese, with a way to help.
MET = (
    *("kiosk-window", "kiosk-expired", "kiosk-other-card", "kiosk-scan", "kiosk-typed", "field-required"),
    *("field-date", "field-month", "field-number", "field-money", "field-phone", "field-bank-card"),
)
HAN = re.compile("[\u4e00-\u9fff]")
OTHERS = [code for code in tongues() if code != CHINESE]


def literals(source: str) -> Iterator[str]:
    """Every Chinese string of a module but its docstrings; what is put in at run time as {}."""
    tree = ast.parse(source)
    bodies = (ast.Module, ast.ClassDef, ast.FunctionDef)
    first = [node.body[0] for node in ast.walk(tree) if isinstance(node, bodies) and node.body]
    seen = {id(one.value) for one in first if isinstance(one, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            seen |= {id(one) for one in node.values}
            text = "".join(str(one.value) if isinstance(one, ast.Constant) else "{}" for one in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in seen:
            text = node.value
        else:
            continue
        if re.search("[\u4e00-\u9fff]", text):
            yield text


def phrases(code: str) -> set[str]:
    """What a language has words for, its places without names."""
    return {re.sub(r"\{\w+\}", "{}", text) for text in tongue(code).words}


@pytest.mark.parametrize("code", OTHERS)
def test_every_sentence_of_a_citizens_screen_has_words(code: str) -> None:
    files = [file for pattern in SHOWN for file in sorted(ROOT.glob(pattern))]
    assert len(files) > 40
    known = phrases(code) | ALONE
    left = {(f.name, one) for f in files for one in literals(f.read_text("utf-8")) if one not in known}
    assert left == set()


def test_nothing_is_excused_that_is_not_there() -> None:
    told = {one for p in SHOWN for file in ROOT.glob(p) for one in literals(file.read_text("utf-8"))}
    assert told >= ALONE
    assert list(literals('"""甲"""\nx = f"乙{1}"\ny = ("丙", "z")')) == ["乙{}", "丙"]


@pytest.mark.parametrize("code", OTHERS)
def test_the_help_of_every_page_is_there_in_every_language(code: str) -> None:
    spoken = tongue(code)
    told = [words for one in page_helps("kiosk").values() for words in (one.title, one.about, *one.wrong)]
    assert [words for words in told if not spoken.known(words)] == []


@pytest.mark.parametrize("code", OTHERS)
def test_refusals_somebody_meets_have_words(code: str) -> None:
    spoken = tongue(code)
    for name in MET:
        row = ROWS[name]
        assert spoken.known(f"✕ {row.title}"), name
        assert spoken.known((row.cause + row.advice).replace("{detail}", "2026")), name


def test_a_place_that_is_a_phrase_itself_is_said_in_the_language_too() -> None:
    assert tongue("en").say("怎么用：签名") == "Help: Signature"
    assert tongue("en").say("请填写联系电话") == "Please fill in: Telephone"
    assert "3,218.40" in tongue("ug").say("3,218.40 元")


@pytest.mark.parametrize("code", ["en", "ug", "kk_Arab"])
def test_what_a_machine_says_is_said_in_every_language(code: str) -> None:
    fixed = [one.say for one in screens().values() if one.say.__name__ == "<lambda>"]
    told = [say(None) for say in fixed]  # type: ignore[arg-type]
    told += [one.about for one in page_helps("kiosk").values()] + list(SAID.values())
    assert len(told) > 35
    assert [words for words in told if aloud(words, code)[1] != code or not aloud(words, code)[0]] == []


def test_the_names_of_a_list_are_said_one_by_one() -> None:
    assert not HAN.search(tongue("en").say("请取走：业务办理回执、容缺受理告知承诺书"))
    assert tongue("ug").say("请取走：甲、业务办理回执").count("\u2066") == 1

"""A decided case says what the core platform made of it, and is looked at again until that is known."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QLabel

from tests.fakes.review_messages import DONE, REFUSED, UNKNOWN, decided
from tests.fakes.review_place import Place, settle


def words(made: Place) -> str:
    return "\n".join(one.text() for one in made.desk.findChildren(QLabel) if one.isVisible())


def test_the_case_and_its_story_say_how_the_message_stands(reviewed: Any, qtbot: Any) -> None:
    made = reviewed(case="case-2")
    assert "核心系统" not in words(made)
    decided(qtbot, made, REFUSED)
    assert "✕ 核心系统 被拒" in words(made)
    assert "被拒，人员待遇享受已暂停" in words(made)


def test_it_is_looked_at_again_until_it_is_known(reviewed: Any, qtbot: Any) -> None:
    made = reviewed(case="case-2")
    decided(qtbot, made, UNKNOWN)
    assert "▲ 核心系统 不明" in words(made)
    made.port.sheets["case-2"] = replace(made.port.sheets["case-2"], messages=(DONE,))
    made.model.refresh()
    settle(qtbot, made)
    assert "✓ 核心系统 成功" in words(made)

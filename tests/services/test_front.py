"""What a window says of itself follows from the snapshot alone, and names nobody."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.services.front import Front, front_of, screen_words, strip_words
from counter_app.services.visit_view import VisitView
from tests.fakes import snapshots as s


@pytest.mark.parametrize(
    ("view", "state"),
    [
        (s.EMPTY, "open"),
        (replace(s.EMPTY, locked=True), "paused"),
        (s.CALLED, "calling"),
        (s.KNOWN, "serving"),
        (replace(s.KNOWN, locked=True), "serving"),
        (replace(s.EMPTY, visit_open=True), "serving"),
    ],
)
def test_each_moment_of_a_visit(view: VisitView, state: str) -> None:
    assert front_of(view).state == state


def test_a_name_is_masked_even_while_the_clerk_looks_at_it() -> None:
    person = replace(s.KNOWN.principals[0], name="欧阳小芳", revealed=True)
    front = front_of(replace(s.KNOWN, principals=(person, *s.KNOWN.principals[1:])))
    assert front.name == "欧**芳"
    assert "芳" not in repr(front)
    assert "芳" not in strip_words(front)[0]


@pytest.mark.parametrize(
    ("state", "strip", "screen"),
    [
        ("open", ("3号窗口 欢迎办理", "green"), "正在为您办理"),
        ("paused", ("3号窗口 暂停服务", "yellow"), "窗口暂停服务，请稍候"),
        ("calling", ("请A016号到3号窗口", "red"), "请到本窗口办理"),
        ("serving", ("3号窗口 正在办理 A016", "green"), "正在为您办理"),
    ],
)
def test_strip_and_screen_say_the_same(state: str, strip: tuple[str, str], screen: str) -> None:
    front = Front(state, "3", "A016")  # type: ignore[arg-type]
    assert strip_words(front) == strip
    assert screen_words(front) == screen
    assert strip_words(replace(front, ticket=""))[0].strip() == strip_words(replace(front, ticket=""))[0]

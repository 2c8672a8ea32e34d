"""The citizen's screen by itself: every page at the sizes halls have, and what is left behind (nothing)."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QScrollArea

from counter_app.services.visit_view import FieldView
from drivers.protocols import LEVELS, Rating, Signature
from tests.album.citizen import PAGES, ROOMS
from tests.album.judge import SCREENS
from tests.fakes import snapshots as s
from tests.fakes.case_snapshots import BX02
from tests.ui import checks
from ui.citizen.rate import WORDS
from ui.faces.citizen import CitizenWindow
from ui.theme import load
from ui.tongues import tongue
from ui.viewmodels import citizen as c
from ui.widgets.check_lines import CheckLines


@pytest.fixture
def screen(qtbot: Any, qapp_dressed: QApplication) -> Any:
    """`screen(page, size)`: the window with a page on it, laid out."""
    made: list[CitizenWindow] = []

    def show(page: c.CitizenPage, size: tuple[int, int] = (1280, 800), theme: str = "light") -> CitizenWindow:
        window = CitizenWindow(load(theme, 100))
        made.append(window)
        window.resize(*size)
        window.show()
        qtbot.waitExposed(window)
        window.put(page)
        for _ in range(8):
            QApplication.processEvents()
        return window

    yield show
    for window in made:
        window.end()
        window.deleteLater()


def words_of(window: CitizenWindow) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel))


def button(window: CitizenWindow, text: str) -> QAbstractButton:
    found = [b for b in window.findChildren(QAbstractButton) if b.text() == text and b.isVisible()]
    assert found, [b.text() for b in window.findChildren(QAbstractButton) if b.isVisible()]
    return found[0]


def press(window: CitizenWindow, text: str) -> None:
    QTest.mouseClick(button(window, text), Qt.MouseButton.LeftButton)


def answers(window: CitizenWindow) -> list[Any]:
    heard: list[Any] = []
    window.answered.connect(lambda page, answer: heard.append(answer))
    return heard


def draw_name(window: CitizenWindow) -> None:
    field = window.current.field
    QTest.mousePress(field, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    for step in range(1, 20):
        QTest.mouseMove(field, QPoint(60 + step * 12, 60 + (step % 5) * 20))
    QTest.mouseRelease(field, Qt.MouseButton.LeftButton, pos=QPoint(300, 60))


# --- agreeing -----------------------------------------------------------------------------------


def test_all_of_it_must_have_been_shown_before_one_can_agree(screen: Any) -> None:
    window = screen(PAGES["confirm-table"], (1024, 600))
    heard = answers(window)
    assert not button(window, "看完后可确认").isEnabled()
    for _ in range(20):
        if not turning(window).isEnabled():
            break
        QTest.mouseClick(turning(window), Qt.MouseButton.LeftButton)
    press(window, "核对无误")
    assert heard == [c.Agreed(True)]


def turning(window: CitizenWindow) -> QAbstractButton:
    return next(b for b in window.findChildren(QAbstractButton) if b.text().startswith("下一页"))


def test_no_line_is_passed_over_in_turning_pages(screen: Any) -> None:
    window = screen(PAGES["confirm-table"], (1024, 600))
    area = window.findChildren(QScrollArea)[0]
    wanted, seen = {value for _, value in PAGES["confirm-table"].lines}, set()  # type: ignore[attr-defined]
    for _ in range(20):
        top = area.verticalScrollBar().value()
        for label in area.widget().findChildren(QLabel):
            if label.y() >= top and label.geometry().bottom() <= top + area.viewport().height():
                seen.add(label.text())
        if not turning(window).isEnabled():
            break
        QTest.mouseClick(turning(window), Qt.MouseButton.LeftButton)
    assert wanted <= seen


def test_a_diagnosis_is_not_put_on_a_screen_in_a_hall() -> None:
    fields = (FieldView("icd", "主要诊断", "icd", "I10", "原发性高血压", sensitive="diagnosis"),)
    view = s.replace(s.FILLING, case=s.replace(BX02, fields=fields))
    lines = dict(c.check_lines(view, view.case))
    assert lines["主要诊断"] == c.UNSHOWN
    assert "高血压" not in str(lines)


def test_what_fits_is_agreed_to_at_once_and_what_is_wrong_is_said(screen: Any) -> None:
    window = screen(PAGES["confirm-short"])
    heard = answers(window)
    press(window, "有误，请修改")
    press(window, "核对无误")
    assert heard == [c.Agreed(False), c.Agreed(True)]


def test_other_answers_begin_at_the_top_again(screen: Any) -> None:
    window = screen(PAGES["confirm-table"], (1024, 600))
    while turning(window).isEnabled():
        QTest.mouseClick(turning(window), Qt.MouseButton.LeftButton)
    window.put(s.replace(PAGES["confirm-table"], title="另一件"))
    QApplication.processEvents()
    assert not button(window, "看完后可确认").isEnabled()


def test_a_line_is_pointed_at_by_its_button_or_anywhere_on_it(screen: Any) -> None:
    window = screen(PAGES["confirm"], (1024, 600))
    heard, said = answers(window), []
    window.spoke.connect(lambda words, tongue: said.append((words, tongue)))
    page: Any = PAGES["confirm"]
    lines = window.findChildren(CheckLines)[0]
    ticks = [b for b in lines.findChildren(QAbstractButton) if b.isCheckable()]
    assert len(ticks) == len(page.lines) == len(page.places)
    QTest.mouseClick(ticks[2], Qt.MouseButton.LeftButton)
    value = lines.values[3]
    QTest.mouseClick(value, Qt.MouseButton.LeftButton, pos=value.rect().center())
    assert lines.marked == {2, 3}
    assert ticks[3].text() == "✕ 不对"
    assert said == [(f"{page.lines[at][0]}，不对。", "") for at in (2, 3)]
    assert not button(window, "看完后可确认").isEnabled()
    QTest.mouseClick(ticks[2], Qt.MouseButton.LeftButton)
    press(window, "有 1 项不对，请修改")
    assert heard == [c.Agreed(False, (page.places[3],))]


def test_pointing_speaks_the_language_that_stands_and_turns_with_it(screen: Any) -> None:
    window = screen(PAGES["confirm"])
    tick = next(b for b in window.findChildren(QAbstractButton) if b.text() == "不对")
    window._next_tongue()
    assert tick.text() == tongue("en").words["不对"]
    QTest.mouseClick(tick, Qt.MouseButton.LeftButton)
    assert tick.text() == tongue("en").words["✕ 不对"]
    assert button(window, tongue("en").words["有 {n} 项不对，请修改"].format(n=1)).isEnabled()
    for _ in range(4):
        window._next_tongue()
    assert tick.text() == "✕ 不对"


# --- rating -------------------------------------------------------------------------------------


def test_five_equal_buttons_and_none_is_chosen(screen: Any) -> None:
    for size in ROOMS:
        window = screen(PAGES["rate"], size)
        levels = [button(window, WORDS[level]) for level in LEVELS]
        for lengths in ([b.width() for b in levels], [b.height() for b in levels]):
            assert max(lengths) - min(lengths) <= 1  # a row of pixels cannot be shared
        assert len({b.property("kind") for b in levels}) == 1
        assert not any(b.isDefault() or b.hasFocus() or b.isChecked() for b in levels)  # type: ignore[attr-defined]
        places = [(b.x(), b.y()) for b in levels]
        assert places == sorted(places)


@pytest.mark.parametrize("level", [5, 4, 3])
def test_a_level_is_an_answer(level: int, screen: Any) -> None:
    window = screen(PAGES["rate"])
    heard = answers(window)
    press(window, WORDS[level])
    assert heard == [Rating("rated", level, "screen")]


@pytest.mark.parametrize("size", ROOMS, ids=lambda size: f"{size[0]}x{size[1]}")
@pytest.mark.parametrize(
    ("level", "why", "code"), [(2, "服务态度生硬", "214"), (1, "服务态度差、效率低", "115")]
)
def test_the_two_lowest_may_say_why_and_need_not(
    level: int, why: str, code: str, size: tuple[int, int], screen: Any
) -> None:
    window = screen(PAGES["rate"], size)
    heard = answers(window)
    press(window, WORDS[level])
    assert heard == []
    press(window, why)
    for _ in range(4):
        QApplication.processEvents()
    window.grab().save(str(SCREENS / f"citizen-rate-why-{level}.{size[0]}x{size[1]}.png"))
    assert checks.clipped(window) == []
    assert checks.overlaps(window) == []
    press(window, "提交")
    assert heard == [Rating("rated", level, "screen", (code,))]


def test_a_level_pressed_by_mistake_is_chosen_again(screen: Any) -> None:
    window = screen(PAGES["rate"])
    heard = answers(window)
    press(window, WORDS[1])
    press(window, "重选")
    press(window, WORDS[5])
    assert heard == [Rating("rated", 5, "screen")]


def test_skipping_is_no_rating(screen: Any) -> None:
    window = screen(PAGES["rate"])
    heard = answers(window)
    press(window, "不评价")
    assert heard == [Rating("skipped", 0, "screen")]


def test_nobody_there_is_not_rated(screen: Any, qtbot: Any) -> None:
    window = screen(PAGES["welcome"])
    heard = answers(window)
    window.put(c.Rate("3", 30))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [Rating("timeout", 0, "screen")]


def test_a_low_level_counts_although_nobody_gave_a_reason(screen: Any, qtbot: Any) -> None:
    window = screen(c.Rate("3", 150))
    heard = answers(window)
    press(window, WORDS[1])
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [Rating("rated", 1, "screen")]


# --- signing ------------------------------------------------------------------------------------


def test_a_name_leaves_as_a_picture_and_nothing_stays(screen: Any) -> None:
    window = screen(PAGES["sign"])
    heard = answers(window)
    draw_name(window)
    window.grab().save(str(SCREENS / "citizen-signed.1280x800.png"))
    page = window.current
    press(window, "签好了")
    (signature,) = heard
    assert isinstance(signature, Signature)
    assert signature.image.startswith(b"\x89PNG")
    assert len(signature.strokes[0]) > 15
    assert "PNG" not in repr(signature)
    window.put(PAGES["welcome"])
    assert page.field.strokes() == ()


def test_a_dot_is_no_name(screen: Any) -> None:
    window = screen(PAGES["sign"])
    QTest.mouseClick(window.current.field, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    assert not button(window, "请在框内签名").isEnabled()
    draw_name(window)
    press(window, "重写")
    assert not button(window, "请在框内签名").isEnabled()


def test_who_does_not_want_to_sign_says_so(screen: Any) -> None:
    window = screen(PAGES["sign"])
    heard = answers(window)
    press(window, "不签")
    assert heard == [c.GivenUp(late=False)]


# --- what is left behind ------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["served", "confirm", "finished", "rate"])
def test_a_page_that_is_left_leaves_no_word(name: str, screen: Any) -> None:
    window = screen(PAGES[name])
    told = {
        word for word in ("李*芳", "370102********1526", "261122-001-A2B-0001-K") if word in words_of(window)
    }
    assert told
    window.put(PAGES["welcome"])
    QApplication.sendPostedEvents(None, 52)  # what was told to go is gone
    assert [word for word in told if word in words_of(window)] == (
        [] if name != "rate" else ["261122-001-A2B-0001-K"]
    )


def test_time_over_is_told_once_and_a_touch_begins_it_anew(screen: Any, qtbot: Any) -> None:
    window = screen(PAGES["welcome"])
    heard = answers(window)
    window.put(c.Confirm("3", 60, "备案", (("姓名", "李*芳"),)))
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [c.GivenUp(late=True)]


def test_the_citizen_cannot_close_it_and_it_takes_no_keys(screen: Any) -> None:
    window = screen(PAGES["served"])
    window.close()
    assert window.isVisible()
    assert window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert [
        w for w in window.findChildren(QAbstractButton) if w.focusPolicy() & Qt.FocusPolicy.TabFocus
    ] == []


def test_no_value_of_a_page_tells_about_a_person_in_its_repr() -> None:
    shown = [repr(page) for page in PAGES.values()]
    assert not [text for text in shown if "李" in text or "3701" in text or "3321" in text]


def test_words_with_a_number_in_them_stand_where_the_others_stand(screen: Any) -> None:
    """What begins with a ticket's number is read from the right all the same; the bar is not Chinese."""
    window = screen(PAGES["served"], (1024, 600))
    while not tongue(window._guest.tongue).is_right_to_left:
        window._next_tongue()
    QApplication.processEvents()
    labels = [one for one in window.findChildren(QLabel) if one.isVisible() and one.text()]
    (title,) = [one for one in labels if "A012" in one.text()]
    assert title.alignment() & Qt.AlignmentFlag.AlignLeft
    assert "一窗" not in "".join(one.text() for one in labels)

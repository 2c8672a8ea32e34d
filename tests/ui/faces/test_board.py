"""The board over a real hub: shown, said, flashed, legible from afar, and calm when the hub is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from counter_app.catalog.tongues import CHINESE, tongue, tongues
from counter_app.domain.notices import COVER_WORDS, OUTAGE_VOICE, OUTAGE_WORDS
from counter_app.problems import Problem
from counter_app.services.hall.board import BoardView, GroupLine, Shout
from counter_app.services.hall.calling import Utterance
from counter_app.services.hall.orders import CLOSES
from counter_app.sync.board_feed import BoardFeed
from tests.album.board import ROOMS
from tests.fakes.boards import CALLS, GROUPS, VIEW, scene
from tests.fakes.hall import Hall, open_hall
from tests.hub.stores import clerk
from ui import theme
from ui.faces import boards
from ui.faces.board import BoardKeeper, BoardWish, chosen_layout, chosen_screen
from ui.faces.board_waiting import group_words, wait_words
from ui.faces.board_words import OWN_WAY, TURN_S, also
from ui.faces.boards import pieces as p
from ui.widgets.board_canvas import FLASH_MS, BoardCanvas
from ui.widgets.dress import dress


class Board:
    """One board over one hall, with what it said and painted."""

    def __init__(self, hall: Hall, app: QApplication, wish: BoardWish) -> None:
        self.said: list[Utterance] = []
        self.painted: list[tuple[Shout, int, int]] = []
        dressed = theme.load("light", 100)
        self.keeper = BoardKeeper(
            BoardFeed(hall.where),
            hall.clock,
            dressed,
            wish,
            self.said.append,
            lambda *told: self.painted.append(told),
        )
        self.keeper.window.resize(1366, 768)
        self.keeper.window.show()
        self.keeper.start()

    @property
    def view(self) -> BoardView:
        return self.keeper.model.view

    @property
    def numbers(self) -> list[str]:
        return [shout.number for shout in self.view.shouts]

    def words(self) -> list[str]:
        return [piece.text for piece in self.keeper.canvas.pieces() if piece.text]


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with open_hall(tmp_path) as made:
        yield made


@pytest.fixture
def board(hall: Hall, qtbot: Any, qapp_dressed: QApplication) -> Iterator[Callable[..., Board]]:
    opened: list[Board] = []

    def make(**wish: Any) -> Board:
        made = Board(hall, qapp_dressed, BoardWish("示例医保大厅", **wish))
        opened.append(made)
        qtbot.waitUntil(lambda: bool(made.view.groups), timeout=15_000)
        return made

    yield make
    for one in opened:
        one.keeper.close()
        one.keeper.window.close()
        one.keeper.window.deleteLater()
        qtbot.waitUntil(lambda one=one: not one.keeper.model._thread.is_alive(), timeout=15_000)  # type: ignore[misc]
    qapp_dressed.processEvents()


# --- calls ----------------------------------------------------------------------------------------
def test_a_call_is_shown_said_and_painted(hall: Hall, board: Any, qtbot: Any) -> None:
    made = board()
    hall.take()
    called = hall.call("w3")
    qtbot.waitUntil(lambda: bool(made.painted), timeout=15_000)
    shout, heard, painted = made.painted[0]
    assert (shout.number, shout.window) == (called.number, "3")
    assert painted > heard
    assert [one.text for one in made.said] == [f"请 {called.number} 号，到 3 号窗口。"]
    assert called.ticket_id in made.keeper.canvas.flashing
    assert {called.number, "请到 3 号窗口", f"请 {called.number} 号到 3 号窗口"} <= set(made.words())


def test_a_board_that_starts_late_shows_the_calls_and_says_none(hall: Hall, board: Any, qtbot: Any) -> None:
    hall.serve("1")
    hall.take()
    hall.clock.tick(60)
    second = hall.call("2")
    made = board()
    qtbot.waitUntil(lambda: len(made.numbers) == 2, timeout=15_000)
    assert made.numbers[0] == second.number
    assert made.said == []
    assert made.keeper.canvas.flashing == frozenset()


def test_a_recalled_number_is_called_again(hall: Hall, board: Any, qtbot: Any) -> None:
    made = board()
    hall.take()
    called = hall.call("3")
    hall.clock.tick(10)
    hall.act(called, "recall")
    qtbot.waitUntil(lambda: len(made.said) == 2, timeout=15_000)
    qtbot.waitUntil(lambda: [one.times for one in made.view.shouts] == [2], timeout=15_000)
    assert made.numbers == [called.number]


def test_without_its_hub_it_keeps_the_calls_and_then_says_what_it_missed(
    hall: Hall, board: Any, qtbot: Any
) -> None:
    made = board()
    hall.take()
    first = hall.call("1")
    qtbot.waitUntil(lambda: made.numbers == [first.number], timeout=15_000)
    hall.shut()
    qtbot.waitUntil(lambda: made.view.lost_ms > 0, timeout=15_000)
    assert made.numbers == [first.number]
    assert any("正在重新连接" in words for words in made.words())
    hall.take()
    second = hall.call("2")
    hall.open()
    qtbot.waitUntil(lambda: made.numbers == [second.number, first.number], timeout=20_000)
    qtbot.waitUntil(lambda: made.view.lost_ms == 0, timeout=15_000)
    assert [one.key for one in made.said] == [first.ticket_id, second.ticket_id]


def test_who_waits_and_how_long_is_shown_without_any_person(hall: Hall, board: Any, qtbot: Any) -> None:
    for _ in range(3):
        hall.hub.take(f"p{_}", "benefit", "", f"person-{_}", "要轮椅")
    made = board()
    assert [(line.name, line.waiting) for line in made.view.groups][:2] == [("综合服务", 0), ("待遇支付", 3)]
    assert not [words for words in made.words() if "person" in words or "轮椅" in words]


def test_an_outage_stands_on_the_board_and_is_said_until_it_is_over(
    hall: Hall, board: Any, qtbot: Any
) -> None:
    made = board()
    manager = clerk("", "supervisor")
    hall.hub.say("n1", "outage.announced", manager)
    qtbot.waitUntil(lambda: made.view.headline == OUTAGE_WORDS, timeout=15_000)
    assert OUTAGE_WORDS in made.words()
    assert [one.text for one in made.said] == [OUTAGE_VOICE]
    hall.hub.say("n2", "outage.ended", manager)
    qtbot.waitUntil(lambda: made.view.headline == "", timeout=15_000)


def test_the_cover_puts_the_notice_up(hall: Hall, board: Any, qtbot: Any) -> None:
    made = board()
    hall.hub.say("n1", "cover.on", clerk("", "supervisor"))
    qtbot.waitUntil(lambda: made.view.headline == COVER_WORDS, timeout=15_000)
    assert made.said == []


def test_that_no_more_numbers_are_given_stands_below_the_calls(hall: Hall, board: Any, qtbot: Any) -> None:
    made = board()
    hall.hub.close_taking(clerk("", "supervisor"), CLOSES[0])
    made.keeper.model._look()
    qtbot.waitUntil(lambda: CLOSES[0] in made.words(), timeout=15_000)
    hall.hub.close_taking(clerk("", "supervisor"), "")
    qtbot.waitUntil(lambda: not made.view.closed, timeout=15_000)
    assert CLOSES[0] not in made.words()


def test_the_other_languages_take_turns_beside_the_chinese(hall: Hall, board: Any, qtbot: Any) -> None:
    made = board(tongues=("ug", "en"))
    hall.hub.say("n1", "outage.announced", clerk("", "supervisor"))
    qtbot.waitUntil(lambda: made.view.headline == OUTAGE_WORDS, timeout=15_000)
    seen = []
    for _ in range(3):
        (told,) = [one for code in ("ug", "en") if (one := also(OUTAGE_WORDS, [code])) in made.words()]
        assert OUTAGE_WORDS in made.words()
        seen.append(told)
        for _ in range(TURN_S):
            made.keeper._turn()
    assert seen == [also(OUTAGE_WORDS, [code]) for code in ("ug", "en", "ug")]


def test_a_refused_token_is_said_on_the_board(
    hall: Hall, qtbot: Any, qapp_dressed: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hall, "where", lambda: (f"http://127.0.0.1:{hall.port}", "worthless", ""))
    made = Board(hall, qapp_dressed, BoardWish("示例医保大厅"))
    qtbot.waitUntil(lambda: Problem("token-unknown").title in " ".join(made.words()), timeout=15_000)
    made.keeper.close()
    made.keeper.window.close()


# --- what it looks like ---------------------------------------------------------------------------
def test_at_least_four_calls_stand_on_every_board(qapp_dressed: QApplication) -> None:
    for layout in p.layouts().values():
        for size in ROOMS:
            numbers = {x.text for x in layout.plan(scene(VIEW), QSizeF(*size)) if x.is_number}
            assert {number for number, _ in CALLS[:4]} <= numbers, (layout.id, size)


def test_a_flash_is_seen_and_never_harms(qtbot: Any, qapp_dressed: QApplication) -> None:
    canvas = BoardCanvas(dress(qapp_dressed, "light", 100), chosen_layout("big"))
    qtbot.addWidget(canvas)
    canvas.resize(640, 360)
    canvas.put(scene(VIEW))
    calm = canvas.grab().toImage()
    canvas.flash("t0")
    bright = canvas.grab().toImage()
    place = (60, 60)
    assert bright.pixelColor(*place) == QColor(canvas.theme.colour("flash"))
    assert calm.pixelColor(*place) != bright.pixelColor(*place)
    canvas._beat()
    assert canvas.grab().toImage().pixelColor(*place) == calm.pixelColor(*place)
    assert 1000 / (2 * FLASH_MS) <= 3  # flashes a second
    for _ in range(40):
        canvas._beat()
    assert canvas.flashing == frozenset()
    assert not canvas._timer.isActive()


def test_the_monitor_is_chosen_by_number_by_name_or_by_itself(qapp_dressed: QApplication) -> None:
    only = QApplication.screens()[0]
    assert {chosen_screen(wish) for wish in ("", "1", "7", only.name(), "HDMI-9")} == {only}


def test_an_unknown_layout_is_refused_with_the_known_ones() -> None:
    with pytest.raises(Problem) as refused:
        chosen_layout("huge")
    assert "big" in refused.value.cause + refused.value.advice


def test_every_layout_file_is_found() -> None:
    files = {file.stem for file in Path(boards.__path__[0]).glob("*.py")} - {"__init__", "pieces"}
    assert set(p.layouts()) == files


def test_the_hall_s_other_languages_tell_the_call_below_the_chinese() -> None:
    told = scene(VIEW, tongues=("ug", "en"))
    foot = [one for one in p.frame(told, QSizeF(1920, 1080))[0] if one.rect.top() > 800 and one.text]
    chinese, others = foot
    assert chinese.text == "请 A012 号到 3 号窗口"
    assert "Number A012, counter 3" in others.text
    assert others.text.startswith(OWN_WAY)
    assert "نومۇر" in others.text
    assert others.rect.top() >= chinese.rect.bottom()
    assert [one.text for one in p.frame(scene(VIEW), QSizeF(1920, 1080))[0] if one.rect.top() > 900] == [
        "请 A012 号到 3 号窗口"
    ]
    assert also("停机", ("ug",)) == also("请留意叫号", ()) == ""


def test_headings_bands_and_estimates_are_told_in_one_language_at_a_time() -> None:
    closed = replace(VIEW, closed=CLOSES[0])
    for layout in p.layouts().values():
        for size in ROOMS:
            for turn, own, other in ((0, "ug", "en"), (1, "en", "ug")):
                told = scene(closed, tongues=("ug", "en"), turn=turn)
                words = "\n".join(one.text for one in layout.plan(told, QSizeF(*size)))
                heading = "号码" if layout.id == "table" else "正在等候"
                assert f"{heading}　{also(heading, [own])}" in words
                assert also(heading, [other]) not in words
                assert also(CLOSES[0], [own]) in words
                assert also(CLOSES[0], [other]) not in words
                assert tongue(own).known("约等 12～25 分钟") in words
            plain = [one.text for one in layout.plan(scene(closed), QSizeF(*size))]
            assert not [text for text in plain if OWN_WAY in text]


def test_calls_outrank_the_hall_s_words_on_every_board(qapp_dressed: QApplication) -> None:
    """With an outage, the end of numbers and two languages there are still two calls on each board."""
    view = replace(VIEW, headline=OUTAGE_WORDS, closed=CLOSES[0])
    for layout in p.layouts().values():
        for size in ROOMS:
            planned = layout.plan(scene(view, tongues=("ug", "en")), QSizeF(*size))
            assert {number for number, _ in CALLS[:2]} <= {x.text for x in planned if x.is_number}, layout.id


@pytest.mark.parametrize("code", [one for one in tongues() if one != CHINESE])
def test_everything_of_ours_on_a_board_has_words_in_every_language(code: str) -> None:
    waits = [wait_words(line) for line in (*GROUPS, GroupLine("甲", 2, 9, 9))]
    lines = [group_words(line) for line in (*GROUPS, GroupLine("乙", 3))]
    lost = p.lost_words(replace(VIEW, lost_ms=1_000))
    heads = ("正在等候", "温馨提示", "号码", "请到", p.WAIT_FOR_CALL)
    told = (OUTAGE_WORDS, COVER_WORDS, *CLOSES, *waits, *lines, lost, *heads)
    assert [words for words in told if not tongue(code).known(words)] == []

"""What is dropped or pasted onto a line of the checklist becomes pages of that material."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication, QImage
from PySide6.QtWidgets import QApplication

from counter_app.services.visit_view import MaterialView
from tests.fakes import snapshots as s
from tests.fakes.keys import CTRL, press
from tests.ui.conftest import Stand, quiet

CODE, OTHER = "M_SETTLE", "M_POA"
BUTTON, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def made(stand: Any, qtbot: Any) -> Iterator[Stand]:
    yield stand(s.FILLING)
    QGuiApplication.clipboard().clear()


def files(*paths: Path) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return data


def let_go(made: Stand, code: str, data: QMimeData) -> bool:
    """Drag over a line and let go; whether the line wanted it."""
    line = made.desk.materials._lines[code]
    with warnings.catch_warnings():  # newer Qt wants half pixels, which older Qt does not take
        warnings.simplefilter("ignore", DeprecationWarning)
        enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, BUTTON, NONE)
    QApplication.sendEvent(line, enter)
    if not enter.isAccepted():
        return False
    assert line.property("drop")
    QApplication.sendEvent(line, QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, BUTTON, NONE))
    assert not line.property("drop")
    return True


def pages(made: Stand, code: str) -> MaterialView:
    return next(m for m in made.model.view.case.materials if m.code == code)


def pictures(folder: Path, count: int) -> list[Path]:
    made = [folder / f"{nth}.png" for nth in range(count)]
    for nth, file in enumerate(made):
        Image.new("RGB", (60 + nth, 40), "white").save(file)
    return made


def test_files_land_on_the_line_they_are_let_go_on(made: Stand, qtbot: Any, tmp_path: Path) -> None:
    made.desk.materials.focus_in(OTHER)
    assert let_go(made, CODE, files(*pictures(tmp_path, 3)))
    quiet(qtbot, made)
    assert (len(pages(made, CODE).pages), len(pages(made, OTHER).pages)) == (3, 0)
    widths = [QImage.fromData(made.visit.pages[ref]).width() for ref in pages(made, CODE).pages]
    assert widths == [60, 61, 62]
    assert "3 页" in made.model.notices.current[0].title


def test_a_copied_picture_is_pasted_onto_the_line(made: Stand, qtbot: Any) -> None:
    picture = QImage(30, 20, QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.red)
    QGuiApplication.clipboard().setImage(picture)
    made.desk.materials.focus_in(CODE)
    press(Qt.Key.Key_V, CTRL)
    quiet(qtbot, made)
    assert len(pages(made, CODE).pages) == 1


def test_text_is_not_wanted(made: Stand, qtbot: Any) -> None:
    data = QMimeData()
    data.setText("不是材料")
    assert not let_go(made, CODE, data)
    QGuiApplication.clipboard().setText("不是材料")
    made.desk.materials.focus_in(CODE)
    press(Qt.Key.Key_V, CTRL)
    quiet(qtbot, made)
    assert made.visit.verbs("add_page") == []


def test_a_file_that_is_no_page_is_refused_in_words(made: Stand, qtbot: Any, tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(b"text")
    assert let_go(made, CODE, files(tmp_path / "a.doc"))
    quiet(qtbot, made)
    assert made.visit.verbs("add_page") == []
    assert made.model.notices.current[0].title == "这个文件不能作材料"


def test_what_was_accepted_takes_no_more(stand: Any, qtbot: Any, tmp_path: Path) -> None:
    made = stand(s.DONE)
    let_go(made, CODE, files(*pictures(tmp_path, 1)))
    quiet(qtbot, made)
    assert made.visit.verbs("add_page") == []
    assert made.model.notices.current[0].title == "这一件已经受理"

"""The other ways in, played by keys on a whole desk: real store, real hub, real counter."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from counter_app.bootstrap import Parts
from counter_app.catalog.load import load_catalogue
from counter_app.counter import Counter
from counter_app.demo.network import Cable, HubBehindCable
from counter_app.domain.filings import FilingState
from counter_app.seals.device import DeviceSecrets
from counter_app.services.visit import Visit
from counter_app.settings import Settings
from counter_app.wire.package import pack
from drivers.room import DeviceRoom
from tests.fakes.office import TestOffice, open_office
from tests.fakes.stillness import until_still
from tests.services.test_home_visits import booking
from tests.services.test_visit import fill_yd01
from tests.wire.test_package import KEYS, RECORD, TRUST, head
from ui.app import open_desk

PICTURES = Path(__file__).resolve().parents[2] / "_screens"
CTRL = Qt.KeyboardModifier.ControlModifier


class Played:
    """A window over a counter, and the fingers of a clerk."""

    def __init__(self, qtbot: Any, desk: TestOffice, window: Any) -> None:
        self.bot, self.office, self.window = qtbot, desk, window
        self.desk = window.desk
        self.model = self.desk.model

    def settled(self) -> None:
        until_still(self.bot, self.model.jobs)

    def press(self, key: Qt.Key, with_: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, key, with_)
        self.settled()

    def enter(self, times: int = 1) -> None:
        for _ in range(times):
            self.press(Qt.Key.Key_Return)

    def type(self, text: str) -> None:
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClicks(focus, text)
        self.settled()

    def find(self, text: str) -> None:
        """Ctrl+K and what is looked for; answers are there afterwards."""
        self.press(Qt.Key.Key_K, CTRL)
        self.type(text)
        self.bot.waitUntil(lambda: self.desk.palette_.current is not None, timeout=10_000)

    def photo(self, name: str) -> None:
        PICTURES.mkdir(exist_ok=True)
        self.window.grab().save(str(PICTURES / f"played-{name}.png"))

    def told(self) -> list[str]:
        return [note.title for note in self.model.notices.current]

    @property
    def page(self) -> Any:
        return self.desk.work.page


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestOffice]:
    opened = open_office(tmp_path / "data")
    opened.office = replace(opened.office, trust=TRUST)
    opened.visit = Visit(opened.office)
    yield opened
    opened.close()


@pytest.fixture
def played(qtbot: Any, qapp_dressed: QApplication, desk: TestOffice) -> Iterator[Callable[[], Played]]:
    opened: list[tuple[Any, Counter]] = []

    def make() -> Played:
        counter = Counter(Parts(desk.office, DeviceRoom({}), (), hub=desk.hub, folder=desk.folder))
        window: Any = open_desk(qapp_dressed, counter, Settings(lock_after_s=0))
        opened.append((window, counter))
        window.resize(1366, 728)
        window.show()
        qtbot.waitExposed(window)
        window.activateWindow()
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=5000)
        made = Played(qtbot, desk, window)
        made.settled()
        return made

    yield make
    for window, _ in opened:
        window.close()
        window.deleteLater()
    qapp_dressed.processEvents()


def test_a_package_comes_in_a_filing_is_taken_dropped_and_sent_back(
    played: Callable[[], Played], desk: TestOffice, tmp_path: Path
) -> None:
    (tmp_path / "a.ow1p").write_bytes(pack(head(), [RECORD], DeviceSecrets(KEYS).sign))
    clerk = played()
    clerk.find(">swljb")
    clerk.enter()
    clerk.type(str(tmp_path))
    clerk.enter(2)
    assert "收进 1 件" in clerk.page.said.text()
    clerk.photo("package")
    clerk.find("<")
    clerk.enter()
    assert clerk.model.view.case.filing == "app:W1"
    clerk.find(">cxbj")
    clerk.enter()
    assert clerk.model.view.tiles == ()
    clerk.find("<")
    clerk.press(Qt.Key.Key_J, CTRL)
    clerk.type("cl")
    clerk.photo("send-back")
    clerk.enter(2)
    filing = desk.store.filing("app:W1")
    assert filing is not None
    assert (filing.state, filing.reason) == (FilingState.REFUSED, "cl")
    assert clerk.told() == ["外来件已退回"]


def test_a_changed_package_is_refused_and_the_page_stays(
    played: Callable[[], Played], desk: TestOffice, tmp_path: Path
) -> None:
    data = pack(head(), [RECORD], DeviceSecrets(KEYS).sign)
    (tmp_path / "a.ow1p").write_bytes(data.replace(b"YD01", b"YD02"))
    clerk = played()
    clerk.find(">swljb")
    clerk.enter()
    clerk.type(str(tmp_path / "a.ow1p"))
    clerk.enter(2)
    assert clerk.told() == ["导入包不完整"]
    assert clerk.model.page == "package"
    clerk.photo("package-refused")
    assert desk.store.filings() == []


def test_what_was_accepted_offline_is_compared_from_an_idle_desk(
    played: Callable[[], Played], desk: TestOffice
) -> None:
    whole, cable = desk.office, Cable(whole=False)
    cut = replace(whole, ports=replace(whole.ports, hub=HubBehindCable(desk.hub, cable)))
    desk.visit = Visit(cut)
    desk.identify("li_guifang")
    fill_yd01(desk)
    desk.visit.check(True)
    desk.visit.submit()
    desk.visit.finish()
    clerk = played()
    clerk.bot.waitUntil(lambda: desk.store.cases()[0].synced, timeout=10_000)
    clerk.find(">hsdh")
    clerk.enter()
    clerk.bot.waitUntil(lambda: clerk.desk.palette_.current is not None, timeout=10_000)
    clerk.photo("waiting")
    clerk.enter()
    clerk.photo("verify")
    clerk.enter(2)
    assert [f["kind"] for f in desk.store.facts()].count("case.verified") == 1
    assert clerk.told() == ["已核实，一致"]
    clerk.press(Qt.Key.Key_K, CTRL)
    clerk.type("!")
    assert clerk.desk.palette_.current is None
    assert clerk.desk.palette_._foot.text() == "没有待核的办件。"


def test_another_district_is_chosen_shown_and_undone(played: Callable[[], Played], desk: TestOffice) -> None:
    desk.office = replace(desk.office, region=load_catalogue().regions["jiaozhou"])
    desk.visit = Visit(desk.office)
    desk.identify("li_guifang")
    desk.visit.open_case("YD01", "resident")
    clerk = played()
    clerk.find(">qytb")
    clerk.enter()
    clerk.type("sbq")
    clerk.photo("cross-choosing")
    clerk.enter()
    assert clerk.model.view.case.cross.place == "370203"
    assert "由市北区审核" in clerk.page._verdict._headline.whole
    clerk.photo("crossed")
    clerk.desk.actions_.run("undo")
    clerk.settled()
    assert clerk.model.view.case.cross.place == ""
    assert "全域通办" not in clerk.page._verdict._headline.whole


def test_where_nothing_is_offered_the_desk_says_so(played: Callable[[], Played], desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("YD01", "resident")
    clerk = played()
    clerk.find(">qytb")
    clerk.enter()
    assert clerk.told() == ["这一事项在本地不办全域通办"]
    assert clerk.model.page == "fill"


def test_a_matter_is_booked_and_done_at_the_door(played: Callable[[], Played], desk: TestOffice) -> None:
    number = booking(desk)
    clerk = played()
    clerk.find(">ysm")
    clerk.enter()
    clerk.type(number)
    clerk.enter()
    clerk.type("YD01")
    clerk.enter(2)
    clerk.type("0402")
    clerk.enter(2)
    assert "已约定：YD01" in clerk.page.said.text()
    clerk.photo("booked")
    clerk.find(">kssm")
    clerk.enter()
    clerk.type("0402")
    clerk.photo("home-visit")
    clerk.enter(2)
    assert clerk.told() == ["上门服务已开始"]
    clerk.find("<")
    clerk.enter()
    case = clerk.office.store.drafts()[0][1]
    assert '"home_visit"' in case
    assert clerk.model.view.case.filing == f"{number}:YD01"
    clerk.photo("at-the-door")

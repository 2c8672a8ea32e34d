"""The bench over a real room: what is shown is what is, and what is chosen is so at once and next time."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader

from counter_app import bootstrap, profiles, settings
from counter_app.device_bench import DeviceBench, Place
from counter_app.documents import Papers
from counter_app.problems import Problem
from counter_app.services.device_views import RoleView
from counter_app.settings import SETTINGS_FILE, Settings
from drivers.deck import Invented
from drivers.found import Plugged
from drivers.printers.simulator import ReceiptTable
from drivers.protocols import Fault, PrintJob
from drivers.room import DeviceRoom
from drivers.scanners.simulator import ScannerTable

QUEUE = Plugged("printers.system_queue", "打印队列 B", {"queue": "B"})


class Bench:
    """A desk with a folder for papers and a scanner on a terminal line."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.gun = ScannerTable((Invented("wang", "王敏", "11010519491231002X"),), folder / "tty")
        self.papers = folder / "papers"
        self.room = DeviceRoom(
            {
                "printer": ("printers.pdf_folder", {"folder": str(self.papers), "queue": ""}),
                "scanner": ("scanners.serial_line", {"port": str(folder / "tty")}),
            }
        )
        self.room.watch(lambda told: None)
        place = Place(folder, str(self.papers), "3")
        self.bench = DeviceBench(self.room, place, Papers().trial_sheet, lambda: (QUEUE,))

    def role(self, name: str, search: bool = False) -> RoleView:
        return next(role for role in self.bench.look(search).roles if role.role == name)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Bench]:
    made = Bench(tmp_path)
    soon(lambda: made.role("scanner").state == "ok")
    yield made
    made.room.close()
    made.gun.unplug()


def soon(fact: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not fact():
        assert time.monotonic() < until
        threading.Event().wait(0.01)


def test_a_printer_is_tried_with_a_page_that_says_where_and_when(desk: Bench) -> None:
    assert desk.bench.test("printer").what == "printed"
    (file,) = desk.papers.glob("*.pdf")
    words = PdfReader(file).pages[0].extract_text()
    for part in ("打印机试页", "3 号窗口", "驱动：printers.pdf_folder", "𬱖", "￥1,234.56"):
        assert part in words
    assert desk.bench.test("receipt_printer").problem is not None


def test_a_scanner_is_tried_with_a_code_that_goes_nowhere_else(desk: Bench) -> None:
    heard: list[object] = []
    desk.room.watch(heard.append)
    got: list[object] = []
    trial = threading.Thread(target=lambda: got.append(desk.bench.test("scanner")))
    trial.start()
    sent = 0
    while trial.is_alive():  # until somebody listens
        desk.gun.do("scan", {"text": "11010519491231002X"})
        sent += 1
        trial.join(0.05)
    assert [(told.what, told.detail, told.count) for told in got] == [("scanned", "idno", 18)]  # type: ignore[attr-defined]
    desk.gun.do("scan", {"text": "OW1R.abc"})
    soon(lambda: any(getattr(told, "kind", "") == "receipt" for told in heard))
    assert len([told for told in heard if getattr(told, "kind", "") == "idno"]) < sent


def test_another_device_plays_a_role_at_once_and_the_first_can_come_back(desk: Bench) -> None:
    table = ReceiptTable(desk.folder / "receipts")
    changed: list[str] = []
    desk.bench.on_change(changed.append)
    desk.bench.choose(
        "receipt_printer", "printers.escpos", {"port": f"127.0.0.1:{table.port}", "paper": "58"}
    )
    assert desk.room.choices()["receipt_printer"][1]["paper"] == 58
    assert (
        desk.room.print(PrintJob("n", "t", "r80", operations=(("text", "甲", ""), ("cut",)))).state == "done"
    )
    desk.bench.choose("printer", "printers.pdf_folder", {"folder": str(desk.folder / "other")})
    view = desk.role("printer")
    assert (view.replaced, view.where) == (True, str(desk.folder / "other"))
    desk.bench.restore("printer")
    assert not desk.role("printer").replaced
    desk.bench.restore("receipt_printer")
    assert desk.role("receipt_printer").state == "none"
    assert changed == ["receipt_printer", "printer", "printer", "receipt_printer"]
    table.close()


def test_what_cannot_be_is_refused_and_changes_nothing(desk: Bench) -> None:
    before = desk.room.choices()
    for driver, config, code in (
        ("printers.nothing", {}, "driver-unknown"),
        ("printers.escpos", {"port": "x:1", "paper": "wide"}, "field-number"),
    ):
        with pytest.raises(Problem) as caught:
            desk.bench.choose("printer", driver, config)
        assert caught.value.code == code
    assert desk.room.choices() == before


def test_a_lost_device_says_why_and_comes_back_with_its_history(desk: Bench) -> None:
    desk.gun.unplug()
    soon(lambda: desk.role("scanner").state == "bad")
    view = desk.role("scanner")
    assert view.problem is not None
    assert view.problem.code == "device-gone"
    assert view.problem.advice
    again = ScannerTable((), desk.folder / "tty")
    soon(lambda: desk.role("scanner").state == "ok")
    last = desk.role("scanner").last
    assert last is not None
    assert last.code == "device-gone"
    again.unplug()


def test_ways_on_are_offered_for_what_prints_and_for_what_reads(desk: Bench) -> None:
    kinds = {
        role: [way.kind for way in desk.bench.ways(role)] for role in ("printer", "receipt_printer", "card")
    }
    assert kinds == {
        "printer": ["queue"],  # it is the folder already
        "receipt_printer": ["queue", "a4", "folder"],
        "card": ["type"],
    }
    folder = next(way for way in desk.bench.ways("receipt_printer") if way.kind == "folder")
    desk.bench.choose(folder.role, folder.driver, folder.config)
    assert desk.role("receipt_printer").where == str(desk.papers)


def test_what_is_found_says_every_role_it_could_play(desk: Bench) -> None:
    (found,) = desk.bench.look(search=True).found
    roles = [use[0] for use in found.uses]
    assert (found.title, roles) == ("打印队列 B", ["printer", "receipt_printer"])


def test_a_profile_is_this_desk_again_on_another_machine(desk: Bench, tmp_path: Path) -> None:
    desk.bench.choose("receipt_printer", "printers.escpos", {"port": "10.0.0.9:9100"})
    desk.bench.save_profile("三号窗")
    file = desk.bench.export_profile("三号窗", str(tmp_path))
    assert str(tmp_path) not in Path(file).read_text("utf-8").replace(str(tmp_path / "tty"), "")
    other = tmp_path / "other"
    profiles.bring(other, Path(file))
    known = Settings(device_profile="三号窗")
    chosen = bootstrap.profiled(known, other, bootstrap.device_choices(known, other))
    assert chosen.faults == ()
    assert chosen.choices["receipt_printer"] == ("printers.escpos", {"port": "10.0.0.9:9100"})
    assert "card" not in chosen.choices  # the desk had none
    assert settings.load(desk.folder / SETTINGS_FILE).device_profile == "三号窗"


def test_using_a_profile_exchanges_only_what_differs(desk: Bench) -> None:
    desk.bench.save_profile("早")
    desk.bench.choose("printer", "printers.pdf_folder", {"folder": str(desk.folder / "b")})
    desk.bench.save_profile("晚")
    changed: list[str] = []
    desk.bench.on_change(changed.append)
    desk.bench.use_profile("早")
    assert changed == ["printer"]
    assert (desk.bench.look().in_use, desk.role("printer").where) == ("早", str(desk.papers))


def test_a_profile_that_cannot_be_read_is_told_and_the_desk_opens_as_the_settings_say(tmp_path: Path) -> None:
    known = Settings(device_profile="没有")
    chosen = bootstrap.profiled(known, tmp_path, bootstrap.device_choices(known, tmp_path))
    assert [fault.code for fault in chosen.faults] == ["profile-unknown"]
    assert set(chosen.choices) == {"card", "printer"}


def test_a_role_that_is_none_is_refused(desk: Bench) -> None:
    with pytest.raises(ValueError, match="no such role"):
        desk.room.put("toaster", None)
    with pytest.raises(Fault):
        desk.room.trial("card")

"""The joined counter with real drivers: a scanner that types, and a document camera in its host."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from counter_app.bootstrap import Parts
from counter_app.counter import Counter
from counter_app.desk_devices import OPENING
from counter_app.device_bench import DeviceBench, Place
from drivers.document_cameras.simulator import PageTable
from drivers.key_scanner import Stroke
from drivers.protocols import DeviceHealth, Fault, PrintJob, Scan
from drivers.room import DeviceRoom
from tests.fakes.listening import Listener
from tests.fakes.office import TestOffice, open_office
from tests.services.test_verbs_pages import material, opened

LIMIT_S = 20.0
Join = Callable[..., Counter]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestOffice]:
    made = open_office(tmp_path / "data")
    yield made
    made.close()


@pytest.fixture
def join(desk: TestOffice) -> Iterator[Join]:
    """A counter over the desk's office with these devices."""
    made: list[tuple[Counter, DeviceRoom]] = []

    def with_devices(**choices: Any) -> Counter:
        room = DeviceRoom(choices)
        place = Place(desk.folder, str(desk.folder / "papers"))
        bench = DeviceBench(room, place, lambda lines: PrintJob("trial", "trial"), lambda: ())
        counter = Counter(Parts(desk.office, room, (), hub=desk.hub, folder=desk.folder, bench=bench))
        desk.visit = counter.visit
        made.append((counter, room))
        return counter

    yield with_devices
    for counter, room in made:
        counter.close()
        room.close()


def well(role: str) -> Callable[[Any], bool]:
    return lambda told: isinstance(told, DeviceHealth) and told.role == role and told.ok


def test_what_a_wedge_types_arrives_as_a_scan(join: Join) -> None:
    counter = join(scanner=("scanners.keyboard_wedge", {}))
    heard = Listener()
    counter.watch(heard)
    heard.wait(well("scanner"), LIMIT_S)
    scanner = counter.key_scanner()
    assert scanner is not None
    for nth, char in enumerate("OW1T.abc-_9\r"):
        scanner.stroke(Stroke(char, "", nth * 5))
    told = heard.wait(lambda told: isinstance(told, Scan), LIMIT_S)
    assert (told.text, told.kind) == ("OW1T.abc-_9", "ticket")


def test_a_desk_without_a_wedge_asks_nobody_about_keys(join: Join) -> None:
    assert join().key_scanner() is None


def test_a_page_goes_from_the_lens_into_a_sealed_file_and_can_be_turned(
    desk: TestOffice, join: Join, tmp_path: Path
) -> None:
    table = PageTable(tmp_path / "lens")
    table.do("lay", {"sheet": "a4", "tilt": "5"})
    counter = join(document_camera=("document_cameras.camera", {"port": str(tmp_path / "lens")}))
    case_id, code = opened(desk)
    data = counter.photograph(False)
    counter.run(lambda: counter.visit.add_page(case_id, code, data)).result()
    (ref,) = material(desk, code).pages
    assert counter.page(ref) == data
    turned = counter.turned(ref, 90)
    upright, across = (Image.open(io.BytesIO(one)).size for one in (data, turned))
    assert across == upright[::-1]
    told = counter.devices.test("document_camera")
    assert (told.what, told.problem) == ("photographed", None)
    assert len(list(desk.folder.glob("blobs/*/*"))) == 1  # a trial keeps nothing
    table.unplug()
    with pytest.raises(Fault) as caught:
        counter.photograph(False)
    assert caught.value.code == "device-gone"
    assert material(desk, code).pages == (ref,)  # a lost device keeps the case


def test_without_a_document_camera_its_absence_is_said(join: Join) -> None:
    with pytest.raises(Fault) as caught:
        join().photograph(False)
    assert caught.value.code == "page-camera-none"


class Slow(DeviceRoom):
    """A room whose scanner has not answered for the first time yet."""

    def states(self) -> tuple[DeviceHealth, ...]:
        return (DeviceHealth("scanner", "scanners.keyboard_wedge", ok=False), *super().states())


def test_what_has_not_answered_yet_is_on_its_way_not_unavailable(desk: TestOffice) -> None:
    room = Slow({})
    counter = Counter(Parts(desk.office, room, (), hub=desk.hub, folder=desk.folder))
    assert counter.device_states() == (("scanner", False, OPENING),)
    counter.close()
    room.close()


def test_what_cannot_be_opened_says_why(join: Join) -> None:
    counter = join(scanner=("scanners.keyboard_wedge", {}), card=("cards.none_such", {}))
    heard = Listener()
    counter.watch(heard)
    heard.wait(lambda told: all(word != OPENING for _, _, word in counter.device_states()))
    states = {role: (ok, word) for role, ok, word in counter.device_states()}
    assert states["scanner"] == (True, "")
    assert states["card"][0] is False
    assert states["card"][1] not in ("", OPENING)

"""Records by stick: sealed for one hub, signed by one device, taken in once whoever carries them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from counter_app.__main__ import main
from counter_app.problems import Problem
from counter_app.sync import carrying
from counter_app.sync.drain import drain
from counter_app.sync.member import device_key
from tests.sync.joined import PROGRAM, Desk, Hall, hall_in


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    with hall_in(tmp_path) as made:
        yield made


def raises(code: str) -> Any:
    return pytest.raises(Problem, match=code)


def packed(hall: Hall, desk: Desk, name: str = "stick") -> bytes:
    """What a desk carries out."""
    folder = hall.folder / name
    waiting = desk.store.waiting(10_000)
    made = carrying.export(waiting, folder, desk.member, device_key(desk.folder), hall.clock.now())
    carrying.note_exported(desk.folder, waiting)
    assert [one.records for one in made] == [len(waiting)]
    return (folder / made[0].file).read_bytes()


def test_another_counter_takes_them_in_and_they_are_known_when_the_line_is_back(hall: Hall) -> None:
    away, here = hall.desk("away"), hall.desk("here")
    away.work(4)
    data = packed(hall, away)
    told = here.hub.take_package("r1", data)
    assert (told["records"], told["verdicts"], told["repeated"]) == (4, {"accepted": 4}, False)
    again = here.hub.take_package("r2", data)
    assert (again["verdicts"], again["repeated"]) == ({"accepted": 4}, True)
    fresh = here.hub.take_package("r3", packed(hall, away, "again"))  # the same records packed anew
    assert fresh["repeated"]
    assert drain(away.store, away.hub, away.store.settle) == 4
    assert away.store.outbox().acknowledged == 4
    assert hall.hub.durable_upto(away.store.state.device, 1) == 4


def test_a_package_shows_nothing_of_what_is_in_it(hall: Hall) -> None:
    desk = hall.desk("a")
    desk.work(2)
    data = packed(hall, desk)
    assert desk.store.state.device.encode() not in data
    assert b"visit.opened" not in data
    assert b"clerk_no" not in data


def test_a_copy_at_another_hub_is_refused(hall: Hall, tmp_path: Path) -> None:
    desk = hall.desk("a")
    desk.work(1)
    data = packed(hall, desk)
    (tmp_path / "other").mkdir()
    with hall_in(tmp_path / "other", secret=b"z" * 32) as other:
        with raises("package-elsewhere"):
            other.hub.take_package(data)
        assert other.hub.durable_upto(desk.store.state.device, 1) == 0


def test_a_changed_package_changes_nothing(hall: Hall) -> None:
    desk, thief = hall.desk("a"), hall.desk("b")
    desk.work(2)
    data = packed(hall, desk)
    for broken in (data[:-1], data[:200], b"", b"OW1S\n{}\n", data[:-40] + bytes(40), data + b"x"):
        with pytest.raises(Problem, match=r"package-broken|seal-broken"):
            hall.hub.take_package(broken)
    head, _, rest = data[5:].partition(b"\n")
    cover = json.loads(head)
    moved = b"OW1S\n" + json.dumps({**cover, "package_id": "other"}).encode() + b"\n" + rest
    with raises("seal-broken"):
        hall.hub.take_package(moved)
    waiting = desk.store.waiting()
    stolen = carrying.export(
        waiting, hall.folder / "c", thief.member, device_key(thief.folder), hall.clock.now()
    )
    hall.hub.take_package(data)
    told = hall.hub.take_package((hall.folder / "c" / stolen[0].file).read_bytes())
    assert told["repeated"]  # the same records under the same id: nothing new
    assert hall.hub.durable_upto(desk.store.state.device, 1) == 2


def test_records_of_another_device_packed_by_a_thief_are_set_aside(hall: Hall) -> None:
    desk, thief = hall.desk("a"), hall.desk("b")
    desk.work(1)
    drain(desk.store, desk.hub, desk.store.settle)  # the hall knows whose store this is
    desk.work(1)
    stolen = carrying.export(
        desk.store.waiting(), hall.folder / "c", thief.member, device_key(thief.folder), hall.clock.now()
    )
    told = hall.hub.take_package((hall.folder / "c" / stolen[0].file).read_bytes())
    assert told["verdicts"] == {"rejected": 1}
    hall.hub.revoke_device(thief.member.device, PROGRAM, "丢失")
    thief.work(1)
    assert hall.hub.take_package(packed(hall, thief, "late"))["verdicts"] == {"held": 1, "rejected": 0}
    assert hall.hub.durable_upto(thief.store.state.device, 1) == 0


def test_a_package_taken_in_without_a_line_is_handed_on_once(hall: Hall) -> None:
    away, here = hall.desk("away"), hall.desk("here")
    away.work(3)
    data = packed(hall, away)
    for _ in range(2):
        carrying.keep(here.folder, data)
    nowhere = replace(here.member, url="http://127.0.0.1:9").connect(here.folder)
    assert carrying.hand_on(here.folder, nowhere) == 0
    assert carrying.hand_on(here.folder, here.hub) == 1
    assert carrying.hand_on(here.folder, here.hub) == 0
    assert hall.hub.durable_upto(away.store.state.device, 1) == 3
    carrying.keep(here.folder, data)  # once more from the same stick
    assert carrying.hand_on(here.folder, here.hub) == 0


def test_a_folder_with_unsent_work_is_not_ready_to_go(hall: Hall, capsys: Any) -> None:
    desk = hall.desk("a")
    assert _run(capsys, "ready", desk)[0] == 0
    desk.work(2)
    assert _run(capsys, "ready", desk)[0] == 1
    code, told = _run(capsys, "export", desk, "--out", str(hall.folder / "usb"))
    assert (code, told["records"], len(told["files"])) == (0, 2, 1)
    assert _run(capsys, "ready", desk)[0] == 0
    desk.work(1)
    assert _run(capsys, "ready", desk)[0] == 1  # what came after the export is not in it


def test_the_command_takes_a_package_in(hall: Hall, capsys: Any) -> None:
    away, here = hall.desk("away"), hall.desk("here")
    away.work(2)
    _, told = _run(capsys, "export", away, "--out", str(hall.folder / "usb"))
    file = str(hall.folder / "usb" / told["files"][0]["file"])
    code, taken = _run(capsys, "import", here, file)
    assert (code, taken["verdicts"], taken["kept"]) == (0, {"accepted": 2}, False)
    junk = hall.folder / "junk.ow1s"
    junk.write_bytes(b"nothing")
    assert _run(capsys, "import", here, str(junk))[0] == 1
    shutil.rmtree(here.folder / carrying.FOLDER)


def _run(capsys: Any, action: str, desk: Desk, *more: str) -> tuple[int, dict[str, Any]]:
    code = main(["package", action, *more, "--data", str(desk.folder)])
    text = capsys.readouterr().out
    return code, json.loads(text) if text else {}

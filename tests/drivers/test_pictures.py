"""Pictures of a folder and of what OpenCV plays."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import cv2
import numpy
import pytest

from drivers.pictures import open_frames
from drivers.protocols import Fault

SIZE = (640, 480)


def grey(value: int) -> Any:
    return numpy.full((48, 64, 3), value, numpy.uint8)


def write(file: Path, value: int) -> None:
    cv2.imwrite(str(file), grey(value))


def test_a_folder_shows_its_newest_picture(tmp_path: Path) -> None:
    frames = open_frames(str(tmp_path), SIZE)
    assert frames.next() is None
    write(tmp_path / "a.png", 10)
    assert int(frames.next().mean()) == 10
    write(tmp_path / "b.jpg", 90)
    assert int(frames.next().mean()) == 90
    (tmp_path / "notes.txt").write_text("no picture")
    (tmp_path / "c.png").write_bytes(b"\x89PNG half")
    assert int(frames.next().mean()) == 90  # one half written is left for later
    write(tmp_path / "c.png", 200)
    assert int(frames.next().mean()) == 200
    frames.close()


def test_a_folder_that_vanished_is_a_lost_camera(tmp_path: Path) -> None:
    folder = tmp_path / "lens"
    folder.mkdir()
    frames = open_frames(str(folder), SIZE)
    folder.rmdir()
    with pytest.raises(Fault) as caught:
        frames.next()
    assert caught.value.code == "device-gone"


def test_what_opencv_plays_ends_as_a_lost_camera(tmp_path: Path) -> None:
    film = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(film), cv2.VideoWriter_fourcc(*"MJPG"), 10, (64, 48))
    for value in (40, 120):
        writer.write(grey(value))
    writer.release()
    frames = open_frames(str(film), SIZE)
    assert [round(float(frames.next().mean()), -1) for _ in range(2)] == [40, 120]
    with pytest.raises(Fault) as caught:
        frames.next()
    assert caught.value.code == "device-gone"
    frames.close()


@pytest.mark.parametrize("port", ["/dev/video-there-is-none", "63"])
def test_a_camera_that_is_not_there_is_said(port: str) -> None:
    with pytest.raises(Fault) as caught:
        open_frames(port, SIZE)
    assert (caught.value.code, caught.value.detail) == ("device-gone", port)


def test_no_port_is_no_camera() -> None:
    with pytest.raises(ValueError, match="port"):
        open_frames("", SIZE)

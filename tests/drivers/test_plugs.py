"""Cameras as the kernel lists them."""

from __future__ import annotations

from pathlib import Path

from drivers.plugs import cameras
from drivers.protocols import Finding


def node(folder: Path, name: str, title: str, index: str) -> None:
    (folder / name).mkdir()
    (folder / name / "name").write_text(title + "\n")
    (folder / name / "index").write_text(index + "\n")


def test_each_camera_is_listed_once_by_its_picture_node(tmp_path: Path) -> None:
    node(tmp_path, "video0", "USB DOC CAM: USB DOC CAM", "0")
    node(tmp_path, "video1", "USB DOC CAM: USB DOC CAM", "1")  # its metadata
    node(tmp_path, "video10", "Webcam", "0")
    node(tmp_path, "video2", "", "0")
    (tmp_path / "video3").mkdir()  # gone while we looked
    assert cameras(tmp_path) == (
        Finding("摄像头 USB DOC CAM: USB DOC CAM", {"port": "/dev/video0"}),
        Finding("摄像头 video2", {"port": "/dev/video2"}),
        Finding("摄像头 Webcam", {"port": "/dev/video10"}),
    )
    assert cameras(tmp_path / "none") == ()

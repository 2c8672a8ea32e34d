"""Strips of other makers: one TOML file."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from drivers import registry
from drivers.protocols import Fault, LedText
from drivers.pty_port import PtyPort

TEMPLATE = """
show = "A5 {address} {colour} {length} {text} {crc16} 5A"
clear = "A5 {address} 00 00 {crc16} 5A"
reply = "none"
encoding = "gb2312"
address = 7
width = 8
colours = { red = 1, green = 2 }
"""


@pytest.fixture
def port(tmp_path: Path) -> Any:
    """A line and everything written to it."""
    heard: list[bytes] = []
    news = threading.Event()

    def hear(data: bytes) -> None:
        heard.append(data)
        news.set()

    line = PtyPort(tmp_path / "tty", hear)
    line.heard, line.news = heard, news  # type: ignore[attr-defined]
    yield line
    line.unplug()


def opened(tmp_path: Path, text: str = TEMPLATE, **config: Any) -> Any:
    (tmp_path / "strip.toml").write_text(text, "utf-8")
    given = {"port": str(tmp_path / "tty"), "template": str(tmp_path / "strip.toml"), **config}
    return registry.open("leds.frame", given)


def test_a_file_describes_another_maker_and_long_text_is_cut_between_characters(
    tmp_path: Path, port: Any
) -> None:
    strip = opened(tmp_path)
    strip.show(LedText("请A016号到三号窗口", "green"))
    assert port.news.wait(60)
    data = b"".join(port.heard)
    assert data[:4] == bytes([0xA5, 7, 2, 8])
    assert data[4:12].decode("gb2312") == "请A016号"
    strip.close()


def test_words_given_at_the_desk_go_before_the_file(tmp_path: Path, port: Any) -> None:
    strip = opened(tmp_path, address=9)
    strip.clear()
    assert port.news.wait(60)
    assert b"".join(port.heard)[:4] == bytes([0xA5, 9, 0, 0])
    strip.close()


@pytest.mark.parametrize("text", ["shwo = 'A5'", "show = 'A5 {", "show = 'A5 {colr}'"])
def test_a_wrong_file_is_refused(text: str, tmp_path: Path) -> None:
    with pytest.raises(Fault) as caught:
        opened(tmp_path, text)
    assert caught.value.code == "frame-template"

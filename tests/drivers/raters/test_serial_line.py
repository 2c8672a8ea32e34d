"""Raters of other makers: their frames are settings."""

from __future__ import annotations

import os
import tty
from pathlib import Path

import pytest

from drivers import registry
from drivers.protocols import Fault
from drivers.pty_port import PtyPort
from drivers.raters.simulator import RaterTable
from tests.drivers.contract.asking import Asked


def test_frames_of_another_maker_are_settings(tmp_path: Path) -> None:
    heard: list[bytes] = []

    def answer(data: bytes) -> None:
        heard.append(data)
        if data == b"\x02GO\x03":
            port.tell(b"noise\x02\x01\x03")  # the second best: this maker counts from 0

    port = PtyPort(tmp_path / "tty", answer)
    config = {
        "port": str(tmp_path / "tty"),
        "start": "02 47 4F 03",
        "stop": "02 4E 4F 03",
        "answer": "02 {level} 03",
        "codes": "00 01 02 03 04",
        "skip": "",
    }
    rater = registry.open("raters.serial_line", config)
    assert rater.ask("备案", 5000).level == 4
    rater.close()
    port.unplug()


def test_a_key_pressed_while_nobody_asks_is_no_rating(tmp_path: Path) -> None:
    table = RaterTable(tmp_path / "tty")
    rater = registry.open("raters.serial_line", {"port": str(tmp_path / "tty")})
    assert rater.ask("备案", 50).outcome == "timeout"
    table.do("force", {"level": "1"})
    assert rater.ask("备案", 150).outcome == "timeout"
    rater.close()
    table.close()


@pytest.mark.parametrize("codes", ["31 32", "31 31 32 33 34"])
def test_codes_must_be_five_that_differ(codes: str) -> None:
    with pytest.raises(Fault) as caught:
        registry.open("raters.serial_line", {"port": "/dev/null", "codes": codes})
    assert caught.value.code == "frame-template"


def test_an_answer_cut_in_two_is_whole_again(tmp_path: Path) -> None:
    master, slave = os.openpty()
    tty.setraw(slave)
    rater = registry.open("raters.serial_line", {"port": os.ttyname(slave)})
    asked = Asked(lambda: rater.ask("备案", 5000))
    assert os.read(master, 4) == bytes.fromhex("AA01AB55")
    os.write(master, bytes.fromhex("AA33"))
    os.write(master, bytes([0xAA ^ 0x33, 0x55]))
    assert asked.result().level == 3
    rater.close()
    os.close(master)
    os.close(slave)

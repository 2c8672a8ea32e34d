"""The simulated devices before the citizen are processes that another terminal drives."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from drivers import registry, simulate
from drivers.protocols import LedText, SealWish

MODULES = {
    "rater": ("drivers.raters.simulator", "raters.serial_line", "port"),
    "led": ("drivers.leds.simulator", "leds.frame", "port"),
    "eseal": ("drivers.eseals.simulator", "eseals.http", "url"),
}


@pytest.mark.parametrize("name", MODULES)
def test_it_is_driven_from_another_process(name: str, tmp_path: Path) -> None:
    module, driver, key = MODULES[name]
    argv = [sys.executable, "-m", module, "--data", str(tmp_path)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdin is not None
        told = json.loads(running.stdout.readline())
        device = registry.open(driver, {key: told[key]})
        (remote,) = simulate.found(tmp_path)
        assert remote.actions()
        if name == "led":
            device.show(LedText("请 A016 号"))
            assert remote.do("look") == "red 请 A016 号"
        elif name == "eseal":
            device.seal(SealWish(b"%PDF-1.4\nstartxref\n0\n%%EOF\n", "1"))
            assert remote.do("count") == "用印 1 次"
        else:
            assert device.ask("备案", 50).outcome == "timeout"
        device.close()
        running.stdin.close()
        assert running.wait(10) == 0

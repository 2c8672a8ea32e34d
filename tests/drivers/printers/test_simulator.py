"""The receipt printer as a process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from drivers import registry, simulate
from drivers.protocols import PrintJob


def test_a_receipt_printed_from_one_process_lies_in_the_others_folder(tmp_path: Path) -> None:
    argv = [sys.executable, "-m", "drivers.printers.simulator", "--data", str(tmp_path)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdin is not None
        port = json.loads(running.stdout.readline())["port"]
        remote = simulate.Remote(tmp_path / "simulators" / "receipt.sock")
        assert {action.name for action in remote.actions()} >= {"paper_out", "paper_in", "open", "off"}
        printer = registry.open("printers.escpos", {"port": port})
        assert (
            printer.print(PrintJob("a", "b", "r80", operations=(("text", "回执", ""), ("cut",)))).state
            == "done"
        )
        running.stdin.close()
        assert running.wait(10) == 0
    folder = tmp_path / "simulators" / "receipts"
    assert (folder / "0001.txt").read_text("utf-8") == "回执\n"
    assert (folder / "0001.png").stat().st_size > 0

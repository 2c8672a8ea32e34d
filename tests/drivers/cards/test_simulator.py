"""The virtual card as a command: one card from a file or standard input."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from drivers.cards.pcsc import PcscReader
from drivers.host.pcscd import PrivatePcscd
from tests.fakes.listening import Listener

COMMAND = [sys.executable, "-m", "drivers.cards.simulator"]
CARD = 'name = "𬱖"\nidno = "11010519491231002X"\nversion = "2.01"\n'


@pytest.mark.pcsc
@pytest.mark.parametrize("from_file", [True, False])
def test_one_card_is_in_until_its_process_ends(pcscd: PrivatePcscd, tmp_path: Path, from_file: bool) -> None:
    slot = pcscd.slots[-1]
    file = tmp_path / "card.toml"
    file.write_text(CARD, "utf-8")
    argv = pcscd.inside([*COMMAND, str(file) if from_file else "-", "--port", str(slot.port)])
    device, heard = PcscReader(), Listener()
    device.watch(heard)
    heard.event("readers")
    pipe = subprocess.PIPE
    process = subprocess.Popen(argv, stdin=pipe, stdout=pipe)
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b"" if from_file else CARD.encode())
    process.stdin.close()
    assert process.stdout.readline() == b"inserted\n"
    assert heard.event("inserted").reader == slot.reader
    assert device.read(slot.reader).name == "𬱖"
    process.terminate()
    process.wait()
    process.stdout.close()
    assert heard.event("removed").reader == slot.reader
    device.close()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("nmae = 'x'", "nmae"),
        ("name = ", "Invalid value"),
        ('{"version": 2}', "version"),
        ("idno='" + "1" * 30 + "'", "idno"),
    ],
)
def test_a_senseless_description_is_refused_with_its_file(tmp_path: Path, text: str, word: str) -> None:
    file = tmp_path / "card.toml"
    file.write_text(text, "utf-8")
    done = subprocess.run([*COMMAND, str(file)], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "card.toml" in done.stderr
    assert word in done.stderr

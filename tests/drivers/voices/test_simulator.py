"""The loudspeaker as a process."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from drivers import simulate
from drivers.voices.sound import Sound
from drivers.voices.speaker import Speaker


def test_a_sound_sent_from_one_process_lies_in_the_others_folder(tmp_path: Path) -> None:
    argv = [sys.executable, "-m", "drivers.voices.simulator", "--data", str(tmp_path)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdin is not None
        port = json.loads(running.stdout.readline())["port"]
        assert {a.name for a in simulate.found(tmp_path)[0].actions()} == {"unplug", "plug", "mute", "unmute"}
        sound = Sound(8000, bytes(800))
        Speaker(port).play(sound)
        running.stdin.close()
        assert running.wait(10) == 0
    assert (tmp_path / "simulators" / "loudspeaker" / "0001.wav").read_bytes() == sound.wav()


def test_a_player_is_a_program_that_takes_a_file_on_its_input(tmp_path: Path) -> None:
    Speaker(f"tee {tmp_path}/heard.wav").play(Sound(8000, bytes(10)))
    assert (tmp_path / "heard.wav").read_bytes().startswith(b"RIFF")

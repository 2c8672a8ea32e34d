"""Rigs for the devices before the citizen: the driver, and who stands before it."""

from __future__ import annotations

import os
import signal
import subprocess
import wave
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from drivers import registry
from drivers.eseals.simulator import SealTable
from drivers.fingerprints.simulator import FingerGlass
from drivers.gwq.simulator import CustomerScreen
from drivers.leds.simulator import StripTable
from drivers.pinpads.simulator import PinPad
from drivers.raters.simulator import RaterTable
from drivers.signpads.simulator import SignPad
from drivers.simulator_person import AskedDevice
from drivers.voices.clips import needed
from drivers.voices.simulator import Loudspeaker
from tests.fakes.vendor_citizen import simulated

Rigs = Mapping[str, Callable[[pytest.FixtureRequest], AbstractContextManager[Any]]]


@dataclass
class VoiceRig:
    """A voice, what was heard of it (one entry per sentence, oldest first), and its loudspeaker's plug."""

    device: Any
    heard: Callable[[], list[str]]
    unplug: Callable[[], object]
    plug: Callable[[], object]
    at_once: Callable[[], int] = field(default=lambda: 1)


def recordings(folder: Path, *, without: str = "", more: tuple[str, ...] = ()) -> Path:
    """A folder of recordings as a hall would make them: a short tone each, of its own pitch."""
    folder.mkdir(parents=True, exist_ok=True)
    for n, name in enumerate((*needed(), *more)):
        if name in without:
            continue
        with wave.open(str(folder / f"{name}.wav"), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(16000)
            file.writeframes(tone(n + 5) * 8)
    return folder


def tone(step: int) -> bytes:
    """A few milliseconds that differ from every other step's."""
    return b"".join(((m * step * 97) % 20000 - 10000).to_bytes(2, "little", signed=True) for m in range(100))


def loud(full_id: str, **config: Any) -> Callable[[pytest.FixtureRequest], AbstractContextManager[VoiceRig]]:
    """A voice whose sound goes to the simulated loudspeaker."""

    @contextmanager
    def rig(request: pytest.FixtureRequest) -> Iterator[VoiceRig]:
        folder = request.getfixturevalue("tmp_path")
        speaker = Loudspeaker(folder / "loud", speed=40)
        given = {"out": f"127.0.0.1:{speaker.port}", **config}
        if full_id == "voices.clips":
            given["folder"] = str(recordings(folder / "clips"))
        device = registry.open(full_id, given)
        yield VoiceRig(
            device,
            lambda: [file.name for file in sorted((folder / "loud").glob("*.wav"))],
            lambda: speaker.do("unplug", {}),
            lambda: speaker.do("plug", {}),
            lambda: speaker.at_once,
        )
        device.close()
        speaker.close()

    return rig


SPEECHD = """LogLevel 0
AudioOutputMethod "libao"
AddModule "file" "sd_generic" "file.conf"
DefaultModule file
DefaultLanguage "zh"
"""
MODULE = r"""GenericExecuteSynth "echo \'$DATA\' >> {said}"
GenericLanguage "zh" "zh" "utf-8"
AddVoice "zh" "MALE1" "x"
DefaultVoice "x"
"""


class Dispatcher:
    """A real speech-dispatcher of our own, whose voice writes down what it is to say."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.said = folder / "said"
        (folder / "modules").mkdir(parents=True)
        (folder / "speechd.conf").write_text(SPEECHD)
        (folder / "modules" / "file.conf").write_text(MODULE.format(said=self.said))
        self.address = f"unix_socket:{folder}/sock"
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    def start(self) -> None:
        """Start it and wait until it listens."""
        f = str(self._folder)
        argv = ["speech-dispatcher", "-s", "-t", "0", "-C", f, "-S", f + "/sock", "-P", f + "/pid", "-L", f]
        nothing = subprocess.DEVNULL
        self._process = subprocess.Popen(
            argv, stdin=nothing, stdout=nothing, stderr=nothing, start_new_session=True
        )
        hello = ["spd-say", "--wait", "-O"]
        environment = {**os.environ, "SPEECHD_ADDRESS": self.address}
        for _ in range(100):
            if (self._folder / "sock").exists():
                asked = subprocess.run(hello, env=environment, capture_output=True, timeout=10)
                if not asked.returncode:
                    return
            self._process.poll()
            try:
                self._process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
        raise AssertionError("speech-dispatcher does not answer")

    def stop(self) -> None:
        """End it and the module it started."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGTERM)
            self._process.wait(10)
            self._process = None
            (self._folder / "sock").unlink(missing_ok=True)

    def lines(self) -> list[str]:
        """What it said."""
        said = self.said.read_text("utf-8") if self.said.exists() else ""
        return [line for line in said.splitlines() if line.strip()]


@contextmanager
def system_speech(request: pytest.FixtureRequest) -> Iterator[VoiceRig]:
    service = Dispatcher(request.getfixturevalue("tmp_path") / "speech")
    device = registry.open("voices.system", {"address": service.address})
    yield VoiceRig(device, service.lines, service.stop, service.start)
    device.close()
    service.stop()


@dataclass
class AskRig:
    """A device that waits for a person: `act(what)` lets the person do `done`, `no`, `late`, … ."""

    device: Any
    act: Callable[[str], object]
    unplug: Callable[[], object] = lambda: None
    plug: Callable[[], object] = lambda: None
    limit_ms: int = 5000
    told: Callable[[], str] = lambda: ""


@contextmanager
def serial_rater(request: pytest.FixtureRequest) -> Iterator[AskRig]:
    port = request.getfixturevalue("tmp_path") / "rater.tty"
    table = RaterTable(port)
    device = registry.open("raters.serial_line", {"port": str(port)})

    def act(what: str) -> object:
        if what in ("skip", "noise"):
            return table.do(what, {})
        return table.do("press", {"level": what}) if what else None

    yield AskRig(device, act, lambda: table.do("unplug", {}), lambda: table.do("plug", {}))
    device.close()
    table.close()


@contextmanager
def frame_strip(request: pytest.FixtureRequest) -> Iterator[AskRig]:
    port = request.getfixturevalue("tmp_path") / "led.tty"
    table = StripTable(port)
    device = registry.open("leds.frame", {"port": str(port)})
    yield AskRig(
        device,
        lambda what: table.do(what, {}),
        lambda: table.do("unplug", {}),
        lambda: table.do("plug", {}),
        told=lambda: table.do("look", {}),
    )
    device.close()
    table.close()


def waiting(full_id: str, make: type[AskedDevice]) -> Callable[..., AbstractContextManager[AskRig]]:
    """A driver in its host, on the shipped simulator and its library; `act`: what the next person does."""

    @contextmanager
    def rig(request: pytest.FixtureRequest) -> Iterator[AskRig]:
        table = simulated(make, request.getfixturevalue("tmp_path") / "vendor")
        device = registry.open(full_id, table.config)

        def act(what: str) -> None:
            table.do("unplug" if what == "unplugged" else "plug", {})
            if what != "unplugged":
                table.do("behave", {"mode": what})

        act("ok")
        yield AskRig(
            device,
            act,
            lambda: act("unplugged"),
            lambda: act("ok"),
            limit_ms=2000,
            told=lambda: "\n".join(table.shown),
        )
        device.close()
        table.close()

    return rig


@contextmanager
def seal_service(request: pytest.FixtureRequest) -> Iterator[AskRig]:
    table = SealTable()
    device = registry.open("eseals.http", {"url": table.url, "limit_ms": 300, "token": "secret-token"})
    yield AskRig(
        device,
        lambda what: table.do("behave", {"mode": what}),
        table.close,
        told=lambda: table.do("count", {}),
    )
    device.close()
    table.close()


SIMULATED: Rigs = {
    "eseals.http": seal_service,
    "fingerprints.vendor_livescan": waiting("fingerprints.vendor_livescan", FingerGlass),
    "gwq.vendor_gwq": waiting("gwq.vendor_gwq", CustomerScreen),
    "leds.frame": frame_strip,
    "pinpads.vendor_pad": waiting("pinpads.vendor_pad", PinPad),
    "raters.serial_line": serial_rater,
    "signpads.vendor_pad": waiting("signpads.vendor_pad", SignPad),
    "voices.clips": loud("voices.clips"),
    "voices.espeak": loud("voices.espeak", rate=300),
    "voices.system": system_speech,
}


@contextmanager
def metal_voice(driver_id: str, config: Mapping[str, Any]) -> Iterator[VoiceRig]:
    device = registry.open(driver_id, config)
    heard: list[str] = []
    plug: Callable[[str], Callable[[], object]] = lambda words: lambda: input(f"\n>>> {words}, then Enter")  # noqa: E731
    listening = lambda: [*heard, *["heard"] * int(input("\n>>> how many sentences did you hear? "))]  # noqa: E731
    yield VoiceRig(device, listening, plug("switch the loudspeaker off"), plug("switch it on"))
    device.close()


@contextmanager
def metal_asker(driver_id: str, config: Mapping[str, Any]) -> Iterator[AskRig]:
    device = registry.open(driver_id, config)

    def act(what: str) -> object:
        print(f"\n>>> at the device: {what or 'nothing'}")
        return None

    yield AskRig(device, act, limit_ms=30_000)
    device.close()


METAL: Mapping[str, Callable[[str, Mapping[str, Any]], AbstractContextManager[Any]]] = {
    "voices": metal_voice,
    **dict.fromkeys(("raters", "leds", "signpads", "fingerprints", "pinpads", "gwq", "eseals"), metal_asker),
}

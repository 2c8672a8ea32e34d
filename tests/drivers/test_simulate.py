"""Simulated devices are driven from another process through a control socket nobody else may use."""

from __future__ import annotations

import io
import json
import os
import socket
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from drivers.simulate import FOLDER, Action, Choice, ControlServer, Parameter, Refused, Remote, found, main


class Lamp:
    """A simulated lamp."""

    name = "lamp"
    title = "灯"

    def __init__(self) -> None:
        self.did: list[tuple[str, dict[str, str]]] = []

    def actions(self) -> tuple[Action, ...]:
        colours = (Choice("r", "红"), Choice("g", "绿"))
        return (
            Action("light", "点亮", (Parameter("colour", "颜色", colours, "r"), Parameter("text", "字"))),
        )

    def do(self, action: str, given: Mapping[str, str]) -> str:
        if action == "break":
            raise ZeroDivisionError("bulb")
        if action != "light":
            raise Refused("没有这个动作")
        self.did.append((action, dict(given)))
        return "亮了"


@pytest.fixture
def lamp() -> Lamp:
    return Lamp()


@pytest.fixture(params=["short", "long" * 60], ids=["short", "long"])
def data(request: pytest.FixtureRequest, tmp_path: Path, lamp: Lamp) -> Iterator[Path]:
    """A data folder with the lamp served; also one whose path is longer than a socket's may be."""
    folder = tmp_path / request.param
    server = ControlServer(folder, lamp)
    yield folder
    server.close()


def test_a_panel_finds_the_device_and_draws_its_actions(data: Path, lamp: Lamp) -> None:
    (remote,) = found(data)
    assert (remote.name, remote.title, remote.actions()) == ("lamp", "灯", lamp.actions())


def test_an_action_is_carried_out_with_its_values(data: Path, lamp: Lamp) -> None:
    assert found(data)[0].do("light", {"colour": "g"}) == "亮了"
    assert lamp.did == [("light", {"colour": "g"})]


@pytest.mark.parametrize(("action", "words"), [("fly", "没有这个动作"), ("break", "ZeroDivisionError: bulb")])
def test_a_refused_or_broken_action_is_told(data: Path, action: str, words: str) -> None:
    with pytest.raises(Refused, match=words):
        found(data)[0].do(action)


def test_only_the_owner_may_use_the_socket(data: Path) -> None:
    assert stat.S_IMODE((data / FOLDER).stat().st_mode) == 0o700
    assert stat.S_IMODE((data / FOLDER / "lamp.sock").stat().st_mode) == 0o600


def test_nonsense_on_the_socket_stops_nobody(data: Path) -> None:
    folder = os.open(data / FOLDER, os.O_PATH)
    for speech in (b"hello\n", b"[1]\n", b'"x"\n', b"{", b""):
        with socket.socket(socket.AF_UNIX) as link:
            link.connect(f"/proc/self/fd/{folder}/lamp.sock")
            link.sendall(speech)
    os.close(folder)
    assert found(data)[0].do("light") == "亮了"


def test_a_socket_left_by_a_killed_simulator_is_passed_over(data: Path) -> None:
    dead = socket.socket(socket.AF_UNIX)
    folder = os.open(data / FOLDER, os.O_PATH)
    dead.bind(f"/proc/self/fd/{folder}/dead.sock")
    os.close(folder)
    dead.close()
    assert [remote.name for remote in found(data)] == ["lamp"]
    with pytest.raises(Refused):
        Remote(data / FOLDER / "dead.sock")


def test_the_command_lists_devices_as_json(data: Path) -> None:
    out = io.StringIO()
    assert main([], data, out) == 0
    assert [(row["id"], row["actions"][0]["name"]) for row in json.loads(out.getvalue())] == [
        ("lamp", "light")
    ]


def test_the_command_does_and_takes_values_from_standard_input(
    data: Path, lamp: Lamp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("name = '王'"))
    out = io.StringIO()
    assert main(["lamp", "light", "colour=g", "text=-"], data, out) == 0
    assert (out.getvalue(), lamp.did) == ("亮了\n", [("light", {"colour": "g", "text": "name = '王'"})])


@pytest.mark.parametrize(
    ("argv", "code"),
    [(["lamp"], 2), (["nobody", "light"], 2), (["lamp", "light", "green"], 2), (["lamp", "fly"], 1)],
)
def test_the_command_refuses_what_it_cannot_do(
    data: Path, argv: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(argv, data) == code
    assert capsys.readouterr().err

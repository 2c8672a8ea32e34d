"""The identity-card reader as a process: its ports, its actions, its end."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from drivers import registry, simulate
from drivers.cards.sdt_simulator import spec_of
from drivers.deck import Invented

DECK = """
[[person]]
key = "wang"
name = "王敏"
certno = "371102197608201244"
addr = "示例路1号"
[[person]]
key = "none"
name = "李小"
certno = "371102194803120024"
id_card = false
[[person]]
key = "ana"
name = "ANA"
certno = "911555198503042224"
id_card = { kind = "foreigner_2023", foreign_name = "ANA", nationality = "ESP" }
"""


@pytest.fixture
def process(tmp_path: Path) -> Iterator[dict[str, Any]]:
    deck = tmp_path / "people.toml"
    deck.write_text(DECK, "utf-8")
    argv = [sys.executable, "-m", "drivers.cards.sdt_simulator", "--deck", str(deck), "--data", str(tmp_path)]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdin is not None
        yield json.loads(running.stdout.readline())
        running.stdin.close()
        assert running.wait(10) == 0


def test_both_its_ports_reach_the_same_card(process: dict[str, Any], tmp_path: Path) -> None:
    remote = simulate.Remote(tmp_path / "simulators" / "idcard.sock")
    for port in (process["port"], process["tcp"]):
        remote.do("lay", {"card": "ana"})
        device = registry.open("cards.sdt_serial", {"port": port})
        assert device.read().kind == "foreigner_2023"
        device.close()


def test_a_panel_is_told_who_has_a_card(process: dict[str, Any], tmp_path: Path) -> None:
    remote = simulate.Remote(tmp_path / "simulators" / "idcard.sock")
    lay = remote.actions()[0]
    assert [choice.code for choice in lay.parameters[0].choices] == ["wang", "ana"]
    for action, given in (("lay", {"card": "none"}), ("lay", {"trouble": "x"}), ("fly", {})):
        with pytest.raises(simulate.Refused):
            remote.do(action, given)
    with pytest.raises(simulate.Refused, match="nmae"):
        remote.do("lay_described", {"text": "nmae = 1"})


def test_who_has_no_usual_number_has_a_card_only_if_it_is_described() -> None:
    assert spec_of(Invented("a", "A", "E123")) is None
    spec = spec_of(Invented("a", "A", "ESP310085030415", id_card={"kind": "foreigner", "foreign_name": "A"}))
    assert spec is not None
    assert spec.idno == "ESP310085030415"


def test_a_name_longer_than_the_cards_field_is_cut_as_on_real_cards() -> None:
    spec = spec_of(Invented("a", "阿" * 25, "371102197608201244"))
    assert spec is not None
    assert spec.name == "阿" * 15

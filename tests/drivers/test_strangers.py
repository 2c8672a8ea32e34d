"""Drivers of another package: pip-installed somewhere else, listed, opened and read, in lane and host."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.commands import driver_kit
from counter_app.commands.driver_kit import FAMILIES, HOSTED
from drivers import registry
from drivers.protocols import Fault

ROOT = Path(__file__).resolve().parents[2]
TINY = ROOT / "tests" / "packages" / "tiny"


def install(package: Path, target: Path) -> Path:
    """Install as a hall's engineer would, only without a network: nothing is fetched to build it."""
    argv = [sys.executable, "-m", "pip", "install", "-q", "--no-index", "--no-deps", "--no-build-isolation"]
    argv += [
        "--disable-pip-version-check",
        "--root-user-action=ignore",
        "--target",
        str(target),
        str(package),
    ]
    done = subprocess.run(argv, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return target


def copied(package: Path, to: Path) -> Path:
    """Building leaves files beside the sources; ours stay clean."""
    for file in package.rglob("*"):
        if file.is_file() and "__pycache__" not in file.parts:
            place = to / file.relative_to(package)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(file.read_bytes())
    return to


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("strangers")
    return install(copied(TINY, folder / "source"), folder / "site")


@pytest.fixture
def installed(target: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.syspath_prepend(str(target))
    yield target
    for name in [name for name in sys.modules if name.startswith("onewindow_tiny")]:
        del sys.modules[name]


def test_its_drivers_stand_among_ours_and_what_is_broken_says_why(installed: Path) -> None:
    told = {s.id: (s.available, s.because) for s in registry.states()}
    assert set(registry.expected()) <= set(told)
    assert told["cards.pcsc"] == (True, "")  # ours, whoever takes its name
    assert {full_id: row for full_id, row in told.items() if "tiny" in full_id} == {
        "cards.tiny": (True, ""),
        "cards.tiny_hosted": (True, ""),
        "cards.pcsc@onewindow-tiny": (False, "编号与自带驱动重复，未启用"),
        "printers.tiny_broken": (False, "驱动包 onewindow-tiny 有错（SystemExit）"),
        "scanners.tiny_lies": (False, "驱动包 onewindow-tiny 的 DRIVER 写得不对"),
    }
    assert registry.find("cards.pcsc").title == "PC/SC 读卡器（社保卡）"


def test_it_is_opened_and_read_in_a_lane_and_through_a_host(installed: Path) -> None:
    for full_id, here in (("cards.tiny", True), ("cards.tiny_hosted", False)):
        device = registry.open(full_id, {"greeting": "欧阳", "poll_ms": 0})
        read = device.read("tiny")
        device.close()
        assert (read.name, read.card_no, read.region == str(os.getpid())) == ("欧阳", "T1", here)


def test_what_is_broken_is_refused_by_its_reason_when_it_is_wanted(installed: Path) -> None:
    with pytest.raises(Fault) as caught:
        registry.open("printers.tiny_broken", {})
    assert (caught.value.code, "SystemExit" in caught.value.detail) == ("device-unavailable", True)


def test_without_it_there_is_no_trace(target: Path) -> None:
    assert [s.id for s in registry.states() if "tiny" in s.id] == []


EVERY = [(family, hosted) for family in FAMILIES for hosted in (False, family in HOSTED)]
LATER = [one for one in dict.fromkeys(EVERY) if one != ("cards", True)]


@pytest.mark.parametrize(
    ("family", "hosted"),
    [
        ("cards", True),
        *(
            pytest.param(*one, marks=pytest.mark.long)
            for one in dict.fromkeys(LATER)
            if one != ("cards", True)
        ),
    ],
)
def test_a_package_that_was_just_written_passes_its_familys_contract(
    tmp_path: Path, family: str, hosted: bool
) -> None:
    """`devices new`, pip, `devices list`, and the contract on the simulator the package brings."""
    words = ["devices", "new", "acme", "--family", family, "--to", str(tmp_path), "--json"]
    told = json.loads(run("-m", "counter_app", *words, *(["--hosted"] if hosted else [])).stdout)
    assert told["id"] == f"{family}.acme"
    site = install(Path(told["folder"]), tmp_path / "site")
    listed = json.loads(run("-m", "counter_app", "devices", "list", "--json", site=site).stdout)
    assert [row["available"] for row in listed if row["id"] == told["id"]] == [True]
    rig = ["--device", told["id"], "--device-rig", "onewindow_acme.rig"]
    contract = f"tests/drivers/contract/test_{family}.py"
    done = run("-m", "pytest", "-v", "-p", "no:cacheprovider", *rig, contract, site=site)
    assert " passed" in done.stdout


def test_every_pattern_is_clean_and_says_what_it_is(tmp_path: Path) -> None:
    for family in FAMILIES:
        driver_kit.write(f"acme_{family}", family, family in HOSTED, tmp_path)
    ruff = [sys.executable, "-m", "ruff"]
    for words in (["check", "-q"], ["format", "--check", "-q"]):
        done = subprocess.run([*ruff, *words, str(tmp_path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout
    assert not [file for file in tmp_path.rglob("*.[pmt][yo]*") if "{{" in file.read_text("utf-8")]
    families = {state.family for state in registry.states()}
    assert families == set(FAMILIES), "a family without a pattern"


def run(*argv: str, site: Path | None = None) -> subprocess.CompletedProcess[str]:
    """A command in the checkout, with the folder of strange packages on its path."""
    path = os.pathsep.join([str(ROOT), *([str(site)] if site else [])])
    environment = {**os.environ, "PYTHONPATH": path}
    done = subprocess.run(
        [sys.executable, *argv], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done

"""Drivers are found by walking; what is wrong with one is said and stops nobody."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from drivers import registry
from drivers.protocols import Fault

GOOD = """
from drivers.protocols import Driver
DRIVER = Driver(id={id!r}, family={family!r}, title="t", open=lambda c: c["n"], requires={requires!r})
"""
Make = Callable[..., str]


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest) -> Make:
    """Make a package of drivers: `package({"cards/one": source, …})` returns its name."""
    monkeypatch.syspath_prepend(str(tmp_path))
    name = "strangers_" + str(abs(hash(request.node.name)))

    def make(files: dict[str, str]) -> str:
        for place, source in {"__init__": "", **files}.items():
            file = tmp_path / name / f"{place}.py"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(source, "utf-8")
            (file.parent / "__init__.py").touch()
        return name

    return make


def driver(name: str, family: str = "cards", requires: tuple[str, ...] = ()) -> str:
    return GOOD.format(id=name, family=family, requires=requires)


def because(package: str, shipped: tuple[str, ...] = ()) -> dict[str, tuple[bool, str]]:
    return {s.id: (s.available, s.because) for s in registry.states(package, shipped)}


def test_the_manifest_is_what_lies_in_the_folders() -> None:
    declared = {row.full_id for row in registry.walk(shipped=()) if row.driver is not None}
    assert declared == set(registry.expected())


def test_every_shipped_driver_is_available_here() -> None:
    assert {s.id: s.because for s in registry.states() if not s.available} == {}


def test_a_deleted_driver_is_missed(package: Make) -> None:
    name = package({"cards/one": driver("one")})
    told = because(name, ("cards.one", "cards.two"))
    assert told == {"cards.one": (True, ""), "cards.two": (False, "驱动文件缺失")}


@pytest.mark.parametrize(
    ("source", "why"),
    [
        ("DRIVER = (", "驱动文件有错（SyntaxError）"),
        ("import no_such_sdk\nDRIVER = 1", "驱动文件有错（ModuleNotFoundError）"),
        ("raise SystemError('boom')  # DRIVER", "驱动文件有错（SystemError）"),
        ("DRIVER = 'a string'", "DRIVER 写得不对"),
        (driver("one", family="printers"), "DRIVER 写得不对"),
        ("# the DRIVER was here", "驱动文件里没有 DRIVER"),
    ],
)
def test_a_broken_file_is_a_row_and_no_crash(package: Make, source: str, why: str) -> None:
    name = package({"cards/one": source, "cards/fine": driver("fine")})
    assert because(name) == {"cards.fine": (True, ""), "cards.one": (False, why)}


def test_a_missing_sdk_is_named(package: Make) -> None:
    name = package({"cards/one": driver("one", requires=("no_such_sdk",))})
    assert because(name) == {"cards.one": (False, "缺少组件 no_such_sdk")}


def test_what_runs_in_a_host_is_looked_for_and_not_imported(package: Make) -> None:
    """A heavy component would weigh on the counter for good."""
    heavy = package(
        {"cards/one": driver("one", requires=("this.one",)).replace("requires=", "hosted=True, requires=")}
    )
    assert because(heavy) == {"cards.one": (False, "缺少组件 this.one")}
    fine = driver("two", requires=("antigravity",)).replace("requires=", "hosted=True, requires=")
    assert because(package({"cards/two": fine}))["cards.two"] == (True, "")
    assert "antigravity" not in sys.modules


def test_two_equal_ids_are_both_refused(package: Make) -> None:
    name = package({"cards/one": driver("one"), "cards/other": driver("one")})
    assert because(name) == {"cards.one": (False, "编号重复，两个驱动都不启用")}
    with pytest.raises(Fault) as caught:
        registry.find("cards.one", name)
    assert caught.value.code == "device-unavailable"


def test_a_module_without_a_driver_is_not_imported_only_to_look(package: Make) -> None:
    name = package({"cards/helper": "raise SystemExit", "cards/one": driver("one")})
    assert because(name) == {"cards.one": (True, "")}


def test_opening_an_unknown_driver_says_so() -> None:
    with pytest.raises(Fault) as caught:
        registry.open("cards.nothing", {})
    assert (caught.value.code, caught.value.detail) == ("driver-unknown", "cards.nothing")


def test_a_wrong_configuration_is_a_fault() -> None:
    with pytest.raises(Fault) as caught:
        registry.open("scanners.serial_line", {"port": "/dev/null", "ending": "comma"})
    assert caught.value.code == "device-unavailable"


def test_the_host_room_is_no_family() -> None:
    families = {s.family for s in registry.states()}
    assert families >= {"cards", "document_cameras", "printers", "scanners", "vouchers"}
    assert "host" not in families

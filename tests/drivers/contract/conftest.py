"""Who is held to a family's contract: every shipped driver on its simulator, or with `--device` a real one.

pytest tests/drivers/contract                                     every shipped driver, simulated
pytest -s --device cards.pcsc tests/drivers/contract              the reader on this desk; asks for a card
pytest --device cards.x --device-rig onewindow_x.rig tests/drivers/contract     another package, simulated
pytest -s --device scanners.serial_line --device-config '{"port":"/dev/ttyACM0"}' tests/drivers/contract
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from drivers import registry
from tests.fakes import metal_rigs, rigs


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One run of each contract test per driver of the module's FAMILY."""
    if "rig" not in metafunc.fixturenames:
        return
    family = metafunc.module.FAMILY
    metal = metafunc.config.getoption("--device")
    wanted = [metal] if metal else list(registry.expected())
    held = [full_id for full_id in wanted if full_id.split(".")[0] == family]
    if family == "cards":
        reads = getattr(metafunc.module, "READS", "card")
        held = [full_id for full_id in held if reads in registry.find(full_id).reads]
    metafunc.parametrize("driver_id", held)


@pytest.fixture
def rig(driver_id: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    """The driver opened, with the means to put something before it."""
    config = json.loads(request.config.getoption("--device-config"))
    if request.config.getoption("--device-rig"):
        made = metal_rigs.packaged(driver_id, request.config.getoption("--device-rig"), config)
    elif request.config.getoption("--device"):
        made = metal_rigs.METAL[driver_id.split(".")[0]](driver_id, config)
    elif driver_id in rigs.SIMULATED:
        made = rigs.SIMULATED[driver_id](request)
    else:
        pytest.fail(f"{driver_id} has no rig in tests/fakes/rigs.py: every driver passes its contract")
    with made as ready:
        yield ready

"""What every test shares: sizes, a log nobody may dirty, pictures of failures, and real servers."""

from __future__ import annotations

import logging
import os
import re
import shutil
import sys
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ROOT = Path(__file__).resolve().parent.parent
FAILURES = ROOT / "tests" / "_failures"
SIZES: dict[str, dict[str, int]] = tomllib.loads((ROOT / "tests" / "sizes.toml").read_text("utf-8"))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="run every test at its long size")
    parser.addoption("--rewrite-golden", action="store_true", help="write golden files anew, on purpose")
    parser.addoption("--device", default="", help="hold a real device to its family's contract: cards.pcsc")
    parser.addoption("--device-rig", default="", help="module whose rig() stands before it: onewindow_x.rig")
    parser.addoption("--device-config", default="{}", help="its configuration as JSON")


def pytest_configure(config: pytest.Config) -> None:
    is_long = bool(config.getoption("--long"))
    examples = SIZES["examples"]["long" if is_long else "short"]
    # The short run must give the same answer twice; the long run goes looking for trouble.
    settings.register_profile(
        "onewindow",
        max_examples=examples,
        deadline=None,
        derandomize=not is_long,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )
    settings.load_profile("onewindow")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out (rather than skip) what only exists at the long size."""
    if config.getoption("--long"):
        return
    left_out = [item for item in items if item.get_closest_marker("long")]
    items[:] = [item for item in items if not item.get_closest_marker("long")]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session")
def size(request: pytest.FixtureRequest) -> Callable[[str], int]:
    """How much work to do: `size("kills")`. KeyError when tests/sizes.toml has no such line."""
    which = "long" if request.config.getoption("--long") else "short"
    return lambda name: SIZES[name][which]


# --- windows ----------------------------------------------------------------------------------------


@pytest.fixture
def qtbot(qapp: Any, request: pytest.FixtureRequest) -> Any:
    """pytest-qt's hand with the patience of a busy machine."""
    from tests.fakes.patience import PatientBot  # Qt only where a test wants a window

    return PatientBot(request)


# --- the log --------------------------------------------------------------------------------------


class _Ears(logging.Handler):
    """Keeps every record from WARNING up, and what a test said it expects."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[logging.LogRecord] = []
        self.expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(record)

    def verdict(self) -> str:
        """What was wrong: a record nobody expected, or an expected one that never came."""
        lines = [f"{r.levelname} {r.name}: {r.getMessage()}" for r in self.heard]
        stray = [line for line in lines if not any(re.search(e, line) for e in self.expected)]
        silent = [e for e in self.expected if not any(re.search(e, line) for line in lines)]
        return "\n".join([f"unexpected log: {s}" for s in stray] + [f"never logged: {s}" for s in silent])


@pytest.fixture(autouse=True)
def _ears() -> Iterator[_Ears]:
    """A log record of WARNING or above that the test did not announce fails the test."""
    ears = _Ears()
    logging.getLogger().addHandler(ears)
    yield ears
    logging.getLogger().removeHandler(ears)
    if verdict := ears.verdict():
        pytest.fail(verdict, pytrace=False)


@pytest.fixture
def expect_log(_ears: _Ears) -> Callable[[str], None]:
    """Announce a warning: `expect_log("printer .* gone")`, searched in `LEVEL logger: message`."""
    return _ears.expected.append


# --- pictures of what failed ----------------------------------------------------------------------


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Iterator[None]:
    """Leave a picture of every window that was open when a test failed."""
    outcome: Any = yield
    report = outcome.get_result()
    widgets = sys.modules.get("PySide6.QtWidgets")
    if report.when != "call" or not report.failed or widgets is None:
        return
    if widgets.QApplication.instance() is None:
        return
    FAILURES.mkdir(parents=True, exist_ok=True)
    stem = re.sub(r"[^\w.-]+", "_", item.nodeid)[-120:]
    for nth, window in enumerate(w for w in widgets.QApplication.topLevelWidgets() if w.isVisible()):
        window.grab().save(str(FAILURES / f"{stem}.{nth}.png"))


# --- real servers ---------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def pcscd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A real smart-card service of this run alone, with six virtual readers (drivers/host/pcscd.py).

    `.slots` are the readers, `.inside(argv)` a command that reaches their ports. This process's own PC/SC
    calls go there too, if none was made before.
    """
    if shutil.which("pcscd", path="/usr/sbin:/usr/bin:/sbin:/bin") is None:
        pytest.skip("pcscd is not installed; run installer/setup.sh")
    from drivers.host import pcscd as service

    running = service.start(str(tmp_path_factory.mktemp("pcscd")), readers=6)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in running.environment.items():
            patch.setenv(name, value)
        yield running
    running.stop()


@pytest.fixture(scope="session")
def _cups() -> Iterator[Any]:
    from tests.servers import cups

    if (why := cups.missing()) is not None:
        pytest.skip(why)
    with cups.running() as server:
        yield server


@pytest.fixture
def cups_queue(_cups: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A real CUPS with one cups-pdf queue, private to this run.

    `.queue` its name, `.server` for `lp -h` (also set as CUPS_SERVER), `.folder` where finished PDFs land,
    `.stop_queue(reason)`/`.start_queue()` to make it refuse, `.jobs()` what waits.
    """
    monkeypatch.setenv("CUPS_SERVER", _cups.server)
    return _cups


@pytest.fixture(scope="session")
def postgres() -> Iterator[Any]:
    """A real PostgreSQL on a private socket; `.fresh()` is the SQLAlchemy URL of an empty database."""
    from tests.servers import postgres as server

    if (why := server.missing()) is not None:
        pytest.skip(why)
    with server.running() as running:
        yield running

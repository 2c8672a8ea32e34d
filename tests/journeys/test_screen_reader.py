"""What a screen reader is told of the real desk, page by page: over AT-SPI, on an X screen, from outside.

The trees lie in `tests/golden/at_spi`; with `--long --rewrite-golden` this file writes
them anew, on purpose.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.fakes.at_spi import WAIT_S, Node, Reader, told
from tests.fakes.x_screen import missing, x_screen
from tests.journeys.play import HERE, Desk, _people_only, journeys, opened_desk, values

GOLDEN = HERE.parent / "golden" / "at_spi"
# After how many steps of the journey the tree of a page is taken, and what has to be pressed for it alone.
PAGES = {
    "idle": (0, ()),
    "called": (2, ()),
    "asked": (4, ()),
    "choose": (5, ()),
    "palette": (7, ()),
    "fill": (8, ()),
    "basis": (8, ("press Ctrl+E",)),
    "speaker": (8, ("press Ctrl+E", "press Ctrl+D")),
    "help": (8, ("press Ctrl+D", "press F1")),
    "rare": (8, ("press Esc", "press Ctrl+U")),
    "check": (15, ()),
}


@pytest.fixture
def session(tmp_path: Path) -> Iterator[str]:
    """A session bus of this test alone; the bus of the screen readers is started by it."""
    lost = missing() or next((f"no {name}" for name in ("dbus-daemon",) if shutil.which(name) is None), "")
    if lost:
        pytest.skip(f"{lost}; run installer/setup.sh")
    argv = ["dbus-daemon", "--session", "--print-address=1", "--nofork", "--nopidfile"]
    places = {"HOME": str(tmp_path), "XDG_RUNTIME_DIR": str(tmp_path)}
    with subprocess.Popen(
        argv, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env={**os.environ, **places}
    ) as bus:
        assert bus.stdout is not None
        try:
            yield bus.stdout.readline().strip()
        finally:
            bus.terminate()


@contextmanager
def desk(folder: Path, session: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Desk, Reader]]:
    """A demo desk with the bridge to screen readers on, and a reader beside it."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", session)
    monkeypatch.setenv("QT_LINUX_ACCESSIBILITY_ALWAYS_ON", "1")
    people = folder / "people.toml"
    people.write_text(_people_only(HERE / "people.toml"), "utf-8")
    reader = Reader(session)
    try:
        with x_screen() as display, opened_desk(folder, people, display) as made:
            yield made, reader
    finally:
        reader.close()


def page(reader: Reader) -> Node:
    """The desk as a reader has it now, without the panel of simulated devices beside it."""
    whole = reader.tree(*reader.application("onewindow"))
    return next(child for child in whole.children if child.name.startswith("一窗"))


def golden(name: str) -> list[str]:
    return (GOLDEN / f"{name}.txt").read_text("utf-8").splitlines()


def expected(reader: Reader, name: str) -> Node:
    """The page as soon as it is as it should be; what the hall or a device tells may come a little later."""
    end = time.monotonic() + WAIT_S
    tree = page(reader)
    while told(tree) != golden(name) and time.monotonic() < end:
        tree = page(reader)
    return tree


@pytest.mark.long
def test_every_page_is_told_whole(
    tmp_path: Path, session: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    rewrites = request.config.getoption("--rewrite-golden")
    steps, known = journeys()["remote"].steps, values()
    found: dict[str, list[str]] = {}
    silent: dict[str, list[Node]] = {}
    with desk(tmp_path, session, monkeypatch) as (made, reader):
        done = 0
        for name, (count, more) in PAGES.items():
            for step in (*steps[done:count], *more):
                made.step(step, known)
            done = count
            tree = page(reader) if rewrites else expected(reader, name)
            found[name] = told(tree)
            silent[name] = [n for n in tree.walk() if "focusable" in n.states and not n.name.strip()]
            if name == "rare":
                made.step("press Esc", known)
    assert {name: nodes for name, nodes in silent.items() if nodes} == {}
    for name, lines in found.items():
        if rewrites:
            GOLDEN.mkdir(exist_ok=True)
            (GOLDEN / f"{name}.txt").write_text("\n".join(lines) + "\n", "utf-8")
        assert golden(name) == lines, f"the tree of {name} has changed"


@pytest.mark.long
def test_the_focus_is_told_and_walks_with_the_keys(
    tmp_path: Path, session: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps, known = journeys()["remote"].steps, values()
    with desk(tmp_path, session, monkeypatch) as (made, reader):
        for step in steps[:8]:
            made.step(step, known)
        seen = []
        for key in ("Tab", "Tab", "Tab", "Shift+Tab", "Shift+Tab"):
            made.step(f"press {key}", known)
            (focused,) = [n for n in page(reader).walk() if "focused" in n.states]
            assert focused.name.strip()
            seen.append(focused.name)
    assert len(set(seen[:3])) == 3
    assert seen[3:] == [seen[1], seen[0]]

"""`review` finds its hub: by address and token, beside a desk that serves, or in a folder nobody has open."""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_app.commands.review import COMMAND, open_review
from counter_app.hub.server import served_beside, serving
from counter_app.hub.tokens import Bearer
from counter_app.problems import Problem
from counter_app.services.review_view import Decision
from counter_app.services.reviewing import Reviewing
from counter_app.settings import Settings
from tests.fakes.office import TestOffice, open_office
from tests.services.test_review import pushed


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestOffice]:
    opened = open_office(tmp_path / "data")
    yield opened
    opened.close()


@pytest.fixture
def stack() -> Iterator[contextlib.ExitStack]:
    with contextlib.ExitStack() as made:
        yield made


def words(*given: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    COMMAND.add_arguments(parser)
    return parser.parse_args([*given])


def opened(stack: contextlib.ExitStack, *given: str) -> Reviewing:
    return open_review(words(*given), Settings(), stack)


def test_two_people_work_over_the_wire_and_neither_is_both(
    desk: TestOffice, tmp_path: Path, stack: contextlib.ExitStack
) -> None:
    pushed(desk)
    served = stack.enter_context(serving({"001": desk.hub}))
    places = []
    for number in ("0420", "0421"):
        file = tmp_path / f"{number}.token"
        file.write_text(desk.hub.issue(Bearer("001", "reviewer", clerk=number)) + "\n")
        places.append(opened(stack, "--hub", served.url, "--token-file", str(file), "--clerk", number))
    one, two = places
    (row,) = one.work("慢特病岗")
    seen = one.sheet(row.case_id)
    for request, act in (("r1", "claim"), ("r2", "pass")):
        seen = one.decide(seen, Decision(act), request)
    assert any("另一位同事" in offer.blocked for offer in one.sheet(row.case_id).offers)
    done = two.decide(two.sheet(row.case_id), Decision("second"), "r6")
    assert done.history[-1].who.endswith("0421")
    assert two.reveal(row.case_id, row.part, "look").row.person == "李桂芳"


def test_beside_a_desk_that_serves(desk: TestOffice, stack: contextlib.ExitStack) -> None:
    number = pushed(desk)
    data = str(desk.folder)
    with pytest.raises(Problem, match="store-locked"):
        opened(stack, "--data", data, "--clerk", "0420")
    stack.enter_context(served_beside(desk.hub, desk.folder))
    place = opened(stack, "--data", data, "--clerk", "0420")
    (row,) = place.work()
    assert row.number == number
    assert {a.key: a.value for a in place.reveal(row.case_id, row.part, "look").answers}["certno"].startswith(
        "3711"
    )


def test_a_folder_nobody_has_open_is_served_here(tmp_path: Path, stack: contextlib.ExitStack) -> None:
    desk = open_office(tmp_path / "data")
    number = pushed(desk)
    page = desk.store.add_page(b"JPEG")
    desk.close()
    place = opened(stack, "--data", str(tmp_path / "data"), "--clerk", "0420")
    assert [row.number for row in place.work()] == [number]
    assert place.page(page) == b"JPEG"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        (("--hub", "http://127.0.0.1:9", "--clerk", "1"), "usage"),
        (("--data", "none", "--clerk", "1"), "store-missing"),
        (("--hub", "http://127.0.0.1:9", "--clerk", "1", "--region", "nowhere"), "not-found"),
    ],
)
def test_what_cannot_be_opened_is_refused(
    given: tuple[str, ...], code: str, stack: contextlib.ExitStack, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Problem) as refused:
        opened(stack, *given)
    assert refused.value.code == code


def test_one_place_must_be_named() -> None:
    for given in (("--clerk", "1"), ("--clerk", "1", "--hub", "x", "--data", "y")):
        with pytest.raises(Problem, match="usage"):
            COMMAND.run(words(*given))

"""A training hall: 培训 on window and papers, and no way into a real hall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from counter_app.commands.registry import commands
from counter_app.documents.papers import Document, draw
from counter_app.domain.papers import plain_of
from counter_app.problems import Problem
from counter_app.seals.keyring import DEMO_FILE
from counter_app.services.visit import Visit
from tests.documents.samples import proof_of, sample
from tests.fakes.office import TestOffice, open_office
from tests.services.test_visit import fill_yd01


@pytest.fixture
def learning(tmp_path: Path) -> Iterator[TestOffice]:
    opened = open_office(tmp_path / "data")
    opened.office = replace(opened.office, training=True)
    opened.visit = Visit(opened.office)
    yield opened
    opened.close()


def test_every_paper_says_so(learning: TestOffice) -> None:
    assert learning.visit.view().training
    learning.identify("li_guifang")
    fill_yd01(learning)
    learning.visit.check()
    number = learning.visit.submit().case.number  # type: ignore[union-attr]
    papers = learning.store.papers(number)
    assert papers
    assert all('"training":true' in paper.content for paper in papers)


@pytest.mark.parametrize("kind", ["SLTZ", "SLHZ"])
def test_it_stands_instead_of_the_demo_words(kind: str) -> None:
    content = replace(sample(kind), demo=True, training=True)
    told = "\n".join(draw(Document(plain_of(content), proof_of(content))).press.lines)
    assert "培训单据" in told
    assert "演示" not in told
    assert "training" not in plain_of(replace(content, training=False))


def test_its_folder_joins_no_hall(tmp_path: Path) -> None:
    import argparse

    (tmp_path / DEMO_FILE).write_bytes(b"")
    arguments = argparse.Namespace(data=tmp_path, code="A", url="https://127.0.0.1:1", name="", invite="")
    with pytest.raises(Problem, match="synthetic-store"):
        commands()["enrol"].run(arguments)

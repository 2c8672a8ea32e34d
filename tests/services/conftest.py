from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from counter_app.catalog.load import load_catalogue
from counter_app.catalog.model import Catalogue
from tests.fakes.office import TestOffice, open_office


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture
def desk(tmp_path: Path, catalogue: Catalogue) -> Iterator[TestOffice]:
    opened = open_office(tmp_path / "data", catalogue)
    yield opened
    opened.close()

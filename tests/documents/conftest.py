"""What the tests of papers share: golden files, and a reader that is not ours (poppler)."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from counter_app.documents import Papers
from counter_app.documents.papers import Document, draw
from counter_app.documents.press import Press
from counter_app.domain.papers import PaperContent, plain_of
from tests.documents.samples import proof_of

GOLDEN = Path(__file__).resolve().parents[1] / "golden" / "papers"
DOTS = 60  # per inch, of golden pictures
PLAIN = 40  # of 255: a field this much lighter or darker is another field
ALIKE = 0.002


@pytest.fixture
def papers() -> Papers:
    """The port, as bootstrap makes it."""
    return Papers()


def drawn(content: PaperContent, reprint: int = 0) -> Press:
    """A paper as it stands on the press, for its words."""
    return draw(Document(plain_of(content), proof_of(content), reprint)).press


def words(text: str) -> str:
    """A text without blanks, in which two programs may differ."""
    return "".join(text.split())


@pytest.fixture
def pdftotext(tmp_path: Path) -> Callable[[bytes], str]:
    """What poppler finds on the pages, in the order it was written."""

    def read(pdf: bytes) -> str:
        file = tmp_path / "read.pdf"
        file.write_bytes(pdf)
        done = subprocess.run(
            ["pdftotext", "-raw", "-enc", "UTF-8", str(file), "-"], capture_output=True, check=True
        )
        assert done.stderr == b""
        return done.stdout.decode("utf-8")

    return read


@pytest.fixture
def pictures(tmp_path: Path) -> Callable[[bytes, int], list[Image.Image]]:
    """The pages as poppler paints them, in grey."""

    def paint(pdf: bytes, dots: int) -> list[Image.Image]:
        file = tmp_path / "paint.pdf"
        file.write_bytes(pdf)
        subprocess.run(["pdftoppm", "-gray", "-r", str(dots), str(file), str(tmp_path / "page")], check=True)
        pages = sorted(tmp_path.glob("page-*.pgm"))
        found = [Image.open(page).copy() for page in pages]
        for page in pages:
            page.unlink()
        return found

    return paint


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, bytes], bytes]:
    """The golden bytes under a name; with --rewrite-golden the new ones are written first."""

    def keep(name: str, new: bytes) -> bytes:
        file = GOLDEN / name
        if request.config.getoption("--rewrite-golden"):
            GOLDEN.mkdir(parents=True, exist_ok=True)
            file.write_bytes(new)
        return file.read_bytes()

    return keep


def unlike(first: Image.Image, second: Image.Image) -> float:
    """How far two pictures differ: the share of small fields (4 x 4 dots) that are plainly different.

    Hinting and versions of poppler move edges by a fraction of a dot; a line of text that is lost, moved
    or set in another size changes more than one field in five hundred.
    """
    if first.size != second.size:
        return 1.0
    small = tuple(max(1, edge // 4) for edge in first.size)
    one, two = (picture.resize(small, Image.Resampling.BOX) for picture in (first, second))
    spread = ImageChops.difference(one, two).histogram()
    return sum(spread[PLAIN:]) / sum(spread)

"""The sheet in a picture: found at any angle, cut, straight, turned the right way, small enough."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drivers.document_cameras import sheet
from drivers.document_cameras.simulator import _laid, _scene, _sheet
from drivers.protocols import Fault, PagePicture

Sized = Callable[[str], int]
MOST = 600_000


def picture(page: PagePicture) -> Any:
    return cv2.imdecode(numpy.frombuffer(page.data, numpy.uint8), cv2.IMREAD_COLOR)


def taken(kind: str, tilt: float, **limits: int) -> PagePicture:
    scene = _laid(_sheet(kind, "PAGE 1"), tilt)
    return sheet.page_of(scene, limits.get("longest", 2600), limits.get("most", MOST))


def ink_is_above(page: Any) -> bool:
    """The simulated pages have their big letters at the top left."""
    height, width = page.shape[:2]
    corner = page[: height // 3, : width // 2]
    other = page[-height // 3 :, -width // 2 :]
    return int((corner < 80).sum()) > int((other < 80).sum())


def test_a_sheet_is_found_at_any_angle(size: Sized) -> None:
    @settings(max_examples=max(8, size("examples") // 5), deadline=None)
    @given(st.sampled_from(["a4_across", "card", "slip"]), st.floats(-12, 12))
    def holds(kind: str, tilt: float) -> None:
        page = taken(kind, tilt)
        laid = _sheet(kind, "")
        assert page.is_cut
        assert page.width == pytest.approx(laid.shape[1], rel=0.03)
        assert page.height == pytest.approx(laid.shape[0], rel=0.03)
        shown = picture(page)
        rim = numpy.concatenate([shown[4:-4, 5], shown[4:-4, -6], shown[5, 4:-4], shown[-6, 4:-4]])
        assert float((rim < 150).mean()) < 0.02  # the mat is gone on all four sides
        assert ink_is_above(shown)

    holds()


@pytest.mark.parametrize("kind", ["a4", "card"])
def test_a_sheet_seen_from_aside_is_put_straight(kind: str) -> None:
    scene = _laid(_sheet(kind, "PAGE 1"), 0)
    height, width = scene.shape[:2]
    here = numpy.float32([[0, 0], [width, 0], [width, height], [0, height]])
    there = numpy.float32([[90, 40], [width - 60, 0], [width, height], [0, height - 30]])
    aside = cv2.warpPerspective(
        scene, cv2.getPerspectiveTransform(here, there), (width, height), borderValue=(52, 58, 70)
    )
    page = sheet.page_of(aside, 2600, MOST)
    assert page.is_cut
    shown = picture(page)
    assert float((shown[:, 6] < 150).mean()) < 0.03
    assert float((shown[:, -7] < 150).mean()) < 0.03


@pytest.mark.parametrize("full", [True, False])
def test_where_no_sheet_is_found_nothing_is_cut_away(full: bool) -> None:
    scene = cv2.resize(_sheet("a4", "PAGE 1"), (1224, 1632)) if full else _scene((70, 58, 52))
    page = sheet.page_of(scene, 2600, MOST)
    assert not page.is_cut
    assert (page.width, page.height) == scene.shape[1::-1]


@pytest.mark.parametrize("scene", [None, numpy.zeros((9, 9, 3), "uint8"), numpy.zeros((0, 0, 3), "uint8")])
def test_darkness_is_no_page(scene: Any) -> None:
    with pytest.raises(Fault) as caught:
        sheet.page_of(scene, 2600, MOST)
    assert caught.value.code == "page-dark"


@pytest.mark.parametrize("most", [20_000, 60_000])
def test_a_page_is_made_as_small_as_it_has_to_be(most: int) -> None:
    noise = numpy.random.default_rng(7).integers(0, 255, (900, 700, 3), "uint8")
    page = sheet.encoded(noise, 2600, most, True)
    assert len(page.data) <= most
    assert page.width / page.height == pytest.approx(7 / 9, rel=0.02)
    assert max(sheet.encoded(noise, 300, MOST, True).width, 300) == 300


@pytest.mark.parametrize(("degrees", "corner"), [(90, (0, -1)), (180, (-1, -1)), (270, (-1, 0))])
def test_a_page_turns_clockwise(degrees: int, corner: tuple[int, int]) -> None:
    page = numpy.full((300, 200, 3), 240, numpy.uint8)
    page[:60, :60] = 0  # top left
    turned = picture(sheet.turned(sheet.encoded(page, 300, MOST, True).data, degrees, MOST))
    row, column = (10 if at == 0 else -10 for at in corner)
    assert int(turned[row, column].max()) < 60
    assert int((turned < 60).sum()) == pytest.approx(60 * 60 * 3, rel=0.05)


def test_only_quarter_turns() -> None:
    with pytest.raises(ValueError, match="degrees"):
        sheet.turned(b"", 45, MOST)

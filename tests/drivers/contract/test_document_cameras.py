"""What every driver of the family `document_cameras` promises."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from counter_app.problems import ROWS
from drivers.protocols import Fault, PagePicture
from tests.fakes.rig import Rig

FAMILY = "document_cameras"
MOST_BYTES = 700_000  # what crosses a host's line


def well_formed(page: PagePicture) -> Image.Image:
    """A page is a JPEG of the size it says, small enough to travel, and shows nothing of itself."""
    picture = Image.open(io.BytesIO(page.data))
    assert (picture.format, picture.size) == ("JPEG", (page.width, page.height))
    assert len(page.data) <= MOST_BYTES
    assert str(page.data[:8]) not in repr(page)
    return picture


def test_a_sheet_is_taken_cut_and_straight(rig: Rig) -> None:
    rig.put()
    page = rig.device.capture()
    assert well_formed(page)
    assert page.is_cut
    assert 1.25 < max(page.width, page.height) / min(page.width, page.height) < 1.6  # A4


def test_the_whole_picture_may_be_kept(rig: Rig) -> None:
    rig.put()
    page, cut = rig.device.capture(True), rig.device.capture()
    assert well_formed(page)
    assert not page.is_cut
    assert page.width * page.height > cut.width * cut.height


def test_a_glance_is_small_and_whole(rig: Rig) -> None:
    rig.put()
    seen = rig.device.preview()
    assert well_formed(seen)
    assert not seen.is_cut
    assert max(seen.width, seen.height) <= 800
    assert len(seen.data) <= 60_000


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_can_be_turned(rig: Rig, degrees: int) -> None:
    rig.put()
    page = rig.device.capture()
    turned = rig.device.turn(page.data, degrees)
    assert well_formed(turned)
    across = (turned.width, turned.height) == (page.height, page.width)
    assert across == (degrees != 180)


def test_what_is_no_page_is_not_turned(rig: Rig) -> None:
    with pytest.raises(Fault) as caught:
        rig.device.turn(b"no picture", 90)
    assert caught.value.code == "device-broken"


def test_a_lost_camera_is_said_and_found_again(rig: Rig) -> None:
    rig.put()
    assert rig.device.capture().is_cut
    rig.take()
    with pytest.raises(Fault) as caught:
        rig.device.capture()
    assert caught.value.code == "device-gone"
    assert ROWS[caught.value.code].advice


def test_closing_twice_is_nothing(rig: Rig) -> None:
    rig.device.close()
    assert rig.device.close() is None

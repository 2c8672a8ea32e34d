"""The sheet in a picture: found, cut out, put straight, turned, and made small enough to keep.

A sheet is the largest light thing with four sides on a darker ground, as the mats of these cameras are dark.
Where there is none (a page that fills the picture), the picture stays whole: nothing is ever guessed away.
"""

from __future__ import annotations

from typing import Any, Optional, Tuple

from drivers.pictures import vision
from drivers.protocols import Fault, PagePicture

_SMALL = 800  # the long side of the picture in which the sheet is looked for
_LEAST = 0.02  # of the picture: an identity card under a camera for A3
_MOST = 0.97
_QUALITIES = (85, 75, 65, 55, 45)
_SHRINK = 0.8
_GLANCE_BYTES = 60_000
TURNS = (0, 90, 180, 270)


def page_of(picture: Any, longest: int, most_bytes: int, whole: bool = False) -> PagePicture:
    """The sheet in a picture as one page of at most `most_bytes` and `longest` pixels a side.

    `whole` leaves the picture as it is. Raises Fault `page-dark` when there is nothing to see.
    """
    if picture is None or not picture.size or float(picture.max()) - float(picture.min()) < 24:
        raise Fault("page-dark", "")
    corners = None if whole else _corners(picture)
    sheet = picture if corners is None else _straight(picture, corners)
    return encoded(sheet, longest, most_bytes, corners is not None)


def encoded(picture: Any, longest: int, most_bytes: int, is_cut: bool) -> PagePicture:
    """A picture as JPEG within its limits: first coarser, then smaller. Raises Fault `device-broken`."""
    cv2 = vision()
    scale = min(1.0, longest / max(picture.shape[:2]))
    for _ in range(12):
        small = picture if scale == 1.0 else _scaled(picture, scale)
        for quality in _QUALITIES:
            good, data = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, quality])
            if good and len(data) <= most_bytes:
                return PagePicture(data.tobytes(), small.shape[1], small.shape[0], is_cut)
        scale *= _SHRINK
    raise Fault("device-broken", "picture")


def glance(picture: Any) -> PagePicture:
    """A picture as whoever lays a page wants to see it: small, uncut, quick. Raises Fault `page-none`."""
    if picture is None or not picture.size:
        raise Fault("page-none", "")
    return encoded(picture, _SMALL, _GLANCE_BYTES, False)


def turned(data: bytes, degrees: int, most_bytes: int) -> PagePicture:
    """A page turned clockwise by 90, 180 or 270 degrees. Raises Fault `device-broken`, ValueError."""
    if degrees not in TURNS:
        raise ValueError("degrees")
    cv2 = vision()
    import numpy

    picture = cv2.imdecode(numpy.frombuffer(data, numpy.uint8), cv2.IMREAD_COLOR) if data else None
    if picture is None:
        raise Fault("device-broken", "picture")
    if degrees:
        ways = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
        picture = cv2.rotate(picture, ways[degrees])
    return encoded(picture, max(picture.shape[:2]), most_bytes, True)


def _scaled(picture: Any, scale: float) -> Any:
    cv2 = vision()
    height, width = picture.shape[:2]
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return cv2.resize(picture, size, interpolation=cv2.INTER_AREA)


def _corners(picture: Any) -> Optional[Any]:
    """The four corners of the sheet in pixels of the picture, clockwise from the top left."""
    cv2 = vision()
    scale = min(1.0, _SMALL / max(picture.shape[:2]))
    grey = cv2.cvtColor(_scaled(picture, scale), cv2.COLOR_BGR2GRAY)
    blurred = cv2.GaussianBlur(grey, (5, 5), 0)
    _, light = cv2.threshold(blurred, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    # Writing that touches the edge must not bite into the sheet.
    light = cv2.morphologyEx(light, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, (9, 9)))
    found, _ = cv2.findContours(light, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not found:
        return None
    outline = max(found, key=cv2.contourArea)
    share = cv2.contourArea(outline) / float(grey.shape[0] * grey.shape[1])
    if not _LEAST <= share <= _MOST:
        return None
    return _ordered(_four(outline)) / scale


def _four(outline: Any) -> Any:
    """An outline's four corners: its own where it has four, else those of the box around it."""
    cv2 = vision()
    hull = cv2.convexHull(outline)
    rough = cv2.approxPolyDP(hull, 0.02 * cv2.arcLength(hull, True), True)
    if len(rough) == 4:
        return rough.reshape(4, 2).astype("float32")
    return cv2.boxPoints(cv2.minAreaRect(outline)).astype("float32")


def _ordered(points: Any) -> Any:
    """Top left, top right, bottom right, bottom left."""
    import numpy

    centre = points.mean(axis=0)
    angles = numpy.arctan2(points[:, 1] - centre[1], points[:, 0] - centre[0])
    around = points[numpy.argsort(angles)]
    first = int(numpy.argmin(around.sum(axis=1)))
    return numpy.roll(around, -first, axis=0)


def _straight(picture: Any, corners: Any) -> Any:
    cv2 = vision()
    import numpy

    width, height = _size(corners)
    goal = numpy.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], "float32")
    matrix = cv2.getPerspectiveTransform(corners.astype("float32"), goal)
    return cv2.warpPerspective(picture, matrix, (width, height), borderMode=cv2.BORDER_REPLICATE)


def _size(corners: Any) -> Tuple[int, int]:
    import numpy

    sides = [float(numpy.linalg.norm(corners[n] - corners[(n + 1) % 4])) for n in range(4)]
    return max(1, round(max(sides[0], sides[2]))), max(1, round(max(sides[1], sides[3])))

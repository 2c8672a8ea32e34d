"""All faces of the program."""

from __future__ import annotations

from tests.album import board, citizen, desk, guide, kiosk, manage, review
from tests.album.look import Face


def faces() -> tuple[Face, ...]:
    """Every program that has pages, the clerk's desk first."""
    return (desk.FACE, citizen.FACE, board.FACE, review.FACE, manage.FACE, guide.FACE, kiosk.FACE)

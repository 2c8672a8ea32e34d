"""Lines drawn in whatever fonts the machine has."""

from __future__ import annotations

import pytest

from drivers.printers.escpos_dots import Drawer


def dark(dots: tuple[int, int, bytes]) -> int:
    return sum(bin(byte).count("1") for byte in dots[2])


@pytest.mark.parametrize("char", ["䶮", "𠮷", "𬱖", "\U000f0000"])
def test_every_character_leaves_a_mark_of_its_own(char: str) -> None:
    draw = Drawer(576)
    told = draw(char)
    assert (told[0], told[1], len(told[2])) == (576, 30, 72 * 30)
    assert dark(told) > 20
    assert told != draw("一")


def test_a_long_line_is_broken_at_the_edge() -> None:
    wide, high, _ = Drawer(384)("𠮷" * 17)
    assert (wide, high) == (384, 60)


def test_the_same_line_is_the_same_dots() -> None:
    assert Drawer(576)("𠮷a 1") == Drawer(576)("𠮷a 1")

"""Tokens to one style sheet: the only place where colours and sizes meet the screen."""

from __future__ import annotations

import re
from dataclasses import dataclass

import tomli

import resources

NAMES = ("light", "contrast")
SCALES = (100, 125, 150)
FAMILIES = (
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Noto Sans SC",
    "Microsoft YaHei UI",
    "HanaMinA",
    "HanaMinB",
    "BabelStone Han",
)
BASE_PX = 14
SMALLEST_PX = 13
_TOKEN = re.compile(r"@(\w+)|(\d+)su")


@dataclass(frozen=True, slots=True)
class Theme:
    """One colour table at one text size. `scale` is in percent of the everyday size."""

    name: str
    scale: int
    colours: dict[str, str]

    def px(self, size: float) -> int:
        """A length of the everyday size, in logical pixels at this text size."""
        return round(size * self.scale / 100)

    def colour(self, token: str) -> str:
        """The colour of a token as `#rrggbb`."""
        return self.colours[token]

    def style_sheet(self, name: str = "desk") -> str:
        """A whole style sheet: `@token` becomes a colour, `12su` a scaled length in px."""
        return _TOKEN.sub(self._filled, resources.read_bytes(f"themes/{name}.qss").decode("utf-8"))

    def _filled(self, match: re.Match[str]) -> str:
        if match.group(1):
            return self.colours[match.group(1)]
        return f"{self.px(int(match.group(2)))}px"


def load(name: str, scale: int) -> Theme:
    """Read a theme of `resources/themes`; an unknown name or size falls back to the everyday one."""
    known = name if name in NAMES else NAMES[0]
    table = tomli.loads(resources.read_bytes(f"themes/{known}.toml").decode("utf-8"))
    return Theme(known, scale if scale in SCALES else SCALES[0], dict(table["colour"]))


def other(name: str) -> str:
    """The theme the switch leads to."""
    return NAMES[1] if name == NAMES[0] else NAMES[0]


def step(scale: int, by: int) -> int:
    """The next text size up (`by` = 1) or down (-1); 0 is the everyday size."""
    if by == 0:
        return SCALES[0]
    at = SCALES.index(scale) + by
    return SCALES[max(0, min(at, len(SCALES) - 1))]

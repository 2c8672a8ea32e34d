"""Characters by their sound, for a keyboard on a touch screen: no input method is installed on a kiosk."""

from __future__ import annotations

from functools import lru_cache

from counter_app.catalog.pinyin import spellings

# GB 2312 lists its 3,755 everyday characters by sound and the other 3,008 by radical: the usual come first.
FIRST_ROW, LAST_ROW = 16, 87
CELLS = 94


class PinyinBoard:
    """Finds characters by a whole syllable, else by its beginning; the everyday ones first."""

    def find(self, typed: str) -> tuple[str, ...]:
        """Characters that sound so; "" gives none."""
        table = _table()
        if typed in table:
            return table[typed]
        begun = (found for sound, found in table.items() if typed and sound.startswith(typed))
        return tuple(one for found in begun for one in found)


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for one in _characters():
        for sound in spellings(one):
            found.setdefault(sound, []).append(one)
    return {sound: tuple(found[sound]) for sound in sorted(found)}


def _characters() -> list[str]:
    made = []
    for line in range(FIRST_ROW, LAST_ROW + 1):
        for cell in range(1, CELLS + 1):
            try:
                made.append(bytes((line + 0xA0, cell + 0xA0)).decode("gb2312"))
            except UnicodeDecodeError:
                continue  # the last cells of row 55 are empty
    return made

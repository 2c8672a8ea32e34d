from __future__ import annotations

from typing import Any

from tests.fakes import snapshots as s


def test_a_case_accepted_offline_says_so_on_its_card(stand: Any, qtbot: Any) -> None:
    tiles = (s.replace(s.DONE.tiles[0], number="261123-001-ABC-0001-X", provisional=True), *s.DONE.tiles[1:])
    made = stand(s.replace(s.DONE, tiles=tiles))
    tile = made.desk.tray._tiles[tiles[0].case_id]
    assert tile._chip.text() == "▲ 待核"

from __future__ import annotations

import uuid

from hypothesis import given
from hypothesis import strategies as st

from counter_app.domain.ids import IdMaker, new_id

clocks = st.lists(st.integers(0, 2**44), min_size=1, max_size=60)


@given(clocks)
def test_ids_grow_whatever_the_clock_does(walls: list[int]) -> None:
    maker = IdMaker()
    made = [maker.next(wall) for wall in walls]
    assert made == sorted(set(made))
    assert all(uuid.UUID(text).version == 7 and uuid.UUID(text).variant == uuid.RFC_4122 for text in made)


def test_order_survives_a_restart_with_the_clock_set_back() -> None:
    first = IdMaker().next(1_800_000_000_000)
    assert IdMaker(first).next(946_684_800_000) > first


def test_a_full_counter_moves_to_the_next_millisecond() -> None:
    full = "0000000003e8-7fff-bfff-ffff00000000"
    last = f"{full[:8]}-{full[8:12]}-{full[13:17]}-{full[18:22]}-{full[23:]}"
    after = IdMaker(last).next(5)
    assert after > last
    assert uuid.UUID(after).int >> 80 == 1001


def test_the_time_is_in_front_and_ids_differ() -> None:
    made = {new_id(1_800_000_000_000) for _ in range(1000)}
    assert len(made) == 1000
    assert {uuid.UUID(text).int >> 80 for text in made} == {1_800_000_000_000}

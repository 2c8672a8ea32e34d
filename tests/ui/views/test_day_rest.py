"""The hub is away in the evening: the day's page closes all the same, and completes the day afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from counter_app.services.day.closing import Sealed
from counter_app.services.day.completing import owed
from counter_app.services.day.state import day_of
from tests.fakes import snapshots as s
from tests.fakes.office import TestOffice, open_office
from tests.services.day.test_day import opened, sent
from tests.services.test_outage import behind_a_cable
from tests.ui.conftest import quiet


@pytest.fixture
def office(tmp_path: Path) -> Iterator[TestOffice]:
    made = open_office(tmp_path / "data")
    yield made
    made.close()


def test_it_is_closed_without_the_hub_and_completed_when_it_is_back(
    stand: Any, qtbot: Any, office: TestOffice
) -> None:
    cable = behind_a_cable(office)
    opened(office)
    office.hub.take("r1")
    cable.whole = False
    made = stand(s.EMPTY)
    made.model.counter.visit = office.visit
    made.model.do("view")
    made.desk.actions_.run("day_close")
    quiet(qtbot, made)
    page = made.page()
    assert page._choose["rest"].isHidden()
    assert not page.digit(4)
    close = page.parts["close"]
    close._sealed = Sealed(office.store.outbox().waiting, "a.ow1s", "ab" * 32)
    close.second.setText("0301")
    close.sign.click()
    quiet(qtbot, made)
    today = office.office.today()
    assert day_of(office.store, today).sheet
    cable.whole = True
    sent(office)
    assert page.digit(3)  # asked anew
    quiet(qtbot, made)
    assert page.digit(4)
    quiet(qtbot, made)
    late = page.parts["rest"]
    [odd] = late._odd
    assert odd.hasFocus()
    odd.click()
    late.why.setText("断网后已离开")
    late.write.click()
    quiet(qtbot, made)
    assert late.second.hasFocus()
    late.second.setText("0301")
    late.sign.click()
    quiet(qtbot, made)
    assert owed(office.store, today) == ()
    assert made.model.notices.current[0].title == "已补充核对"
    assert late.below.isHidden()

"""Packs that change under a running desk: never under a visit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from counter_app.problems import Problem
from tests.fakes.office import TestOffice


def test_other_packs_count_from_the_next_visit_on(desk: TestOffice) -> None:
    fresh = replace(desk.catalogue, version="2027.01", pack="onewindow-2027.01")
    before = desk.visit.office.catalogue.version
    desk.identify("li_guifang")
    assert desk.visit.renew(fresh).pack == before  # somebody sits there: their case ends as it began
    desk.visit.open_case("YD01")
    assert desk.visit.view().pack == before
    desk.visit.drop_case()
    desk.visit.finish()
    desk.identify("wang_min")
    assert desk.visit.view().pack == "2027.01"


def test_an_idle_desk_uses_them_at_once(desk: TestOffice) -> None:
    assert desk.visit.renew(replace(desk.catalogue, version="2027.01")).pack == "2027.01"
    assert desk.visit.office.region is desk.catalogue.regions["rizhao"]


def test_packs_without_this_place_change_nothing(desk: TestOffice) -> None:
    with pytest.raises(Problem) as refused:
        desk.visit.renew(replace(desk.catalogue, version="2027.01", regions={}))
    assert refused.value.code == "not-found"
    assert desk.visit.view().pack == desk.catalogue.version

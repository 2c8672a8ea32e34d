"""A locked card password: no password unless the region wants one, and a slip that says where to go."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import cast

import pytest

from counter_app import bootstrap
from counter_app.card_words import card_proof, keys_of
from counter_app.catalog.model import Parameter, Region
from counter_app.clock import WallClock
from counter_app.domain.codec import from_plain
from counter_app.domain.papers import PaperContent
from counter_app.joined import hall_hub
from counter_app.problems import Problem
from counter_app.services import card_pin, card_unlock
from counter_app.services.hub_port import Hub
from counter_app.services.palette import command_rows
from counter_app.services.printing import print_queued
from counter_app.settings import Settings
from counter_app.sync.remote_hub import RemoteHub
from drivers.protocols import Fault
from tests.fakes.office import TestOffice

TODAY = date(2026, 11, 23)


def with_texts(desk: TestOffice, **texts: str) -> None:
    region = replace(desk.office.region, texts={**desk.office.region.texts, **texts})
    desk.visit.office = desk.office = replace(desk.office, region=region)


def told(desk: TestOffice) -> PaperContent:
    (paper,) = [p for p in desk.store.papers() if p.kind == card_unlock.PAPER]
    return from_plain(PaperContent, json.loads(paper.content))


def test_the_slip_names_nobody_and_belongs_to_no_case(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    view = desk.visit.tell_card_unlock()
    assert [p.kind for p in view.papers] == ["KMJS"]
    content = told(desk)
    assert (content.applicant_name, content.applicant_certno, content.case_number) == ("", "", "")
    assert content.told == []
    assert print_queued(desk.office.ports, desk.office.actor) == []
    (job,) = desk.tray.jobs
    assert job.name.endswith("-KMJS")


def test_nobody_need_be_at_the_window(desk: TestOffice) -> None:
    view = desk.visit.tell_card_unlock()
    assert not view.visit_open


def test_where_this_place_unlocks_is_its_packs_word(desk: TestOffice) -> None:
    with_texts(desk, card_unlock="示例市政务服务大厅一楼社保卡窗口")
    desk.visit.tell_card_unlock()
    assert told(desk).told == ["本地服务网点：示例市政务服务大厅一楼社保卡窗口"]


def region_with(*parameters: Parameter) -> Region:
    return Region("r", "某地", {}, (), parameters)


@pytest.mark.parametrize(
    ("value", "wants"), [(None, False), (True, True), (False, False), ("yes", False), (1, False)]
)
def test_no_password_unless_the_region_wants_one(value: object, wants: bool) -> None:
    given = () if value is None else (Parameter(card_pin.PIN_PARAMETER, value),)
    region = region_with(*given)
    assert card_pin.wants_pin(region, TODAY) == wants
    assert card_proof(_Hub(), region, WallClock()).wants_pin == wants


def test_no_shipped_region_wants_a_password(desk: TestOffice) -> None:
    regions = desk.catalogue.regions.values()
    assert [region.id for region in regions if card_pin.wants_pin(region, TODAY)] == []


class _Hub:
    def card_key(self, question: str) -> str:
        if question == "?":
            raise Problem("hsm-away", "key_module", "TimeoutError")
        return question.upper()


def test_the_hub_answers_for_the_key_module() -> None:
    ask = card_proof(_Hub(), region_with(), WallClock()).ask_key
    assert ask is not None
    assert ask("q") == "Q"
    with pytest.raises(Fault) as caught:
        ask("?")
    assert (caught.value.code, caught.value.detail) == ("hsm-away", "TimeoutError")


def test_a_desk_asks_its_own_module_before_the_halls(tmp_path: Path) -> None:
    far = RemoteHub("http://127.0.0.1:1", "token")
    without = hall_hub(Settings(), tmp_path, bytes(32), WallClock())
    assert keys_of(without, cast(Hub, without)) is None
    assert keys_of(without, far) is far
    own = hall_hub(Settings(key_module="http://127.0.0.1:1/"), tmp_path, bytes(32), WallClock())
    assert keys_of(own, far) is own
    with pytest.raises(Problem, match="hsm-away"):
        own.card_key("q")
    own.close()


def test_each_reader_gets_its_library_and_its_python() -> None:
    settings = Settings(
        card_reader="cards.vendor_ssse",
        card_lib="/l/SSCard.so",
        card_python="/p/python",
        card_interface=4,
        id_card_reader="cards.vendor_sdtapi",
        id_card_lib="/l/sdtapi.so",
        id_card_python="/q/python",
    )
    choices = bootstrap.device_choices(settings, Path("/data"))
    assert choices["card"][1] == {
        "reader": "",
        "interface": 4,
        "lib": "/l/SSCard.so",
        "python": "/p/python",
    }
    assert choices["idcard"][1] == {"port": "", "lib": "/l/sdtapi.so", "python": "/q/python"}


@pytest.mark.parametrize("typed", ["解锁", "密码", "sbk"])
def test_the_palette_finds_it(typed: str) -> None:
    assert "tell_card_unlock" in [row.code for row in command_rows(typed)]

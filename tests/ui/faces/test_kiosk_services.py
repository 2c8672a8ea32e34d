"""The kiosk at its real face: papers verified, ratings, other people's cards, what is owed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from counter_app.catalog.load import load_catalogue
from drivers.protocols import CardEvent, IdCardRead, Scan
from tests.fakes.kiosk import Citizen, desk_case, kiosk_office
from tests.fakes.office import TestOffice, certno

PACKS = load_catalogue()
UPRIGHT, LYING, SMALL = (1080, 1920), (1920, 1080), (1280, 1024)
Make = Callable[..., Citizen]


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[TestOffice]:
    opened = kiosk_office(tmp_path / "data", PACKS)
    yield opened
    opened.close()


@pytest.fixture
def kiosk(qtbot: Any, qapp_dressed: QApplication, desk: TestOffice) -> Iterator[Make]:
    opened: list[Citizen] = []

    def make(size: tuple[int, int] = SMALL, **settings: Any) -> Citizen:
        made = Citizen(qtbot, desk, size, **settings)
        opened.append(made)
        return made

    yield make
    for one in opened:
        one.close()


# --- papers, rating, owed -----------------------------------------------------------------------
def test_a_paper_is_verified_by_anybody_and_a_changed_one_is_not(kiosk: Make, desk: TestOffice) -> None:
    from counter_app.seals.receipts import qr_text
    from counter_app.services.printing import proof_of

    citizen = kiosk()
    citizen.card()
    citizen.model.open("CX02")
    citizen.settled()
    citizen.tiles()[0].click()
    citizen.settled()
    citizen.touch("下一步")
    citizen.touch("没错，提交")
    (paper,) = desk.store.papers()
    citizen.touch("办完了，退出")
    citizen.touch("验单据真假")
    text = qr_text(proof_of(paper))
    citizen.tell(Scan(text, "S", 0, "receipt"))
    assert paper.number in citizen.reads()
    assert "签名相符" in citizen.reads()
    citizen.tell(Scan(text[:-4] + "AAAA", "S", 0, "receipt"))
    assert "没有通过验真" in citizen.reads()


def test_rating_is_five_equal_buttons_and_skipping_is_as_easy(kiosk: Make, desk: TestOffice) -> None:
    citizen = kiosk()
    citizen.card()
    citizen.model.open("CX02")
    citizen.settled()
    citizen.tiles()[0].click()
    citizen.settled()
    citizen.touch("下一步")
    citizen.touch("没错，提交")
    citizen.touch("评价服务")
    five = citizen.tiles()
    assert len(five) == 5
    widths, heights = {tile.width() for tile in five}, {tile.height() for tile in five}
    assert max(widths) - min(widths) <= 1  # what is left over when a row is divided by five
    assert len(heights) == 1
    assert not any(tile.isChecked() for tile in five)
    assert "不评价" in citizen.reads()
    citizen.touch("非常不满意")
    citizen.touch("多头跑窗口和部门")
    citizen.model.adopt(None)  # a paper left meanwhile: what was touched stays
    citizen.settled()
    citizen.touch("提交")
    assert "谢谢您" in citizen.reads()
    (given,) = [fact for fact in desk.store.facts() if fact["kind"] == "rating.given"]
    assert (given["body"]["level"], given["body"]["channel"]) == (1, "kiosk")
    assert len(given["body"]["indicators"]) == 1
    assert citizen.model.view.rateable == ()


def test_the_family_member_is_read_from_the_identity_card(kiosk: Make, desk: TestOffice) -> None:
    citizen = kiosk()
    citizen.card("wang_min")
    citizen.model.open("GZ02")
    citizen.settled()
    citizen.touch("绑定")
    assert citizen.model.at.kind == "other"
    citizen.tell(
        IdCardRead("I", name="李桂芳", idno=certno("li_guifang"), valid_to="长期", birth_date="1948-01-01")
    )
    assert desk_case(citizen).values["member_certno"] == certno("li_guifang")
    assert citizen.model.view.person.name == "王*"
    citizen.tell(CardEvent("removed", "I"))
    assert citizen.model.view.person is not None


def test_what_may_come_later_is_owed_and_then_handed_in(kiosk: Make, desk: TestOffice) -> None:
    citizen = kiosk()
    citizen.card("wang_min")
    citizen.model.open("GZ02")
    citizen.settled()
    citizen.touch("绑定")
    citizen.tell(
        IdCardRead("I", name="李桂芳", idno=certno("li_guifang"), valid_to="长期", birth_date="1948-01-01")
    )
    while citizen.model.place == "question":
        if citizen.model.at.key == "material:M_KIN":
            citizen.touch("没带，以后补交")
        elif citizen.model.at.key == "acct_use":
            citizen.touch("下一步")
        else:
            citizen.go_on_and_sign() if "sign" in citizen.model.at.ways else citizen.tiles()[0].click()
            citizen.settled()
    citizen.touch("没错，提交")
    citizen.touch("再办一件")
    citizen.touch("补交欠缺的材料")
    citizen.touch("亲属关系材料")
    assert citizen.model.place == "check"
    citizen.touch("没错，提交")
    assert "办好了" in citizen.reads()
    assert {case.type_id for case in desk.store.cases()} == {"GZ02", "FW03"}

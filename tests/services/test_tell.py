"""一次性告知单: for anybody who asks, verifiable, and no longer than it need be."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from counter_app.catalog.model import Catalogue
from counter_app.domain.cases import PaperRecord
from counter_app.domain.codec import from_plain
from counter_app.domain.papers import PaperContent
from counter_app.problems import Problem
from counter_app.seals.receipts import content_hash
from counter_app.services import tell
from counter_app.services.printing import print_queued
from counter_app.services.tell import where_to_read
from counter_app.services.visit import Visit
from tests.fakes.office import TestOffice
from tests.services.test_visit import case_of


def told(desk: TestOffice) -> PaperContent:
    return from_plain(PaperContent, json.loads(papers(desk)[-1].content))


def papers(desk: TestOffice) -> list[PaperRecord]:
    return [p for p in desk.store.papers() if p.kind == "YCGZ"]


def names(desk: TestOffice) -> list[str]:
    return [m.name for m in told(desk).materials]


def test_who_only_asks_gets_the_whole_list_without_a_name(desk: TestOffice) -> None:
    view = desk.visit.tell_once("MT02")
    assert not view.visit_open
    assert [p.kind for p in view.papers] == ["YCGZ"]
    assert told(desk).applicant_name == ""
    kind = desk.catalogue.types["MT02"]
    assert len(names(desk)) == len(kind.materials)
    assert "授权委托书（视情形）" in names(desk)
    assert desk.store.cases() == []


def test_it_is_numbered_signed_printed_and_belongs_to_no_case(desk: TestOffice) -> None:
    desk.visit.tell_once("YD01", "resident")
    (paper,) = papers(desk)
    assert paper.number.startswith("261123-001-")
    assert (paper.case_number, paper.case_id) == ("", "")
    assert paper.content_hash == content_hash(json.loads(paper.content))
    assert print_queued(desk.office.ports, desk.office.actor) == []
    assert [job.name for job in desk.tray.jobs] == [f"{paper.number}-YCGZ"]
    kinds = [fact["kind"] for fact in desk.store.facts()]
    assert kinds.count("receipt.issued") == 1
    assert "seal.used" not in kinds


def test_the_case_in_hand_lists_only_what_this_person_needs_here(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("MT02")
    desk.visit.tell_once()
    own = names(desk)
    assert not [name for name in own if "视情形" in name or "委托" in name]
    assert told(desk).applicant_name == "李桂芳"
    desk.visit.set_speaker("kin")
    desk.visit.tell_once()
    more = set(names(desk)) - set(own)
    assert more == {"到场代办人有效身份证件", "亲属关系材料（户口簿、结婚证等）"}


def test_an_authorised_agent_also_gets_a_blank_letter(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.open_case("MT02")
    desk.visit.set_speaker("agent")
    view = desk.visit.tell_once()
    assert [p.kind for p in view.papers] == ["YCGZ", "SQWT"]
    assert len({p.number for p in view.papers}) == 2


def test_what_need_not_be_brought_is_said(desk: TestOffice) -> None:
    desk.visit.tell_once("MT02")
    ease = {m.name: m.source for m in told(desk).materials}
    assert ease["医保电子凭证、有效身份证件或社会保障卡（任一）"] == "by_card"
    assert ease["门诊慢特病病种待遇认定申请表（含定点医院医师鉴定意见）"] == ""
    assert ease["检查检验报告"] == "shared"


def test_another_provinces_limit_is_never_told(desk: TestOffice) -> None:
    kind = desk.catalogue.types["MT02"]
    assert kind.limits.promised_for("rizhao", "") is None
    desk.visit.tell_once("MT02")
    assert told(desk).promised_days is None
    assert "江苏" not in papers(desk)[-1].content


def test_it_says_where_to_go_when_this_window_does_not_do_it(desk: TestOffice) -> None:
    desk.visit.tell_once("JF01")
    assert told(desk).told[-1] == "本窗口不办理此事项，由税务部门受理。"


def test_an_old_id_and_a_name_lead_to_it(desk: TestOffice) -> None:
    desk.visit.tell_once("异地安置")
    assert told(desk).type_id == "YD01"


def test_nothing_in_hand_and_nothing_named_is_refused(desk: TestOffice) -> None:
    with pytest.raises(Problem) as refused:
        desk.visit.tell_once()
    assert refused.value.code == "not-open"
    with pytest.raises(Problem) as refused:
        desk.visit.tell_once("ZZ99")
    assert refused.value.code == "type-unknown"


def test_the_next_visit_does_not_show_what_was_told_before(desk: TestOffice) -> None:
    desk.visit.tell_once("MT02")
    desk.identify("li_guifang")
    assert desk.visit.view().papers == ()
    desk.visit.open_case("YD01")
    desk.visit.tell_once()
    reopened = desk.again()
    try:
        assert [p.kind for p in reopened.visit.view().papers] == ["YCGZ"]
        assert case_of(reopened).type_id == "YD01"
    finally:
        desk.store, desk.hub = reopened.store, reopened.hub


def test_it_says_where_the_place_explains_its_rules(desk: TestOffice, catalogue: Catalogue) -> None:
    elsewhere = replace(desk.office, region=catalogue.regions["kuitun"])
    lines = where_to_read(elsewhere)
    assert lines == ["办事指南见“我的奎城”微信小程序。", "政策解读见“奎城医保说”微信视频公众号。"]
    assert where_to_read(desk.office) == []
    Visit(elsewhere).tell_once("MT02")
    assert told(desk).told[-2:] == lines


TEN = ("YD01", "MT02", "BX02", "SY02", "GZ02", "CB05", "JZ02", "ZY02", "CX03", "YD07")


@pytest.mark.parametrize("type_id", TEN)
def test_whoever_stands_at_the_window_is_told_only_what_they_need(desk: TestOffice, type_id: str) -> None:
    """Two keys: the palette, and Ctrl+I on its row; the case need not be opened for it."""
    desk.identify("zhao")
    desk.visit.tell_once(type_id)
    content = told(desk)
    assert content.applicant_name == "赵文静"
    sure = [m.name for m in content.materials if not m.name.endswith(tell.ON_OCCASION)]
    assert desk.visit.view().case is None, "nothing was opened"
    desk.visit.open_case(type_id)
    assert sorted(sure) == sorted(m.name for m in case_of(desk).materials if m.required)
    kind = desk.catalogue.types[type_id]
    others = {m.name for m in kind.materials if m.code in ("M_AGENTID", "M_KINPROOF", "M_POA", "M_DEATH")}
    assert not others & {name.removesuffix(tell.ON_OCCASION) for name in names(desk)}
    if type_id == "BX02":
        assert any("急诊" in name and name.endswith(tell.ON_OCCASION) for name in names(desk))


def test_a_son_asking_for_his_mother_is_told_what_he_has_to_bring(desk: TestOffice) -> None:
    desk.identify("li_guifang")
    desk.visit.set_speaker("kin")
    desk.visit.tell_once("YD01", "resident")
    assert "到场代办人有效身份证件" in names(desk)
    assert told(desk).situation == "异地长期居住人员"


def test_a_matter_that_is_not_for_persons_is_told_in_full(desk: TestOffice) -> None:
    desk.identify("zhao")
    desk.visit.tell_once("CB01")
    assert told(desk).applicant_name == ""

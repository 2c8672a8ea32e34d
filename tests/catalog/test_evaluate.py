from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from counter_app.catalog.conditions import Context
from counter_app.catalog.evaluate import (
    form_problems,
    needed_materials,
    offered_situations,
    party_problem,
    visible_fields,
)
from counter_app.catalog.model import Catalogue, TransactionType
from counter_app.catalog.names import context_for
from counter_app.catalog.values import normalise
from counter_app.domain.people import Agent, PartyKind, Person

TODAY = date(2026, 11, 22)
RETIRED = Person(
    "p1",
    "李桂芳",
    certno="371102194803120024",
    gend="2",
    brdy=date(1948, 3, 12),
    insutype="310",
    psn_type="12",
    psn_insu_stas="1",
    insuplc_admdvs="371100",
    tel="13800001526",
)
AGENT = Agent("王敏", "01", "371102197608201244", "13800002234", "", "child")


def known(person: Person | None) -> dict[str, Any]:
    """What a card and the hub answer of the form."""
    keys = ("psn_name", "psn_cert_type", "certno", "gend", "insutype", "psn_type", "insuplc_admdvs", "tel")
    found = {key: getattr(person, key) for key in keys} if person else {}
    return {key: value for key, value in found.items() if value}


def walk(
    packs: Catalogue,
    type_id: str,
    typed: dict[str, str],
    person: Person | None = RETIRED,
    region: str = "rizhao",
    **about: Any,
) -> tuple[dict[str, Any], Context, TransactionType]:
    """Fill a form as a clerk would: values of card and hub first, then typing."""
    type_ = packs.types[type_id]
    here = packs.regions[region]
    form = known(person)
    specs = {spec.key: spec for spec in type_.fields}
    for key, text in typed.items():
        form[key] = normalise(specs[key], text, here, TODAY)
    return form, context_for(packs, region, TODAY, person, form=form, **about), type_


FORMS: dict[str, tuple[dict[str, str], Person | None, dict[str, Any], set[str]]] = {
    "YD01": (
        {"rloc_admdvs": "shs", "begndate": "今天", "multi_place": "否", "by_commit": "否"},
        RETIRED,
        {"case": {"situation": "retired"}},
        {"M_ID", "M_YDFORM", "M_SETTLE"},
    ),
    "MT02": (
        {"opsp_dise_code": "gxy", "ide_fixmedins_no": "syy", "hosp_ide_date": "昨天"},
        RETIRED,
        {"case": {"situation": "collected"}},
        {"M_ID", "M_MTFORM", "M_MEDREC", "M_EXAM"},
    ),
    "BX02": (
        {
            "med_type": "21",
            "fixmedins_code": "syy",
            "adm_date": "20261001",
            "dscg_date": "20261010",
            "dise_codg": "i10",
            "invoices": "3711\t00012345\t20261010\t12,345.67",
            "out_ba": "是",
            "ttp_resp": "否",
            "payee_name": "李桂芳",
            "bank_name": "示范银行",
            "bank_acct": "6228480000001234567",
        },
        RETIRED,
        {"case": {"situation": "plain"}},
        {"M_ID", "M_INV", "M_FEELIST", "M_DIAG", "M_MEDREC", "M_BANK"},
    ),
    "CB06": (
        {
            "psn_name": "李小禾",
            "has_certno": "否",
            "birth_cert_no": "T370000001",
            "gend": "女",
            "brdy": "20261101",
            "insu_year": "2026",
        },
        None,
        {"party": {"kind": "guardian"}},
        {"M_BIRTH", "M_AGENTID"},
    ),
    "GZ02": (
        {
            "member_name": "王敏",
            "member_certno": "371102197608201244",
            "member_insutype": "居民医保",
            "member_insuplc": "青岛市",
            "relation": "子女",
            "acct_use": "购药",
        },
        RETIRED,
        {"case": {"situation": "bind"}},
        {"M_ID", "M_ACCTAUTH", "M_KIN"},
    ),
    "CB01": (
        {
            "emp_name": "日照示例纺织厂",
            "uscc": "91350100M000100Y43",
            "legrep_name": "王敏",
            "legrep_certno": "371102197608201244",
            "emp_type": "企业",
            "emp_addr": "东港区示例路1号",
            "insu_begin": "本月",
            "headcount": "12",
            "bank_acctname": "日照示例纺织厂",
            "bank_name": "示范银行",
            "bank_acct": "371000000012345",
        },
        None,
        {"party": {"kind": "employer"}},
        {"M_USCC", "M_EMPFORM", "M_BANK", "M_AGENTID", "M_EMPLETTER"},
    ),
}


@pytest.mark.parametrize("type_id", FORMS)
def test_each_form_can_be_filled_and_asks_for_the_right_things(packs: Catalogue, type_id: str) -> None:
    typed, person, about, wanted = FORMS[type_id]
    form, context, type_ = walk(packs, type_id, typed, person, **about)
    assert form_problems(type_, form, context, packs.regions["rizhao"]) == ()
    situation = about.get("case", {}).get("situation", "")
    assert {item.code for item, _ in needed_materials(type_, situation, context)} == wanted


@pytest.mark.parametrize("type_id", FORMS)
def test_each_form_left_empty_names_every_required_field(packs: Catalogue, type_id: str) -> None:
    _, person, about, _ = FORMS[type_id]
    form, context, type_ = walk(packs, type_id, {}, person, **about)
    found = {problem.where for problem in form_problems(type_, form, context, packs.regions["rizhao"])}
    shown = {spec.key for spec in visible_fields(type_, context) if spec.required}
    assert found == shown - set(form)
    assert found


BROKEN = [
    ("YD01", {"rloc_admdvs": "日照市"}, "rloc_admdvs", "不需要备案"),
    ("YD01", {"begndate": "+1y"}, "begndate", "三个月以内"),
    ("YD01", {"begndate": "今天", "enddate": "昨天"}, "enddate", "早于开始日期"),
    ("YD01", {"multi_place": "是", "rloc_admdvs2": "cqs", "by_commit": "是"}, "by_commit", "不能用承诺书"),
    ("MT02", {"hosp_ide_date": "明天"}, "hosp_ide_date", "晚于今天"),
    ("MT02", {"opsp_dise_code": "gxy", "opsp_dise_code2": "gxy"}, "opsp_dise_code2", "重复"),
    ("BX02", {"adm_date": "20261010", "dscg_date": "20261001"}, "dscg_date", "出院日期"),
    ("BX02", {"ttp_resp": "是"}, "ttp_resp", "第三方"),
    ("BX02", {"invoices": "\t1\t20270101\t5"}, "invoices[1].invo_date", "晚于今天"),
    ("BX02", {"invoices": "\t1\t\t0"}, "invoices", "大于 0"),
    ("CB06", {"brdy": "明天"}, "brdy", "一年以内"),
    ("GZ02", {"member_certno": "371102194803120024"}, "member_certno", "本人相同"),
    ("GZ02", {"member_insuplc": "南京市"}, "member_insuplc", "本省"),
    ("CB01", {"headcount": "0"}, "headcount", "至少 1 人"),
    ("CB01", {"insu_begin": "202403"}, "insu_begin", "一年以内"),
]


@pytest.mark.parametrize(("type_id", "typed", "where", "said"), BROKEN)
def test_broken_rules(packs: Catalogue, type_id: str, typed: dict[str, str], where: str, said: str) -> None:
    whole, person, about, _ = FORMS[type_id]
    form, context, type_ = walk(packs, type_id, {**whole, **typed}, person, **about)
    found = form_problems(type_, form, context, packs.regions["rizhao"])
    assert [(problem.code, problem.where) for problem in found] == [("field-rule", where)]
    assert said in found[0].cause


def test_one_case_may_be_emergency_injury_and_lost_at_once(packs: Catalogue) -> None:
    typed, person, _, plain = FORMS["BX02"]
    asked = {"emergency": True, "injury": True, "lost": True, "outrx": True}
    _, context, type_ = walk(packs, "BX02", typed, person, ask=asked)
    found = {item.code for item, _ in needed_materials(type_, "plain", context)}
    assert found - plain == {"M_ER", "M_ACC", "M_INVATT", "M_CERTLOST", "M_OUTRX"}
    assert {"acc_time", "acc_story"} <= {spec.key for spec in visible_fields(type_, context)}


def test_no_bank_account_is_asked_of_who_has_one_on_the_card(packs: Catalogue) -> None:
    _, _, about, _ = FORMS["BX02"]
    person = replace(RETIRED, flags=("has_account",))
    _, context, type_ = walk(packs, "BX02", {}, person, **about)
    assert "bank_acct" not in {spec.key for spec in visible_fields(type_, context)}
    assert "M_BANK" not in {item.code for item, _ in needed_materials(type_, "plain", context)}


@pytest.mark.parametrize(
    ("party", "ask", "wanted"),
    [
        ({"kind": "self"}, {}, set()),
        ({"kind": "guardian"}, {}, {"M_AGENTID", "M_GUARDIANPROOF"}),
        ({"kind": "kin"}, {}, {"M_AGENTID", "M_KINPROOF"}),
        ({"kind": "kin", "family_account": True}, {}, {"M_AGENTID"}),
        ({"kind": "kin"}, {"poa_instead": True}, {"M_AGENTID", "M_POA"}),
        ({"kind": "agent"}, {}, {"M_AGENTID", "M_POA"}),
        ({"kind": "heir"}, {}, {"M_AGENTID", "M_DEATH", "M_HEIRPROOF"}),
    ],
)
def test_proofs_follow_from_who_speaks(
    packs: Catalogue, party: dict[str, Any], ask: dict[str, bool], wanted: set[str]
) -> None:
    type_ = packs.types["BX02"]
    context = context_for(packs, "rizhao", TODAY, RETIRED, party=party, ask=ask)
    proofs = {"M_AGENTID", "M_GUARDIANPROOF", "M_KINPROOF", "M_POA", "M_DEATH", "M_HEIRPROOF", "M_EMPLETTER"}
    found = {item.code for item, _ in needed_materials(type_, "plain", context)}
    assert found & proofs == wanted
    assert ("M_ID" in found) is (party["kind"] != "heir")


def test_a_persons_own_telephone_or_somebody_elses(packs: Catalogue) -> None:
    """ALL-17: nobody has to invent a number for an old person without one."""
    typed, _, about, _ = FORMS["YD01"]
    form, context, type_ = walk(packs, "YD01", typed, replace(RETIRED, tel=""), **about)
    wanted = [problem.where for problem in form_problems(type_, form, context, packs.regions["rizhao"])]
    assert wanted == ["coner_name", "coner_tel"]


def test_settling_elsewhere_is_for_the_retired(packs: Catalogue) -> None:
    typed, _, about, _ = FORMS["YD01"]
    form, context, type_ = walk(packs, "YD01", typed, replace(RETIRED, psn_type="11"), **about)
    form["retired_check"] = False
    found = form_problems(type_, form, context, packs.regions["rizhao"])
    assert [problem.where for problem in found] == ["retired_check"]


def test_an_answer_to_a_hidden_field_counts_as_not_given(packs: Catalogue) -> None:
    typed, _, about, _ = FORMS["YD01"]
    form, context, type_ = walk(packs, "YD01", {**typed, "rloc_admdvs2": "shs"}, RETIRED, **about)
    assert form_problems(type_, form, context, packs.regions["rizhao"]) == ()


@pytest.mark.parametrize(
    ("type_id", "kind", "agent", "deceased", "code"),
    [
        ("YD01", "self", None, False, ""),
        ("YD01", "heir", AGENT, False, "party-not-allowed"),
        ("YD01", "kin", None, False, "agent-incomplete"),
        ("YD01", "kin", replace(AGENT, agnter_tel=""), False, "agent-incomplete"),
        ("YD01", "kin", AGENT, False, ""),
        ("CB06", "self", None, False, "party-not-allowed"),
        ("CB01", "agent", AGENT, False, "party-not-allowed"),
        ("BX02", "heir", AGENT, True, ""),
        ("BX02", "self", None, True, "person-deceased"),
        ("BX02", "agent", AGENT, True, "person-deceased"),
        ("YD01", "heir", AGENT, True, "person-deceased"),
    ],
)
def test_who_may_act(
    packs: Catalogue, type_id: str, kind: str, agent: Agent | None, deceased: bool, code: str
) -> None:
    person = replace(RETIRED, deceased_on=TODAY) if deceased else RETIRED
    found = party_problem(packs.types[type_id], kind, agent, person)
    assert (found.code if found else "") == code
    if code == "agent-incomplete" and agent is not None and found is not None:
        assert "电话" in found.cause
        assert "姓名" not in found.cause


def test_the_green_channel_is_only_where_it_is(packs: Catalogue) -> None:
    type_ = packs.types["MT02"]
    for region, wanted in (("kuitun", ["collected", "green"]), ("rizhao", ["collected"])):
        context = context_for(packs, region, TODAY, RETIRED)
        assert [item.code for item in offered_situations(type_, context)] == wanted


@given(st.data())
def test_no_answers_however_strange_stop_the_evaluation(packs: Catalogue, data: st.DataObject) -> None:
    type_ = packs.types[data.draw(st.sampled_from(sorted(packs.types)))]
    values = st.one_of(
        st.none(), st.booleans(), st.integers(), st.text(max_size=6), st.just([{"amount": "x"}])
    )
    form = data.draw(st.dictionaries(st.sampled_from([spec.key for spec in type_.fields]), values))
    form = {k: v for k, v in form.items() if not isinstance(v, list) or k == "invoices"}
    kind = data.draw(st.sampled_from(sorted(PartyKind)))
    context = context_for(packs, "rizhao", TODAY, RETIRED, party={"kind": kind}, form=form)
    situation = data.draw(st.sampled_from(["", *(item.code for item in type_.situations)]))
    shown = visible_fields(type_, context)
    assert [spec for spec in type_.fields if spec in shown] == list(shown)
    assert all(item in type_.materials for item, _ in needed_materials(type_, situation, context))

"""Sentences are filled whole or left out."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

import resources
from counter_app.documents.registry import papers
from counter_app.documents.sentences import Form, current_edition, fill, values
from counter_app.problems import Problem
from tests.documents.contents import PERSON

FILES = resources.names("forms", ".toml")


def test_a_sentence_with_a_hole_is_left_out() -> None:
    assert fill("请到 {go_to} 办理。", PERSON, {}) == ""
    assert fill("请到 {go_to} 办理。", replace(PERSON, go_to="二楼"), {}) == "请到 二楼 办理。"
    assert fill("不收费。", PERSON, {}) == "不收费。"


def test_braces_in_a_value_are_only_text() -> None:
    odd = replace(PERSON, go_to="{amount}{0}%s")
    assert fill("到 {go_to}。", odd, {}) == "到 {amount}{0}%s。"


@pytest.mark.parametrize("file", FILES)
def test_every_place_in_a_form_is_known(file: str) -> None:
    places = set(re.findall(r"\{(\w+)\}", resources.read_bytes(file).decode("utf-8")))
    assert places <= set(values(PERSON))


def test_every_paper_has_its_form_and_every_form_its_paper() -> None:
    forms = {f"forms/{paper.form}.toml" for paper in papers().values()}
    assert forms | {"forms/common.toml"} == set(FILES)


def test_an_edition_that_is_not_kept_is_refused() -> None:
    assert Form("sltz", PERSON, current_edition()).text("opening") == Form("sltz", PERSON).text("opening")
    with pytest.raises(Problem) as refused:
        Form("sltz", PERSON, 99).text("opening")
    assert refused.value.code == "paper-broken"


@pytest.mark.parametrize("file", FILES)
def test_sentences_are_set_as_chinese_is(file: str) -> None:
    """Full-width marks, and a sentence ends with one."""
    text = resources.read_bytes(file).decode("utf-8")
    for sentence in re.findall(r'^(?:\w+ = |  )"(.*)"', text, re.M):
        assert not re.search(r"[\u4e00-\u9fff][,;:!?()]", sentence)

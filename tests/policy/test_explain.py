from __future__ import annotations

from collections.abc import Callable
from datetime import date

from counter_app.policy.explain import CAUTION, lines, paper_lines
from counter_app.policy.insured import Insured
from counter_app.policy.maternity import prenatal
from counter_app.policy.rates import Rates


def test_a_line_ends_with_place_period_and_rows(rates: Callable[..., Rates]) -> None:
    new = prenatal(rates("rizhao", date(2021, 7, 1)), Insured.EMPLOYEE)
    old = prenatal(rates("rizhao", date(2021, 6, 30)), Insured.EMPLOYEE)
    (now,) = lines(new.steps, "日照市")
    before, caution = paper_lines(old, "日照市")
    assert now == "1. 职工产前检查费定额：1,000.00 元〔日照市，2021-07-01 起，R68 R75〕"
    assert before == "1. 职工产前检查费定额：500.00 元〔日照市，至 2021-06-30，R75〕"
    assert caution == CAUTION


def test_without_parameters_only_that_is_printed(rates: Callable[..., Rates]) -> None:
    printed = paper_lines(prenatal(rates("kuitun"), Insured.EMPLOYEE), "奎屯市")
    assert printed == ["本地区没有这些参数，不作试算：职工产前检查费定额（maternity.employee.prenatal）。"]


def test_what_the_case_gave_belongs_to_no_region(rates: Callable[..., Rates]) -> None:
    given = rates("kuitun", given={"maternity.employee.prenatal": "700"})
    (said,) = lines(prenatal(given, Insured.EMPLOYEE).steps, "奎屯市")
    assert said == "1. 职工产前检查费定额：700.00 元〔本件给定〕"

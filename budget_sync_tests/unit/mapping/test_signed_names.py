"""A plus or a minus before the name of a line says whether it is earned or spent, where the result bears it out."""

import pytest

from budget_sync_tests.unit.mapping.tables import understood

PLAN = """
    No | Kind of income and expense | Result 2024 | Budget 2026
    01 | Taxes and the like         | 900         | 1000
    02 | + Grants                   | 200         | 250
    03 | +/- Change of stock        | 0           | 10
    04 | = Ordinary income          | 1100        | 1260
    05 | - Personnel                | 700         | 800
    06 | - Depreciation             | 90          | 95
    07 | = Ordinary expenses        | 790         | 895
    08 | = Ordinary result          | 310         | 365
    09 | + Interest received        | 5           | 5
    10 | - Interest paid            | 40          | 35
    11 | = Result                   | 275         | 335
"""


def earned(table: str) -> list[str]:
    texts = understood(table, "budget.csv").texts
    return [name for name, own in zip(texts.sub_category, texts.line_type, strict=True) if own == "revenue"]


def test_what_a_plus_adds_to_the_result_is_revenue_and_so_is_what_stands_before_the_first_mark() -> None:
    assert earned(PLAN) == ["Taxes and the like", "+ Grants", "+/- Change of stock", "+ Interest received"]


@pytest.mark.parametrize(("stated", "other"), [("335", "336"), ("- Personnel", "Personnel"), ("= Result", "Result")])
def test_without_a_result_of_just_that_the_marks_say_nothing(stated: str, other: str) -> None:
    last = PLAN.replace("08 | = Ordinary result          | 310         | 365\n", "")
    assert earned(last.replace(stated, other)) == []

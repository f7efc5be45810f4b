"""Budgets of a year by who asked for, proposed or decided them."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns


def _chosen(headers: str, field: TargetField = TargetField.BUDGETED_AMOUNT) -> list[str]:
    rows = (
        "Rent | 4,120.00 | 4,300.00 | 4,455.50 | 4,310.00\n"
        "Power | 950.00 | 1,010.00 | 1,180.00 | 990.25\n"
        "Food | 312.00 | 290.00 | 360.00 | 95.00\n"
    )
    return columns(analysed(f"Account | {headers}\n{rows}", "budget.csv"), field)


@pytest.mark.parametrize(
    ("headers", "chosen"),
    [
        ("2024 Actual | 2025 Actual | 2026 Dept Req | 2026 Mayor", ["2026 Mayor"]),
        ("FY25 Actual | FY26 Dept Request | FY26 Town Manager | FY26 Select Board", ["FY26 Select Board"]),
        (
            "FY25 Approved | FY26 Requested | FY26 Superintendent | FY26 School Committee",
            ["FY25 Approved", "FY26 School Committee"],
        ),
    ],
)
def test_what_was_decided_goes_before_what_was_asked_for(headers: str, chosen: list[str]) -> None:
    assert _chosen(headers) == chosen
    assert _chosen(headers, TargetField.DEPARTMENT) == []


def test_a_department_that_decides_is_one_beside_others() -> None:
    assert _chosen("Mayor | Police | Council | Library") == ["Mayor", "Police", "Council", "Library"]


@pytest.mark.parametrize(
    "headers",
    [
        "2026 Board | 2026 Staff | 2026 Volunteers | 2025 Proposed",
        "FY26 Council | FY26 Parks | FY26 Library | FY25 Adopted",
        "FY26 Executive | FY26 Legislative | FY26 Judicial | FY25 Adopted",
    ],
)
def test_a_board_beside_other_departments_of_its_year_is_not_taken_alone(headers: str) -> None:
    assert headers.split(" | ", maxsplit=1)[0] not in _chosen(headers)


@pytest.mark.parametrize(
    "headers",
    [
        "2026 Board | 2026 Staff | 2026 Volunteers | 2026 Proposed Total",
        "FY26 Council | FY26 Governor | FY26 School Board | FY26 Adopted Total",
        "FY26 Board | Elementary | High | Adopted Total",
    ],
)
def test_what_is_a_part_of_a_total_is_a_department(headers: str) -> None:
    analysis = analysed(f"""
        Item     | {headers}
        Salaries | 1000 | 500 | 300 | 1800
        Travel   | 200  | 400 | 600 | 1200
        Printing | 150  | 450 | 350 | 950
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == headers.split(" | ")[:3]


def test_what_the_council_changed_of_the_mayors_budget_is_no_part() -> None:
    analysis = analysed("""
        Item     | FY26 Requested | FY26 Mayor | Change | FY26 Council
        Salaries | 1100           | 1000       | 50     | 1050
        Travel   | 250            | 200        | -20    | 180
        Printing | 150            | 150        | 10     | 160
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["FY26 Council"]


def test_a_council_that_changed_nothing_adds_up_nothing() -> None:
    analysis = analysed("""
        Item     | FY26 Requested | FY26 Mayor | FY26 School Committee | FY26 Council
        Salaries | 1100           | 1000       | 0                     | 1000
        Travel   | 250            | 200        | 0                     | 200
        Printing | 150            | 150        | 0                     | 150
    """)
    assert "FY26 Mayor" not in columns(analysis, TargetField.BUDGETED_AMOUNT)

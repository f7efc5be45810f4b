"""Figures under a heading that says they are no money are no lines of the budget."""

import pytest

from budget_sync_tests.unit.mapping.tables import analysed

_TABLE = """
    Plan 2026    |      |      |
    Item         | Jan  | Feb  | Mar
    Fees         | 1010 | 1120 | 1230
    Staff        | 505  | 515  | 525
    Rent         | 100  | 100  | 100
                 |      |      |
    {heading}    |      |      |
    Heads        | 5    | 5    | 6
    Growth       | 10%  | 10%  | 10%
    Price        | 20   | 20   | 20
"""


@pytest.mark.parametrize("heading", ["Assumptions", "Key figures", "Annahmen", "Hypothèses", "前提条件"])
def test_what_was_assumed_below_the_budget_is_not_loaded(heading: str) -> None:
    analysis = analysed(_TABLE.format(heading=heading))
    assert (analysis.sum_budgeted, analysis.budget_rows) == (5205, 3)


def test_a_section_of_the_budget_goes_on_below_it() -> None:
    later = "    Travel       |      |      |\n    Flights      | 300  | 200  | 100\n"
    analysis = analysed(_TABLE.format(heading="Assumptions") + later)
    assert (analysis.sum_budgeted, analysis.budget_rows) == (5805, 4)


def test_a_heading_that_only_holds_such_a_word_is_a_section() -> None:
    assert analysed(_TABLE.format(heading="Headcount costs")).budget_rows == 6


def test_most_of_the_lines_are_no_aside() -> None:
    analysis = analysed("""
        Item     | Budget 2026
        Reserve  | 500
        KPIs     |
        Hosting  | 300
        Licences | 200
    """)
    assert analysis.budget_rows == 3


@pytest.mark.parametrize("heading", ["Headcount", "FTE", "Drivers", "Metrics", "Effectifs", "Organico"])
def test_costs_of_heads_drivers_and_metrics_are_loaded(heading: str) -> None:
    analysis = analysed(f"""
        Line item   | FY2026 Budget
        {heading}   |
        Salaries    | 820500
        Benefits    | 98460
        Programs    |
        Advertising | 240300
        Events      | 115750
        Tools       |
        Software    | 88200
    """)
    assert (analysis.sum_budgeted, analysis.budget_rows) == (1363210, 5)

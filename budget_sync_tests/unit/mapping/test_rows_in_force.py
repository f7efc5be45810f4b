"""Versions of a budget in rows: one yields to another of the same year only, and two of one year are not added."""

from decimal import Decimal

import pytest

from budget_sync_tests.unit.mapping.tables import analysed


def test_the_proposal_for_next_year_is_kept_beside_the_adopted_budget_of_this_one() -> None:
    analysis = analysed("""
        Year | Stage    | Department | Item     | Amount
        2023 | Actual   | Police     | Salaries | 900
        2023 | Actual   | Parks      | Supplies | 80
        2024 | Adopted  | Police     | Salaries | 1000
        2024 | Adopted  | Parks      | Supplies | 90
        2025 | Proposed | Police     | Salaries | 1100
        2025 | Proposed | Parks      | Supplies | 95
    """)
    assert analysis.sum_budgeted == Decimal(2285)
    assert [(one.column_index, one.keep) for one in analysis.row_filters] == [(1, ["Adopted", "Proposed"])]


def test_stages_of_different_years_filter_nothing() -> None:
    analysis = analysed("""
        Year | Stage    | Department | Item     | Amount
        2024 | Adopted  | Police     | Salaries | 1000
        2024 | Adopted  | Parks      | Supplies | 90
        2025 | Proposed | Police     | Salaries | 1100
        2025 | Proposed | Parks      | Supplies | 95
    """)
    assert analysis.budget_rows == 4
    assert analysis.row_filters == []


def test_of_two_stages_of_each_year_the_later_stage_is_in_force() -> None:
    analysis = analysed("""
        Year | Stage       | Department | Item     | Amount
        2024 | Adopted     | Police     | Salaries | 1000
        2024 | Adopted     | Parks      | Supplies | 90
        2024 | Amended     | Police     | Salaries | 1010
        2024 | Amended     | Parks      | Supplies | 91
        2025 | Requested   | Police     | Salaries | 1200
        2025 | Requested   | Parks      | Supplies | 99
        2025 | Recommended | Police     | Salaries | 1100
        2025 | Recommended | Parks      | Supplies | 95
    """)
    assert analysis.sum_budgeted == Decimal(2296)


@pytest.mark.parametrize("version", ["Revised Budget", "Adopted Budget"])
def test_a_plain_budget_yields_to_the_named_version_of_the_same_lines(version: str) -> None:
    analysis = analysed(f"""
        Year | Scenario  | Department | Item     | Amount
        2024 | Budget    | Police     | Salaries | 1000
        2024 | Budget    | Parks      | Supplies | 90
        2024 | {version} | Police     | Salaries | 1010
        2024 | {version} | Parks      | Supplies | 91
    """)
    assert analysis.sum_budgeted == Decimal(1101)


def test_a_plain_budget_is_added_to_what_a_supplement_grants_for_other_lines() -> None:
    analysis = analysed("""
        Year | Scenario             | Department | Item     | Amount
        2024 | Budget               | Police     | Salaries | 1000
        2024 | Budget               | Parks      | Supplies | 90
        2024 | Budget               | Roads      | Salt     | 70
        2024 | Supplementary Budget | Roads      | Bridges  | 40
        2024 | Supplementary Budget | Roads      | Salt     | 5
    """)
    assert analysis.sum_budgeted == Decimal(1205)


@pytest.mark.parametrize("first", ["Budget", "Original"])
def test_a_supplement_is_added_to_the_budget_of_the_same_lines(first: str) -> None:
    analysis = analysed(f"""
        Year | Scenario      | Department | Item     | Budget
        2024 | {first}       | Police     | Salaries | 1000
        2024 | {first}       | Parks      | Supplies | 90
        2024 | Supplementary | Police     | Salaries | 100
        2024 | Supplementary | Parks      | Supplies | 9
    """)
    assert analysis.sum_budgeted == Decimal(1199)


def test_lines_that_were_not_revised_are_told_of() -> None:
    table = """
        Department | Version  | Year | Amount
        Police     | Original | 2026 | 1000
        Police     | Revised  | 2026 | 1100
        Fire       | Original | 2026 | 800
        Fire       | Revised  | 2026 | 850
        Library    | Original | 2026 | 300
    """
    assert "Lines that stand in no version in force, and are not loaded: 1." in analysed(table).notes
    whole = table + "    Library | Revised | 2026 | 310"
    assert not any("not loaded" in note for note in analysed(whole).notes)


def test_what_was_spent_for_a_line_that_nobody_planned_is_not_told_of() -> None:
    analysis = analysed("""
        Department | Scenario | Year | Amount
        Police     | Budget   | 2026 | 1000
        Police     | Actual   | 2026 | 900
        Fire       | Budget   | 2026 | 800
        Library    | Actual   | 2026 | 300
    """)
    assert not any("not loaded" in note for note in analysis.notes)

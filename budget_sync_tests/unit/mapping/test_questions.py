"""What is asked: the meaning of a minus, of `1,234`, of months without a year, each with what an answer changes."""

import pytest

from budget_sync.domain.defaults import Defaults
from budget_sync.domain.fields import TargetField
from budget_sync.mapping.analysis import Question
from budget_sync.mapping.understanding import UnderstandingRequest
from budget_sync_tests.unit.mapping.tables import analysed, columns, understood


def asked(text: str) -> list[Question]:
    """What is asked of the signs of a drawn table."""
    return [question for question in analysed(text).questions if question.code == "mixed_signs"]


def test_expenses_below_nought_beside_revenue_without_a_type_column_are_asked_about() -> None:
    (question,) = asked("""
        Department | Item           | Year | Budget
        Sales      | Product sales  | 2025 | 90000
        Sales      | Service income | 2025 | 40000
        Sales      | Travel         | 2025 | -3000
        Systems    | Software       | 2025 | -6000
        Personnel  | Training       | 2025 | -2000
    """)
    assert question.blocking
    as_written, types = question.answers
    assert as_written.effect == "all are loaded as written; the total is 119,000"
    assert types.effect.startswith("expenses are 11,000 and revenue is 130,000;")


@pytest.mark.parametrize(
    "amounts",
    [
        ("1000", "2000", "3000", "-400", "500"),  # one reduction
        ("-1000", "-2000", "-3000", "-400", "-500"),  # the habit of the file
        ("1000", "2000", "3000", "400", "500"),
    ],
)
def test_single_reductions_and_a_habit_of_the_file_are_not_asked_about(amounts: tuple[str, ...]) -> None:
    rows = [f"D{place} | Item {place} | 2025 | {amount}" for place, amount in enumerate(amounts)]
    assert not asked("\n".join(["Department | Item | Year | Budget", *rows]))


def test_a_type_column_explains_the_signs() -> None:
    assert not asked("""
        Department | Item           | Type    | Year | Budget
        Sales      | Product sales  | Revenue | 2025 | 90000
        Sales      | Service income | Revenue | 2025 | 40000
        Sales      | Travel         | Expense | 2025 | -3000
        Systems    | Software       | Expense | 2025 | -6000
        Personnel  | Training       | Expense | 2025 | -2000
    """)


def test_a_file_mixed_in_sign_waits_for_the_answer() -> None:
    analysis = analysed("""
        Department | Item     | Year | Budget
        Sales      | Travel   | 2025 | 3000
        Sales      | Fairs    | 2025 | -3500
        Systems    | Software | 2025 | 6000
        Systems    | Licences | 2025 | -6100
    """)
    assert analysis.can_proceed is False


def test_an_ambiguous_thousand_is_asked_about_with_what_each_answer_gives() -> None:
    analysis = analysed("""
        Department | Item     | Year | Budget
        Sales      | Travel   | 2025 | 1,234
        Systems    | Software | 2025 | 2,345
    """)
    (question,) = [one for one in analysis.questions if one.code == "which_decimal_sign"]
    assert "'1,234'" in question.text
    assert [answer.effect for answer in question.answers] == [
        "these amounts add up to 3,579, as they were read",
        "these amounts add up to 3.579",
    ]
    assert analysis.can_proceed is False


def test_months_without_any_year_are_asked_for_their_year() -> None:
    analysis = analysed("""
        Department | Item     | Jan | Feb | Mar
        Sales      | Travel   | 10  | 25  | 31
        Systems    | Software | 77  | 20  | 13
    """)
    assert [question.code for question in analysis.questions] == ["which_year"]
    assert analysis.can_proceed is False


def test_months_without_any_year_take_the_default_year_as_the_fiscal_year_start_divides_it() -> None:
    understanding = understood(
        """
        Department | Item     | Jan | Mar | Apr | Dec
        Sales      | Travel   | 10  | 25  | 31  | 46
        Systems    | Software | 77  | 20  | 13  | 98
        """,
        defaults=Defaults(fiscal_period="FY2026", fiscal_year_start=4),
    )
    assert [amount.period for amount in understanding.amounts] == ["2026-01", "2026-03", "2025-04", "2025-12"]
    assert understanding.analysis.questions == []


def test_rows_of_months_without_any_year_are_asked_for_their_year_too() -> None:
    text = """
        Month    | Department | Budget
        January  | Sales      | 4100
        January  | Legal      | 750
        February | Sales      | 4300
        February | Legal      | 760
    """
    assert [question.code for question in analysed(text).questions] == ["which_year"]
    answered = understood(text, defaults=Defaults(fiscal_period="FY2026"))
    assert answered.texts.fiscal_period[-1] == "2026-02"
    assert answered.analysis.can_proceed


def test_the_other_reading_of_open_numbers_is_summed_cell_by_cell() -> None:
    analysis = analysed("""
        Department | Budget 2025
        Sales      | 1,234
        Legal      | 2
        Tax        | 3
    """)
    question = next(one for one in analysis.questions if one.code == "which_decimal_sign")
    assert [answer.effect for answer in question.answers] == [
        "these amounts add up to 1,239, as they were read",
        "these amounts add up to 6.234",
    ]


UNSURE = """
    Name        | Jan 2026 | Feb 2026
    Engineering | 1200     | 1300.5
    Finance     | 310      | 320
    Sales       | 95       | 90.5
"""


def test_a_needed_column_that_is_hardly_likelier_than_not_is_asked_about() -> None:
    analysis = understood(UNSURE).analysis
    (question,) = analysis.questions
    assert (question.code, question.field, question.blocking) == ("unsure_column", TargetField.DEPARTMENT, True)
    assert question.text.startswith("Is 'Name' the department? It was taken for it at 5")
    assert not analysis.can_proceed


def test_a_column_that_a_person_mapped_is_not_asked_about() -> None:
    mappings = tuple(understood(UNSURE).analysis.mappings)
    analysis = understood(UNSURE, request=UnderstandingRequest(mappings=mappings)).analysis
    assert (analysis.questions, analysis.can_proceed) == ([], True)


def test_a_column_that_its_header_calls_by_name_is_not_asked_about() -> None:
    analysis = understood("""
        Department  | Category | Fiscal Year | Budgeted Amount
        Engineering | Software | FY2025      | 2000
        Engineering | Travel   | FY2025      | 2020
    """).analysis
    assert min(mapping.confidence for mapping in analysis.mappings) < 0.6
    assert analysis.questions == []


@pytest.mark.parametrize(
    ("final", "plain", "spent"), [("Final value", "Budget", "Actual"), ("Valor final", "Orçado", "Real")]
)
def test_a_final_value_beside_a_plain_budget_is_asked_about(final: str, plain: str, spent: str) -> None:
    analysis = analysed(f"""
        Category | {final} | {plain} | {spent}
        Fuel     | 500.10  | -500.10 | 120
        Rent     | 1250    | 1250    | 1250
        Phones   | 3000    | 2800    | 0
    """)
    asked = [question for question in analysis.questions if question.field is TargetField.BUDGETED_AMOUNT]
    assert [question.code for question in asked] == ["which_amount"]


def test_of_allocations_and_their_total_the_total_is_the_budget() -> None:
    analysis = analysed("""
        Organization | Fall Allocation | Spring Allocation | Total Allocation
        Chess        | 3120            | 1707              | 4827
        Debate       | 2900            | 1134              | 4034
        Choir        | 3000            | 2259              | 5259
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Total Allocation"]
    assert TargetField.BUDGETED_AMOUNT not in [one.field for one in analysis.questions]


def test_a_total_over_several_years_is_not_taken_for_the_budget_of_one() -> None:
    analysis = analysed("""
        Project | Total Cost | Prior Appropriations | FY25 Appropriation | Future Years
        Bridge  | 4580       | 1520                 | 1530               | 1530
        Trail   | 2332       | 700                  | 780                | 852
        Library | 9200       | 4100                 | 1100               | 4000
    """)
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["FY25 Appropriation"]


def test_a_total_is_the_budget_beside_one_that_is_a_part_of_it() -> None:
    analysis = analysed("""
        Org Code | Org Title  | Base Budget | One-time Budget | Carryforward | Total Budget
        10010    | Provost    | 1200        | 50              | 12           | 1262
        10020    | Registrar  | 450         | 0               | 3            | 453
        10030    | Admissions | 780         | 25              | 0            | 805
    """)
    assert columns(analysis, TargetField.DEPARTMENT) == ["Org Title"]
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["Total Budget"]
    assert TargetField.BUDGETED_AMOUNT not in [one.field for one in analysis.questions]


def test_the_budget_per_head_is_no_rival_of_the_budget() -> None:
    analysis = analysed("""
        Department | Budget 2026 | Budget per head | Remark
        Sales      | 5000        | 500             | see memo 12
        Legal      | 3000        | 600             |
        Plant      | 2000        | 400             | 2 laptops
    """)
    assert [one.code for one in analysis.questions] == []
    assert [one.target_field for one in analysis.mappings] == ["department", "budgetedAmount", None, None]

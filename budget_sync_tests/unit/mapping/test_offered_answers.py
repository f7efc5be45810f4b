"""Which answers a silent file is offered, and what each would change."""

from datetime import date

from budget_sync.domain.defaults import Defaults
from budget_sync.mapping.analysis import Answer
from budget_sync.mapping.name_questions import KnownNames
from budget_sync.mapping.offered_answers import with_offered_answers
from budget_sync_tests.unit.mapping.tables import understood

TODAY = date(2026, 11, 27)
MONTHS = """
Department | Item     | Jan | Feb | Mar
Sales      | Travel   | 10  | 25  | 31
Systems    | Software | 77  | 20  | 13
"""
SILENT = """
Budget line | Supplier | Budget
Travel      | Rail     | 1200
Software    | Codework | 800
Training    | Rail     | 40
"""


def offered(
    text: str, code: str, *, name: str = "file.csv", known: KnownNames | None = None, start: int = 1
) -> list[Answer]:
    """The answers to one question of a drawn table."""
    understanding = understood(text, name, defaults=Defaults(fiscal_year_start=start))
    questions = with_offered_answers(understanding, known or KnownNames(), TODAY, start)
    return next(question.answers for question in questions if question.code == code)


def test_months_without_a_year_are_offered_this_year_the_next_and_the_last() -> None:
    assert [answer.value for answer in offered(MONTHS, "which_year")] == ["FY2026", "FY2027", "FY2025"]


def test_a_year_says_which_months_the_columns_become_and_how_much_they_hold() -> None:
    assert offered(MONTHS, "which_year")[1].effect == ("its columns stand for 2027-01 to 2027-03; 2 rows, 176 together")


def test_the_fiscal_year_of_the_customer_counts() -> None:
    answers = offered(MONTHS, "which_year", start=10)
    assert [answer.value for answer in answers] == ["FY2027", "FY2028", "FY2026"]
    assert "2027-01 to 2027-03" in answers[0].effect


def test_a_file_without_any_period_is_offered_whole_years() -> None:
    assert offered(SILENT, "which_period")[0] == Answer(
        "FY2026", "FY2026", "3 rows, 2,040 together, count for the whole of FY2026"
    )


def test_a_department_that_nobody_has_yet_is_offered_where_the_file_is_named_for_it() -> None:
    for name, department in (("Marketing budget 2026.csv", "Marketing"), ("2026_HR_plan.csv", "HR")):
        answers = offered(SILENT, "which_department", name=name, known=KnownNames(("Legal",)))
        assert [answer.value for answer in answers if not answer.value.startswith("column:")] == [department, "Legal"]


def test_the_departments_of_the_customer_are_offered_and_first_the_one_that_the_file_is_named_for() -> None:
    known = KnownNames(("Engineering", "Legal", "Sales"))
    answers = offered(SILENT, "which_department", name="sales_budget.csv", known=known)
    names = [answer for answer in answers if not answer.value.startswith("column:")]
    assert [answer.value for answer in names] == ["Sales", "Engineering", "Legal"]
    assert names[0].effect == "3 rows, 2,040 together, are loaded for 'Sales'"


def test_a_column_of_names_is_offered_with_the_names_that_it_would_give() -> None:
    columns = {answer.label: answer for answer in offered(SILENT, "which_department")}
    assert columns["Column 'Supplier'"] == Answer(
        "column:1", "Column 'Supplier'", "its 2 names become the departments: Rail, Codework"
    )
    assert "Column 'Budget'" not in columns


def test_a_file_that_says_everything_is_offered_nothing() -> None:
    understanding = understood("Department | Year | Budget\nSales | 2026 | 10\nLegal | 2026 | 20\nTax | 2026 | 30\n")
    assert with_offered_answers(understanding, KnownNames(), TODAY, 1) == understanding.analysis.questions


def test_rows_of_months_without_a_year_are_offered_the_nearest_years() -> None:
    text = "Month | Department | Budget\nMay | Sales | 100\nMay | Legal | 70\nJune | Sales | 90\nJune | Legal | 81\n"
    first = offered(text, "which_year")[0]
    assert first == Answer("FY2026", "FY2026", "the months of its rows are those of FY2026; 4 rows, 341 together")

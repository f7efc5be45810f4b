"""The table of "Matching a check", row by row, and the cases beside it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pytest

from budget_sync.approval.matching import (
    BudgetLine,
    Match,
    MatchedLevel,
    MatchProblem,
    fitting_codes,
    match_lines,
)
from budget_sync.approval.policy import Rate, Rates
from budget_sync.approval.surroundings import near_names
from budget_sync.domain.names import fold_name
from budget_sync.domain.periods import FiscalPeriod


def line(name: str, amount: int, period: str = "FY2025", currency: str = "EUR", *, is_open: bool = True) -> BudgetLine:
    """``Eng/Software`` or ``Eng``: the name of the line is its id."""
    department, _, sub_category = name.partition("/")
    return BudgetLine(
        id=f"{name} {period} {currency}",
        department=department,
        sub_category=sub_category,
        fiscal_period=FiscalPeriod.from_code(period),
        currency=currency,
        budgeted=Decimal(amount),
        is_open=is_open,
    )


def ask(
    lines: list[BudgetLine],
    sub_category: str | None = None,
    period: str = "FY2025",
    currency: str = "EUR",
    rates: dict[str, Decimal] | None = None,
    fiscal_year_start: int = 1,
) -> Match:
    return match_lines(
        lines,
        sub_category=sub_category,
        period=FiscalPeriod.from_code(period),
        rates=Rates(currency, {name: Rate(rate, date(2025, 1, 1)) for name, rate in (rates or {}).items()}),
        fiscal_year_start=fiscal_year_start,
    )


SOFTWARE_AND_GENERAL = [line("Eng/Software", 500), line("Eng", 100)]
SOFTWARE_BY_MONTH = [line("Eng/Software", 10, f"2025-{month:02d}") for month in range(1, 13)]
YEAR_AND_MARCH = [line("Eng/Software", 120), line("Eng/Software", 10, "2025-03")]
QUARTERS_AND_JANUARY = [line("Eng/Software", 30, f"FY2025-Q{number}") for number in range(1, 5)] + [
    line("Eng/Software", 10, "2025-01")
]
TWO_CURRENCIES = [line("Eng/Software", 500, currency="USD"), line("Eng/Software", 300)]


@dataclass(frozen=True)
class Example:
    """One row of the table: what there is, what is asked, which lines answer and at which level."""

    sentence: str
    lines: list[BudgetLine]
    answered_from: list[str]
    level: MatchedLevel
    sub_category: str | None = None
    period: str = "FY2025"
    currency: str = "EUR"


SUB, GENERAL, TOTAL = MatchedLevel.SUB_CATEGORY, MatchedLevel.DEPARTMENT, MatchedLevel.DEPARTMENT_TOTAL
MARCH_AND_GENERAL = [line("Eng/Software", 10, "2025-03"), line("Eng", 100)]
EXAMPLES = [
    Example("the sub-category asked for", SOFTWARE_AND_GENERAL, ["Eng/Software FY2025 EUR"], SUB, "Software"),
    Example(
        "a sub-category without a line: the general line", SOFTWARE_AND_GENERAL, ["Eng FY2025 EUR"], GENERAL, "Travel"
    ),
    Example("no sub-category: the general line", SOFTWARE_AND_GENERAL, ["Eng FY2025 EUR"], GENERAL),
    Example(
        "no sub-category and no general line: all lines of the department",
        [line("Eng/Software", 500), line("Eng/Hardware", 200)],
        ["Eng/Software FY2025 EUR", "Eng/Hardware FY2025 EUR"],
        TOTAL,
    ),
    Example("the month asked for", SOFTWARE_BY_MONTH, ["Eng/Software 2025-03 EUR"], SUB, "Software", "2025-03"),
    Example("a year of twelve months", SOFTWARE_BY_MONTH, [each.id for each in SOFTWARE_BY_MONTH], SUB, "Software"),
    Example("a month of a year", [line("Eng/Software", 120)], ["Eng/Software FY2025 EUR"], SUB, "Software", "2025-03"),
    Example(
        "a year and its month: the month", YEAR_AND_MARCH, ["Eng/Software 2025-03 EUR"], SUB, "Software", "2025-03"
    ),
    Example("a year and its month: the year alone", YEAR_AND_MARCH, ["Eng/Software FY2025 EUR"], SUB, "Software"),
    Example(
        "quarters and a month: the quarters",
        QUARTERS_AND_JANUARY,
        [f"Eng/Software FY2025-Q{number} EUR" for number in range(1, 5)],
        SUB,
        "Software",
    ),
    Example(
        "no sub-category line fits the month: general",
        MARCH_AND_GENERAL,
        ["Eng FY2025 EUR"],
        GENERAL,
        "Software",
        "2025-04",
    ),
    Example("the currency asked in", TWO_CURRENCIES, ["Eng/Software FY2025 EUR"], SUB, "Software"),
    Example(
        "the smallest that contains the month",
        QUARTERS_AND_JANUARY,
        ["Eng/Software FY2025-Q1 EUR"],
        SUB,
        "Software",
        "2025-02",
    ),
    Example(
        "a month before a quarter before a half before a year",
        [line("Eng", 1), line("Eng", 2, "FY2025-H1"), line("Eng", 3, "FY2025-Q1")],
        ["Eng FY2025-Q1 EUR"],
        GENERAL,
        period="2025-01",
    ),
    Example(
        "a half of two quarters",
        QUARTERS_AND_JANUARY,
        ["Eng/Software FY2025-Q1 EUR", "Eng/Software FY2025-Q2 EUR"],
        SUB,
        "Software",
        "FY2025-H1",
    ),
    Example(
        "a department's total takes each budget once, at its nearest period",
        [*YEAR_AND_MARCH, line("Eng/Hardware", 200, "FY2025-Q1")],
        ["Eng/Software FY2025 EUR", "Eng/Hardware FY2025-Q1 EUR"],
        TOTAL,
    ),
    Example(
        "another spelling of the sub-category", SOFTWARE_AND_GENERAL, ["Eng/Software FY2025 EUR"], SUB, "  SOFTware "
    ),
    Example(
        "a line in the asked currency before one of a nearer period in another",
        [line("Eng", 100), line("Eng", 10, "2025-03", "USD")],
        ["Eng FY2025 EUR"],
        GENERAL,
        period="2025-03",
    ),
    Example(
        "a closed line beside an open one",
        [line("Eng/Software", 500, is_open=False), line("Eng", 100)],
        ["Eng FY2025 EUR"],
        GENERAL,
        "Software",
    ),
]


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.sentence)
def test_the_question_is_answered_from(example: Example) -> None:
    match = ask(example.lines, example.sub_category, example.period, example.currency)
    assert [each.id for each in match.lines] == example.answered_from
    assert match.level is example.level
    assert match.problem is None


def test_no_line_of_the_department_is_no_budget() -> None:
    assert ask([]).problem is MatchProblem.NO_BUDGET


def test_a_sub_category_without_a_line_and_without_a_general_line_is_no_budget() -> None:
    assert ask([line("Eng/Software", 500)], "Travel").problem is MatchProblem.NO_BUDGET


def test_another_year_is_no_budget() -> None:
    assert ask([line("Eng", 500)], period="FY2026").problem is MatchProblem.NO_BUDGET


def test_a_closed_line_alone_is_budget_closed() -> None:
    assert ask([line("Eng", 500, is_open=False)]).problem is MatchProblem.BUDGET_CLOSED


def test_another_currency_without_a_rate_is_a_mismatch_that_names_it() -> None:
    match = ask([line("Eng/Software", 500, currency="USD")], "Software", currency="GBP")
    assert match.problem is MatchProblem.CURRENCY_MISMATCH
    assert match.other_currencies == ("USD",)


def test_another_currency_answers_by_a_rate() -> None:
    match = ask([line("Eng", 500, currency="USD")], rates={"USD": Decimal("0.9")})
    assert [each.currency for each in match.lines] == ["USD"]


def test_a_rate_does_not_bring_in_a_second_currency() -> None:
    match = ask(TWO_CURRENCIES, "Software", rates={"USD": Decimal("0.9")})
    assert [each.currency for each in match.lines] == ["EUR"]


def test_a_fiscal_year_from_july_contains_its_own_months() -> None:
    lines = [line("Eng", 500, "FY2025")]
    assert ask(lines, period="2024-07", fiscal_year_start=7).lines == tuple(lines)
    assert ask(lines, period="2025-07", fiscal_year_start=7).problem is MatchProblem.NO_BUDGET


@pytest.mark.parametrize(
    ("asked", "start", "codes"),
    [
        ("2025-03", 1, {"2025-03", "FY2025-Q1", "FY2025-H1", "FY2025"}),
        ("2024-07", 7, {"2024-07", "FY2025-Q1", "FY2025-H1", "FY2025"}),
        ("FY2025-Q2", 1, {"2025-04", "2025-05", "2025-06", "FY2025-Q2", "FY2025-H1", "FY2025"}),
        ("1900-01", 1, {"1900-01", "FY1900-Q1", "FY1900-H1", "FY1900"}),
    ],
)
def test_the_codes_that_can_answer_for_a_period(asked: str, start: int, codes: set[str]) -> None:
    assert set(fitting_codes(FiscalPeriod.from_code(asked), start)) == codes


def test_a_year_is_answered_by_itself_its_halves_quarters_and_months() -> None:
    assert len(fitting_codes(FiscalPeriod(2025), 4)) == 19


def test_spellings_that_differ_in_case_and_space_are_one_name() -> None:
    assert fold_name("  engineering ") == fold_name("Engineering")


@pytest.mark.parametrize(
    ("asked", "near"),
    [
        ("Enginering", ["Engineering"]),
        ("MARKETNG", ["Marketing"]),
        ("Zoo", []),
        ("Human Resource", ["Human Resources"]),
    ],
)
def test_near_names_are_what_a_person_could_have_meant(asked: str, near: list[str]) -> None:
    assert near_names(asked, ["Engineering", "Marketing", "Sales", "Human Resources"]) == near

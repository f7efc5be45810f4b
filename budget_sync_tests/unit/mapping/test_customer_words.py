"""A customer's own words come before the lexicon: for columns, and for kinds of files."""

import pytest

from budget_sync.domain.fields import FileType, TargetField
from budget_sync.mapping import UnderstandingRequest
from budget_sync.mapping.analysis import Analysis
from budget_sync.mapping.customer_words import CustomerWord, CustomerWords, kinds_said, read_names
from budget_sync_tests.unit.mapping.tables import columns, understood

DEPARTMENT, AMOUNT = TargetField.DEPARTMENT, TargetField.BUDGETED_AMOUNT
TWO_UNITS = """
Department | Zweig | Category | Year | Budget
North      | Alpha | Travel   | 2025 | 1200
North      | Beta  | Software | 2025 | 800
South      | Gamma | Advice   | 2025 | 40
South      | Alpha | Rent     | 2025 | 90
"""
TWO_AMOUNTS = """
Department | Category | Year | Budget | Zuteilung
North      | Travel   | 2025 | 1200   | 1100
North      | Software | 2025 | 800    | 700
South      | Advice   | 2025 | 40     | 30
"""


def words(*told: tuple[str, TargetField | FileType, bool]) -> CustomerWords:
    """The words of one customer."""
    return CustomerWords(tuple(CustomerWord(*one) for one in told))


def analysed(text: str, own: CustomerWords, name: str = "file.csv") -> Analysis:
    """The analysis of a drawn table for a customer with these words."""
    return understood(text, name, UnderstandingRequest(words=own)).analysis


def test_a_word_of_the_customers_own_wins_over_the_lexicon() -> None:
    assert columns(analysed(TWO_UNITS, words()), DEPARTMENT) == ["Department"]
    assert columns(analysed(TWO_UNITS, words(("Zweig", DEPARTMENT, True))), DEPARTMENT) == ["Zweig"]


def test_a_word_for_the_amount_chooses_the_column() -> None:
    assert columns(analysed(TWO_AMOUNTS, words()), AMOUNT) == ["Budget"]
    assert columns(analysed(TWO_AMOUNTS, words(("Zuteilung", AMOUNT, True))), AMOUNT) == ["Zuteilung"]


def test_a_word_that_never_means_it_keeps_a_column_out() -> None:
    own = words(("Department", DEPARTMENT, False), ("Zweig", DEPARTMENT, True))
    assert columns(analysed(TWO_UNITS, own), DEPARTMENT) == ["Zweig"]


@pytest.mark.parametrize(
    ("header", "told", "fields", "tags"),
    [
        ("Owner", ("Owner", DEPARTMENT, True), {DEPARTMENT}, set()),
        ("owner  unit", ("Owner", DEPARTMENT, True), {DEPARTMENT}, set()),
        ("Zuteilung Actual", ("Zuteilung", AMOUNT, True), {AMOUNT}, {"actual", "budget"}),
        ("Budget", ("Budget", AMOUNT, False), {DEPARTMENT, TargetField.SUB_CATEGORY}, set()),
    ],
)
def test_what_a_header_says_then(
    header: str, told: tuple[str, TargetField, bool], fields: set[TargetField], tags: set[str]
) -> None:
    (evidence,) = read_names([header], words(told))
    assert set(evidence.fields) == fields
    assert set(evidence.tags) == tags
    assert (told[1] in evidence.against) is not told[2]


def test_words_are_whole_words() -> None:
    (evidence,) = read_names(["Ownership"], words(("Owner", DEPARTMENT, True)))
    assert DEPARTMENT not in evidence.fields


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (("Zuteilungsplan", FileType.PAYROLL, True), FileType.PAYROLL),
        (("Zuteilungsplan", FileType.BUDGET, False), None),
        (("something else", FileType.PAYROLL, True), FileType.BUDGET),
    ],
)
def test_a_word_decides_the_kind_of_a_file(told: tuple[str, FileType, bool], expected: FileType | None) -> None:
    detection = analysed(TWO_AMOUNTS, words(told), "zuteilungsplan.csv").file_type_detection
    if expected is None:
        assert detection.likely_file_type is not FileType.BUDGET
    else:
        assert detection.likely_file_type is expected
    assert ("A word of the customer's own means a payroll." in detection.evidence) is (expected is FileType.PAYROLL)


def test_words_of_fields_mean_no_kind_of_file() -> None:
    assert kinds_said(["Zweig"], words(("Zweig", DEPARTMENT, True))) == {}

"""Whatever a table holds, it is understood without a crash, and the figures agree with each other."""

from decimal import Decimal

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from budget_sync.domain.amount_text import parse_amounts
from budget_sync.mapping import Understanding, UnderstandingRequest, understand
from budget_sync.reading.document import Document, Grid
from budget_sync.reading.structure.rows import RowRole

WORDS = [
    "Department",
    "Budget",
    "Total",
    "Jan",
    "2024",
    "2025",
    "FY25",
    "Q1",
    "Amount",
    "Sales",
    "Travel",
    "Ist",
    "Plan",
]
TWO_TABLES = [
    ["Department", "1", "Total travel", "1²"],
    ["1"],
    ["2025-03-01"],
    ["Total travel", "1²"],
    ["", "2024"],
    ["", "Total travel", "EUR"],
]
FIGURES = [
    "12",
    "1²",
    "3²",
    "½",
    "①",
    "٣",
    "1",
    "1,234",
    "1.234,50",
    "(77)",
    "0",
    "5%",
    "€ 9.50",
    "2025-03-01",
    "1.1",
    "-",
]
CELLS = st.sampled_from(["", " ", "Total travel", "EUR", "n/a", "#REF!", *WORDS, *FIGURES])
GRIDS = st.lists(st.lists(CELLS, max_size=7), max_size=14)


def total_of_lines(understanding: Understanding) -> Decimal:
    """The sum over every line of every amount column."""
    total = Decimal(0)
    for column in understanding.amounts:
        cells = understanding.lines_of(column).amount
        total += sum((value or Decimal(0) for value in parse_amounts(cells, column.style).values), Decimal(0))
    return total


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(GRIDS)
def test_any_table_of_cells(rows: list[list[str]]) -> None:
    understanding = understand(Document("table 2025.csv", "csv", [Grid(rows)]))
    analysis = understanding.analysis
    assert len(understanding.roles) == len(rows)
    assert analysis.budget_rows == sum(role is RowRole.LINE for role in understanding.roles)
    assert [mapping.column_index for mapping in analysis.mappings] == list(range(len(analysis.headers)))
    if not any(column.line_type for column in understanding.amounts):
        assert analysis.sum_budgeted == total_of_lines(understanding)


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(GRIDS)
@example(TWO_TABLES)
def test_the_same_mapping_gives_the_same_lines(rows: list[list[str]]) -> None:
    document = Document("table 2025.csv", "csv", [Grid(rows)])
    first = understand(document)
    again = understand(document, UnderstandingRequest(mappings=tuple(first.analysis.mappings)))
    assert [again.lines_of(column) for column in again.amounts] == [first.lines_of(column) for column in first.amounts]

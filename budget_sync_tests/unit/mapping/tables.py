"""Small files written as text: one line a row, cells apart by bars, as the tests show them."""

from budget_sync.domain.defaults import Defaults
from budget_sync.domain.fields import TargetField
from budget_sync.mapping import Understanding, UnderstandingRequest, understand
from budget_sync.mapping.analysis import Analysis
from budget_sync.reading.document import Document, Grid


def rows_of(text: str) -> list[list[str]]:
    """The cells of a drawn table; an empty line is a blank row, ``_`` at a cell's start an indentation."""
    lines = text.strip("\n").rstrip().splitlines()
    return [[_cell(cell) for cell in line.split("|")] for line in lines]


def _cell(text: str) -> str:
    stripped = text.strip()
    indent = len(stripped) - len(stripped.lstrip("_"))
    return " " * indent + stripped[indent:]


def grid_of(text: str, sheet: str | None = None, *, hidden: bool = False) -> Grid:
    """A sheet of a text file."""
    return Grid(rows_of(text), sheet, hidden=hidden)


def document_of(*grids: Grid, name: str = "file.csv") -> Document:
    """A file of these sheets."""
    return Document(name, "csv", list(grids))


def understood(
    text: str, name: str = "file.csv", request: UnderstandingRequest | None = None, defaults: Defaults | None = None
) -> Understanding:
    """The understanding of one drawn table."""
    asked = request or UnderstandingRequest(defaults=defaults or Defaults())
    return understand(document_of(grid_of(text), name=name), asked)


def analysed(text: str, name: str = "file.csv") -> Analysis:
    """The analysis of one drawn table."""
    return understood(text, name).analysis


def columns(analysis: Analysis, field: TargetField) -> list[str]:
    """The headers of the columns given to a field."""
    return [mapping.source_column.strip() for mapping in analysis.columns_of(field)]


def lines(understanding: Understanding) -> list[tuple[str, str, str, str]]:
    """Every line as (department, sub-category, period, amount)."""
    found = []
    for column in understanding.amounts:
        texts = understanding.lines_of(column)
        found += zip(texts.department, texts.sub_category, texts.fiscal_period, texts.amount, strict=True)
    return found

"""Whether a title, a sheet's name or the header of the names says that the whole table is revenue, or expenses.

In: the text; or the table. Out: the type, None where it says neither, both, or anything else as well: ``Sales
budget`` may be the budget of a department, and so may ``Revenue Services``.
"""

from collections.abc import Sequence
from itertools import islice

from budget_sync.domain.fields import LineType, TargetField
from budget_sync.domain.vocabulary import calendar_words, vocabulary, words_of
from budget_sync.domain.vocabulary.phrases import Phrases
from budget_sync.mapping.columns import Column
from budget_sync.reading.document import Grid
from budget_sync.reading.structure.cells import NUMBER, mark_of
from budget_sync.reading.structure.header import Header

_HALF = 0.5


def line_type_of(text: str, *, in_statement: bool = False) -> LineType | None:
    """Revenue or expense, where nothing but a period and the word budget stands beside such a word.

    ``in_statement``: beside a result of the whole (Net profit), where ``Sales`` is no department.
    """
    known = vocabulary()
    found = {
        line_type
        for line_type, phrases in ((LineType.REVENUE, known.revenue), (LineType.EXPENSE, known.expense))
        if text in phrases
        and (in_statement or not (line_type is LineType.REVENUE and text in known.revenue_departments))
    }
    return found.pop() if len(found) == 1 and not _others(text, (known.revenue, known.expense)) else None


def header_of_names(grid: Grid, header: Header, columns: Sequence[Column]) -> str:
    """``Expenses`` over the names of the lines. ``Income`` only over one block: expenses may follow."""
    label = next((column.label for column in columns if column.profile.texts > _HALF), "")
    if line_type_of(label) is LineType.REVENUE and (header.repeats or _has_headings(grid, header)):
        return ""
    return label


def _has_headings(grid: Grid, header: Header) -> bool:
    """A row of texts without a figure: the heading of a block, or the header of the next."""
    body = islice(grid.rows, header.body, None)  # large files hold their rows in blocks
    return any(any(cell.strip() for cell in row) and NUMBER not in map(mark_of, row) for row in body)


def _others(text: str, told: tuple[Phrases, ...]) -> list[str]:
    """The words that say something else."""
    amounts = (vocabulary().figures.budget, vocabulary().fields[TargetField.BUDGETED_AMOUNT].positive)
    hits = [hit for phrases in (*told, *amounts) for hit in phrases.hits(text)]
    covered = {place for hit in hits for place in range(hit.start, hit.end)}
    periods = calendar_words().all_words
    words = enumerate(words_of(text))
    return [word for place, word in words if place not in covered and not word.isdigit() and word not in periods]

"""The columns of numbers that could be budgets, and the choice among them.

In: the columns, their scores, the sampled cells. Out: ``AmountChoice`` (``layout``).
"""

from collections.abc import Sequence
from dataclasses import replace

from budget_sync.domain.fields import Layout, TargetField
from budget_sync.domain.period_text import parse_period
from budget_sync.domain.vocabulary import vocabulary
from budget_sync.mapping.amount_choice import AmountChoice
from budget_sync.mapping.candidates import Candidate
from budget_sync.mapping.columns import Column
from budget_sync.mapping.heads_of_money import heads_of_money
from budget_sync.mapping.layout import choose_amounts
from budget_sync.mapping.left_out import REASONS, reason_against
from budget_sync.mapping.score import FIELDS, FieldScores
from budget_sync.mapping.subtotals_beside import subtotals_beside
from budget_sync.mapping.summed_codes import without_summed_codes
from budget_sync.mapping.sums import copies_of, factors, row_totals, shares_of_others, sizes_of_others
from budget_sync.mapping.supplements import supplements
from budget_sync.reading.document import Grid
from budget_sync.reading.structure.header import Header

FACTOR = "a number or a price, which another multiplies"

_NUMERIC, _SURELY = 0.5, 0.9
_NAMED = 0.6
_SAMPLE = 400
_MONTHS = 24  # down a budget, at the most; more of them are statistics


def choose_amount_columns(
    grid: Grid,
    header: Header,
    columns: Sequence[Column],
    scores: FieldScores,
    year: int | None,
    layout: Layout | None = None,
    *,
    planned: bool = False,
) -> AmountChoice:
    """The budget columns of a sheet; ``year``: what is said beside the table, where no column of periods says it.

    ``layout``: as a person says. ``planned``: it is said beside the table that this is a budget.
    """
    own = scores.scores[FIELDS.index(TargetField.BUDGETED_AMOUNT)]
    sample = range(header.body, min(len(grid.rows), header.body + _SAMPLE))
    rows = [row for row in sample if row not in header.repeats]
    cells = {
        column.index: [grid.rows[row][column.index] if column.index < len(grid.rows[row]) else "" for row in rows]
        for column in columns
        if _holds_numbers(column)
    }
    numeric = [column for column in without_summed_codes(columns, cells) if _is_numeric(column)]
    heads = heads_of_money(numeric)
    numeric = [column for column in numeric if column.index not in heads]
    cells = {column.index: cells[column.index] for column in numeric}
    plain = [column for column in numeric if reason_against(column) is None]
    totals = row_totals(plain, cells)
    copies = copies_of(cells, [column for column in numeric if reason_against(column) is not None])
    shares = shares_of_others(plain, cells)
    sections = subtotals_beside(numeric, cells)
    sizes = sizes_of_others(plain, cells)
    made = factors(numeric, cells)
    priced = {index for index in made if _may_be_factor(columns[index], columns[made[index]])}
    added = supplements(numeric, cells)
    candidates = [
        Candidate(column, own[column.index], totals.get(column.index, ()), adds=column.index in added)
        for column in numeric
        if column.index not in copies | shares | sizes | sections | priced
    ]
    named = planned and _times_name_the_rows(columns)
    choice = choose_amounts(candidates, _first_year(columns) or year, layout, times_down=named)
    reasons = dict.fromkeys(heads, REASONS["code"]) | dict.fromkeys(sizes, REASONS["derived"])
    reasons |= dict.fromkeys(shares, "the monthly or quarterly share of another") | dict.fromkeys(priced, FACTOR)
    reasons |= dict.fromkeys(sections, "the total of the columns beside it")
    return replace(choice, left_out=choice.left_out | reasons)


def _may_be_factor(column: Column, made: Column) -> bool:
    """An amount beside a rate or a share stays the amount, whatever is computed of the two; unless that is a total."""
    named = column.evidence.strength(TargetField.BUDGETED_AMOUNT) >= _NAMED and "count" not in column.evidence.tags
    summed = "total" in made.evidence.tags or made.name in vocabulary().rows.subtotal
    return (not named or summed) and "budget" not in column.evidence.tags


def _times_name_the_rows(columns: Sequence[Column]) -> bool:
    """Months or quarters down the first column, each once, and no name beside them; years are a history's."""
    filled = [column for column in columns if column.profile.filled]
    names = [column for column in filled[1:] if column.profile.texts > _NUMERIC or column.profile.periods >= _SURELY]
    first = [column.profile for column in filled[:1]]
    told = (profile for profile in first if profile.is_unique and profile.periods >= _SURELY)
    return not names and any(profile.numbers < _NUMERIC and profile.filled <= _MONTHS for profile in told)


def _first_year(columns: Sequence[Column]) -> int | None:
    """The earliest year that a column of periods names for its rows."""
    for column in columns:
        if column.evidence.strength(TargetField.FISCAL_PERIOD) >= _NAMED and column.profile.periods >= _NUMERIC:
            periods = [parse_period(sample) for sample in column.profile.samples]
            years = [period.year for period in periods if period is not None and period.year is not None]
            return min(years, default=None)
    return None


def _is_numeric(column: Column) -> bool:
    return _holds_numbers(column) and (column.code_of is None or not column.profile.filled)


def _holds_numbers(column: Column) -> bool:
    profile = column.profile
    if not profile.filled:
        return column.period is not None
    if profile.counts_up or (profile.is_flag and profile.distinct > 1):
        return False
    return profile.numbers >= _NUMERIC

"""The columns of a table with everything that speaks about them: name, values, period, neighbours.

In: a grid and its header. Out: a list of ``Column``, one a column of the table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from budget_sync.domain.era_years import era_headers
from budget_sync.domain.month_ends import without_month_ends
from budget_sync.domain.month_names import in_their_language
from budget_sync.domain.names import clean_name
from budget_sync.domain.period_text import PeriodText, find_period, read_periods
from budget_sync.domain.periods import PeriodKind
from budget_sync.mapping.amounts_beside import amounts_beside
from budget_sync.mapping.coded_headers import coded_headers
from budget_sync.mapping.codes_of_names import codes_of_names
from budget_sync.mapping.counted_months import counted_months
from budget_sync.mapping.customer_words import NO_WORDS, CustomerWords, read_names
from budget_sync.mapping.deciders import with_deciders
from budget_sync.mapping.enumerated import without_counting
from budget_sync.mapping.lettered_times import lettered_times
from budget_sync.mapping.lettered_years import with_lettered_years
from budget_sync.mapping.names import NameEvidence, says_budget
from budget_sync.mapping.numbered_times import counted_periods, numbered_groups, numbered_years
from budget_sync.mapping.repeated_headers import repeated_headers
from budget_sync.mapping.short_years import short_years
from budget_sync.mapping.values import ColumnProfile, profile_column
from budget_sync.reading.document import Grid
from budget_sync.reading.structure.cells import EMPTY, row_marks
from budget_sync.reading.structure.header import Header

SAMPLE_ROWS = 1500
_HALF = 0.5
_LAST_DAYS = 28
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Column:
    """``name``: the header, all its levels joined; ``label``: its lowest level as written.

    ``period``: what the header says of time. ``code_of``: the column whose codes this one holds.
    ``beside_amounts``: other amounts stand beside it, under headers that say as little (``amounts_beside``).
    """

    index: int
    name: str
    label: str
    evidence: NameEvidence
    profile: ColumnProfile
    period: PeriodText | None = None
    code_of: int | None = None
    beside_amounts: bool = False


def read_columns(grid: Grid, header: Header, own: CustomerWords = NO_WORDS) -> list[Column]:
    """Every column; values come from an even sample of the rows where there are many."""
    numbers = [row for row in _sample(header.body, _end_of_table(grid, header)) if row not in header.repeats]
    cells, profiles = _profiles(grid, header, numbers)
    repeated = repeated_headers(header.labels, cells)
    periods = _periods(header, profiles, repeated)
    for column in repeated:
        cells[column] = [""] * len(cells[column])
        profiles[column] = profile_column(column, cells[column], EMPTY * len(cells[column]))
    names = with_lettered_years(header.labels, read_names(without_counting(header.names), own))
    names = with_deciders(header.labels, names, profiles, cells)
    amounts = amounts_beside(header.labels, names, profiles)
    codes = codes_of_names(header.labels, names, profiles, cells)
    return [
        Column(
            index=column,
            name=header.names[column],
            label=header.labels[column],
            evidence=names[column],
            profile=profiles[column],
            period=periods[column],
            code_of=None if column in amounts else codes.get(column),
            beside_amounts=column in amounts,
        )
        for column in range(header.width)
    ]


def profiles_of_lines(grid: Grid, header: Header, lines: Sequence[int]) -> list[ColumnProfile]:
    """The profile of every column over the lines alone, for people to read: no total, no section is among them."""
    return _profiles(grid, header, lines[:SAMPLE_ROWS])[1]


def _profiles(grid: Grid, header: Header, numbers: Sequence[int]) -> tuple[list[list[str]], list[ColumnProfile]]:
    """By column the cells of these rows, those that are not blank, and the profile."""
    drawn = grid.sample(numbers)
    rows = [row for row, texts in enumerate(drawn.rows) if any(cell.strip() for cell in texts)]
    marks = [row_marks(drawn, row, header.width) for row in rows]
    cells = [drawn.cells(rows, column) for column in range(header.width)]
    return cells, [
        profile_column(column, cells[column], "".join(row[column] for row in marks)) for column in range(header.width)
    ]


def _end_of_table(grid: Grid, header: Header) -> int:
    """The row after the last one with two filled cells: what stands alone below it is a remark, and no value."""
    for row in range(len(grid.rows), header.body, -1):
        if sum(bool(cell.strip()) for cell in grid.rows[row - 1]) > 1:
            return row
    return len(grid.rows)


def _sample(first: int, end: int) -> range:
    count = end - first
    return range(first, end, max(1, -(-count // SAMPLE_ROWS)))


def _periods(header: Header, profiles: Sequence[ColumnProfile], silent: frozenset[int]) -> list[PeriodText | None]:
    """The periods of the headers above numbers; what one leaves open its neighbours settle."""
    numeric = [
        column
        for column, profile in enumerate(profiles)
        if (profile.numbers >= _HALF or not profile.filled) and column not in silent
    ]
    found: list[PeriodText | None] = [None] * len(profiles)
    groups = [_upper_levels(header, column) for column in numeric]
    above = read_periods(groups)
    said = without_month_ends(header.labels)
    labels = [said[column] for column in numeric]
    coded = {numeric[place] for place in coded_headers(labels)}
    names = in_their_language(without_month_ends(header.names))
    settled = read_periods(labels)
    counted = numbered_groups(groups) | numbered_years(labels)
    counted |= short_years(labels) | era_headers(labels, header.labels)
    named = lettered_times(labels) | counted_periods(labels) | counted_months(labels)
    parts = {numeric[place]: part for place, part in named.items()}
    years = {numeric[place]: year for place, year in counted.items()}
    told: dict[int, PeriodText | None] = {}
    for column, period, upper in zip(numeric, settled, above, strict=True):
        if column in coded:
            continue
        label = period or find_period(said[column]) or upper
        joined = find_period(names[column])
        if label is not None and label.year is None and joined is not None and joined.kind is label.kind:
            label = joined
        told[column] = label or joined
    for column, period in _whole_months(told).items():
        found[column] = parts.get(column) or period or years.get(column)
    for column in _budgets_behind_periods(header.labels, found):
        found[column] = found[column - 1]
    if len({period.number for period in found if period is not None and period.kind is PeriodKind.MONTH}) >= _SEVERAL:
        for column in numeric:
            found[column] = found[column] or find_period(names[column], among_months=True)
    return found


def _budgets_behind_periods(labels: Sequence[str], periods: Sequence[PeriodText | None]) -> list[int]:
    """``Jan | budget | Feb | budget``: a plain word of budgets right behind each period is of that period."""
    behind = [
        column
        for column in range(1, len(labels))
        if periods[column] is None
        and periods[column - 1] is not None
        and says_budget(labels[column])
        and not says_budget(labels[column - 1])
    ]
    alike = len({labels[column] for column in behind}) == 1
    return behind if alike and len(behind) >= _SEVERAL else []


def _upper_levels(header: Header, column: int) -> str:
    """What stands over the lowest level of the header: ``May`` over ``Budget`` and ``Actual``."""
    return header.names[column].removesuffix(clean_name(header.labels[column])).strip()


def _whole_months(told: Mapping[int, PeriodText | None]) -> dict[int, PeriodText | None]:
    """Dates that begin a month stand for it, or those that end one, as most do; any other day dates a version."""
    days = [period.day for period in told.values() if period is not None and period.day is not None]
    first, last = days.count(1), sum(day >= _LAST_DAYS for day in days)

    def stands(day: int) -> bool:
        return first > last if day == 1 else last > first and day >= _LAST_DAYS

    return {
        column: period and (replace(period, day=None) if period.day is None or stands(period.day) else None)
        for column, period in told.items()
    }

"""The columns of a table with everything that speaks about them: name, values, period, neighbours.

In: a grid and its header. Out: a list of ``Column``, one a column of the table.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from budget_sync.domain.era_years import era_headers
from budget_sync.domain.fields import TargetField
from budget_sync.domain.month_names import in_their_language
from budget_sync.domain.names import clean_name
from budget_sync.domain.period_text import PeriodText, find_period, read_periods
from budget_sync.domain.periods import PeriodKind
from budget_sync.domain.vocabulary import words_of
from budget_sync.mapping.coded_headers import coded_headers
from budget_sync.mapping.customer_words import NO_WORDS, CustomerWords, read_names
from budget_sync.mapping.described_codes import described_codes
from budget_sync.mapping.lettered_times import lettered_times
from budget_sync.mapping.names import NameEvidence, says_budget
from budget_sync.mapping.numbered_times import counted_periods, numbered_years
from budget_sync.mapping.short_years import short_years
from budget_sync.mapping.values import ColumnProfile, profile_column
from budget_sync.reading.document import Grid
from budget_sync.reading.structure.cells import row_marks
from budget_sync.reading.structure.header import Header

SAMPLE_ROWS = 1500
_ONE_TO_ONE = 1.06
_NEARLY_AS_MANY = 0.8
_LEAST_CODES = 2
_LONG_CODE, _LONG_TEXT_CODE = 14, 8
_COMES_AGAIN = 0.5
_NEARLY_ALL = 0.9
_HALF = 0.5
_BESIDE = 2
_LONGER = 2  # characters, where letters are both the codes and the names
_MANY = 8
_LAST_DAYS = 28
_SEVERAL = 2


@dataclass(frozen=True, slots=True)
class Column:
    """``name``: the header, all its levels joined; ``label``: its lowest level as written.

    ``period``: what the header says of time. ``code_of``: the column whose codes this one holds.
    """

    index: int
    name: str
    label: str
    evidence: NameEvidence
    profile: ColumnProfile
    period: PeriodText | None = None
    code_of: int | None = None


def read_columns(grid: Grid, header: Header, own: CustomerWords = NO_WORDS) -> list[Column]:
    """Every column; values come from an even sample of the rows where there are many."""
    numbers = [row for row in _sample(header.body, _end_of_table(grid, header)) if row not in header.repeats]
    cells, profiles = _profiles(grid, header, numbers)
    names = read_names(header.names, own)
    codes = _headed_together(header.labels, profiles, cells, names) | _codes(profiles, cells, names)
    codes |= described_codes(names, profiles, cells)
    periods = _periods(header, profiles)
    return [
        Column(
            index=column,
            name=header.names[column],
            label=header.labels[column],
            evidence=names[column],
            profile=profiles[column],
            period=periods[column],
            code_of=codes.get(column),
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


def _periods(header: Header, profiles: Sequence[ColumnProfile]) -> list[PeriodText | None]:
    """The periods of the headers above numbers; what one leaves open its neighbours settle."""
    numeric = [column for column, profile in enumerate(profiles) if profile.numbers >= _HALF or not profile.filled]
    found: list[PeriodText | None] = [None] * len(profiles)
    above = read_periods([_upper_levels(header, column) for column in numeric])
    labels = [header.labels[column] for column in numeric]
    coded = {numeric[place] for place in coded_headers(labels)}
    names = in_their_language(header.names)
    settled = read_periods(labels)
    counted = numbered_years(labels) | short_years(labels) | era_headers(labels, header.labels)
    parts = {numeric[place]: part for place, part in (lettered_times(labels) | counted_periods(labels)).items()}
    years = {numeric[place]: year for place, year in counted.items()}
    told: dict[int, PeriodText | None] = {}
    for column, period, upper in zip(numeric, settled, above, strict=True):
        if column in coded:
            continue
        label = period or find_period(header.labels[column]) or upper
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


def _codes(
    profiles: Sequence[ColumnProfile], cells: Sequence[Sequence[str]], names: Sequence[NameEvidence]
) -> dict[int, int]:
    """Columns of codes to the column of names that they stand for, one to one, where names are beside."""
    found: dict[int, int] = {}
    for code in profiles:
        looks_so = _looks_like_codes(code, names[code.index])
        for name in profiles:
            told = looks_so or _is_of_its_name(code, names[code.index], names[name.index])
            if (
                told
                and _names_beside(code, name)
                and _one_to_one(code, set(zip(cells[code.index], cells[name.index], strict=True)))
            ):
                found[code.index] = name.index
                break
    return found


def _headed_together(
    labels: Sequence[str],
    profiles: Sequence[ColumnProfile],
    cells: Sequence[Sequence[str]],
    names: Sequence[NameEvidence],
) -> dict[int, int]:
    """Whole numbers that come again, each with its own text in the column behind them, which has no header.

    One header stands over both, and may well be ``Budget heading``: where it names amounts, they are of one length.
    """
    found: dict[int, int] = {}
    for code, name in pairwise(profiles):
        if not labels[code.index].strip() or labels[name.index].strip() or code.distinct == code.filled:
            continue
        named = (
            names[code.index].strength(TargetField.BUDGETED_AMOUNT) >= _HALF or names[code.index].version is not None
        )
        whole = code.numbers >= _NEARLY_ALL and code.whole == 1.0 and (code.one_length == 1.0 or not named)
        pairs = set(zip(cells[code.index], cells[name.index], strict=True))
        tells = len(dict(pairs)) == len(pairs) and name.distinct >= max(_LEAST_CODES, _HALF * code.distinct)
        if whole and tells and name.texts >= _NEARLY_ALL and name.fill >= _NEARLY_ALL * code.fill:
            found[code.index] = name.index
    return found


def _looks_like_codes(profile: ColumnProfile, name: NameEvidence) -> bool:
    """Short, and called a code, or of one length, or coming again as amounts seldom do."""
    if profile.distinct < _LEAST_CODES or profile.mean_length > _LONG_CODE or profile.whole < 1.0 - profile.texts:
        return False
    if profile.texts > _HALF and profile.mean_length > _LONG_TEXT_CODE:
        return False
    if "code" in name.tags or profile.code_like > _NEARLY_ALL:
        return True
    unit = name.strength(TargetField.DEPARTMENT) >= _NEARLY_ALL  # the cost of Cost centre is no amount
    named = name.strength(TargetField.BUDGETED_AMOUNT) >= _HALF and not unit
    if named or name.version is not None or find_period(name.text) is not None:
        return False
    of_one_length = profile.one_length > _NEARLY_ALL and profile.filled >= _MANY
    return of_one_length or profile.nested or profile.distinct <= _COMES_AGAIN * profile.filled


def _is_of_its_name(profile: ColumnProfile, code: NameEvidence, name: NameEvidence) -> bool:
    """``Title`` of one figure beside ``Title name``: numbers of names, however few the rows."""
    named = code.strength(TargetField.BUDGETED_AMOUNT) >= _HALF or code.version is not None
    longer = "name" in name.tags and set(words_of(code.text)) < set(words_of(name.text))
    return longer and not named and profile.whole == profile.one_length == 1.0


def _names_beside(code: ColumnProfile, name: ColumnProfile) -> bool:
    return (
        name.index != code.index
        and abs(name.index - code.index) <= _BESIDE
        and name.texts > _HALF
        and name.code_like < _HALF
        and name.mean_length > code.mean_length + (_LONGER if code.texts > _HALF else 0)
        and name.distinct >= _LEAST_CODES
        and name.fill >= _HALF * code.fill
    )


def _one_to_one(code: ColumnProfile, pairs: set[tuple[str, str]]) -> bool:
    pairs = {(own, other) for own, other in pairs if own.strip()}  # a total has a name and no code
    fewer, more = sorted((code.distinct, len({other for _, other in pairs})))
    return len(pairs) <= _ONE_TO_ONE * more + 1 and fewer >= _NEARLY_AS_MANY * more

"""Tables above or below the one that is read: other money, or the same divided anew.

In: the readings of both tables. Out: ``StackedTable`` for the one that is not read.
"""

from collections import Counter
from decimal import Decimal

from budget_sync.domain.names import fold_name
from budget_sync.domain.vocabulary import vocabulary
from budget_sync.mapping.amount_cells import amount_cells
from budget_sync.mapping.sheet import SheetReading, StackedTable, read_rows
from budget_sync.reading.structure.rows import RowRole
from budget_sync.reading.structure.second_view import divides
from budget_sync.reading.structure.stacked import Stretch

_NOTHING = Decimal(0)
_CENT = Decimal("0.01")


def stacked_table(chosen: SheetReading, other: SheetReading, stretch: Stretch) -> StackedTable:
    """``other`` as it stands to the table that was chosen; ``stretch``: its rows."""
    amounts = _line_amounts(other)
    return StackedTable(
        first=stretch.first,
        last=stretch.end - 1,
        header_row=other.header.row,
        total=sum(amounts, _NOTHING),
        is_same_money=_could_be_the_same(chosen, other) and _divide_anew(_line_amounts(chosen), amounts),
    )


def _could_be_the_same(table: SheetReading, other: SheetReading) -> bool:
    """Amounts of one name and time, by department and by project; income and costs of one sum are a balanced budget."""
    own, others = ({fold_name(one.column.name) for one in reading.amounts.chosen} for reading in (table, other))
    return (
        not own.isdisjoint(others)
        and not _is_of_another_time(table, other)
        and all(_is_divided(reading) for reading in (table, other))
        and not any(text in vocabulary().revenue for text in (*_said(table), *_said(other)))
    )


def _said(reading: SheetReading) -> list[str]:
    """The titles and the header of a table; the grid has no rows of another."""
    return [cell for row in reading.grid.rows[: reading.header.body] for cell in row if cell.strip()]


def _is_divided(reading: SheetReading) -> bool:
    names = [fold_name(label) for label in reading.header.labels if label.strip()]
    return bool(names) and divides(names[0])


def _divide_anew(own: list[Decimal], other: list[Decimal]) -> bool:
    """One sum of other amounts; the very same amounts may be meant twice."""
    total = sum(own, _NOTHING)
    return bool(total) and abs(total - sum(other, _NOTHING)) < _CENT and Counter(own) != Counter(other)


def _line_amounts(reading: SheetReading) -> list[Decimal]:
    """What each line adds to the sum of its table."""
    _, parsed = amount_cells(reading)
    lines = [row for row, role in enumerate(read_rows(reading, parsed).roles) if role is RowRole.LINE]
    main = {one.column.index for one in reading.amounts.chosen if one.is_main}
    cells = [cell.of(lines) for cell in parsed if cell.index in main]
    return [sum(filter(None, row), _NOTHING) for row in zip(*cells, strict=True)]


def _is_of_another_time(table: SheetReading, other: SheetReading) -> bool:
    """July to December below January to June, though they add up to the same."""
    own, others = (
        {one.period for one in reading.amounts.chosen if one.period is not None} for reading in (table, other)
    )
    return own != others and not {period.kind for period in own}.isdisjoint({period.kind for period in others})

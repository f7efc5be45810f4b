"""Totals by department and period, as they are today and as they would be. Pure but for the one statement that reads.

In: the totals of a diff, which count changed lines only; today's totals of the same departments. Out: ``TotalTable``,
one a currency and type of line. Periods of one kind are added up; a year and its months never.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from budget_sync.database import Connection
from budget_sync.domain.names import fold_name
from budget_sync.domain.periods import FiscalPeriod
from budget_sync.loading import TotalChange

_TODAY = """
SELECT department, fiscal_period, currency, line_type, sum(budgeted_amount) FROM budget
WHERE deleted_at IS NULL AND department_key = ANY(%s)
GROUP BY department, fiscal_period, currency, line_type
"""
_Nothing = Decimal(0)


@dataclass(frozen=True, slots=True)
class Total:
    """A sum before and after."""

    today: Decimal = _Nothing
    after: Decimal = _Nothing

    @property
    def change(self) -> Decimal:
        """What the import adds."""
        return self.after - self.today

    def __add__(self, other: "Total") -> "Total":
        return Total(self.today + other.today, self.after + other.after)


@dataclass(frozen=True, slots=True)
class TotalTable:
    """``rows``: a department with its totals in the order of ``periods``; ``sums``: of each department, of each period.

    ``adds_up``: the periods are of one kind and may be added.
    """

    currency: str
    line_type: str
    periods: list[str]
    rows: list[tuple[str, list[Total]]]
    adds_up: bool

    def sum_of_row(self, totals: Sequence[Total]) -> Total:
        """A department over all periods."""
        return sum(totals, Total())

    @property
    def sums(self) -> list[Total]:
        """All departments, period by period."""
        return [sum(column, Total()) for column in zip(*(totals for _, totals in self.rows), strict=True)]

    @property
    def whole(self) -> Total:
        """Everything."""
        return sum(self.sums, Total())


def today_of(connection: Connection, changes: Iterable[TotalChange]) -> list[TotalChange]:
    """Today's totals of the departments that an import would change, over all their lines."""
    keys = sorted({fold_name(one.department) for one in changes})
    rows = connection.execute(_TODAY, (keys,)).fetchall()
    return [TotalChange(row[0], row[1], row[2], row[3], old_total=row[4], new_total=row[4]) for row in rows]


def total_tables(today: Sequence[TotalChange], changes: Sequence[TotalChange]) -> list[TotalTable]:
    """One table a currency and type of line, of the places that the import changes."""
    names: dict[str, str] = {}
    found: dict[tuple[str, str], dict[tuple[str, str], Total]] = defaultdict(lambda: defaultdict(Total))
    for one in changes:
        names.setdefault(fold_name(one.department), one.department)
        found[one.currency, one.line_type][fold_name(one.department), one.fiscal_period] += Total(
            after=one.new_total - one.old_total
        )
    for one in today:
        places = found.get((one.currency, one.line_type), {})
        place = (fold_name(one.department), one.fiscal_period)
        if place in places:
            places[place] += Total(one.old_total, one.old_total)
    return [_table(currency, kind, places, names) for (currency, kind), places in sorted(found.items())]


def _table(currency: str, line_type: str, places: dict[tuple[str, str], Total], names: dict[str, str]) -> TotalTable:
    periods = sorted({period for _, period in places}, key=_in_time)
    departments = sorted({department for department, _ in places})
    kinds = {FiscalPeriod.from_code(period).kind for period in periods}
    rows = [(names[key], [places.get((key, period), Total()) for period in periods]) for key in departments]
    return TotalTable(currency, line_type, periods, rows, adds_up=len(kinds) == 1)


def _in_time(code: str) -> tuple[int, int, int]:
    period = FiscalPeriod.from_code(code)
    return period.year, -period.kind, period.number

"""The tables beneath the pictures as CSV, for whoever goes on in a spreadsheet.

In: figures. Out: the bytes of a file in UTF-8; amounts plain, text guarded against being taken for a formula.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from budget_sync.approval.overview import NamedFigures, PeriodFigures, YearFigures
from budget_sync.approval.statistics import ImportCount
from budget_sync.domain.formula_text import guard_formula

_FIGURES = ("Budgeted", "Committed", "Reserved", "Spent", "Available", "Used %")


def named_table(rows: Sequence[NamedFigures], name: str) -> bytes:
    """A row a department or sub-category, in the order in which they stand."""
    return _csv(
        (name, *_FIGURES, "Limit %"),
        ((each.name, *_texts(each.figures), each.utilization_limit_percent) for each in rows),
    )


def period_table(rows: Sequence[PeriodFigures]) -> bytes:
    """A row a period."""
    return _csv(("Fiscal period", *_FIGURES), ((each.fiscal_period, *_texts(each.figures)) for each in rows))


def import_table(rows: Sequence[ImportCount]) -> bytes:
    """A row a day and state."""
    return _csv(("Day", "State", "Imports"), ((each.day, each.state, each.count) for each in rows))


def _texts(figures: YearFigures) -> tuple[object, ...]:
    percent = "" if figures.utilization_percent is None else figures.utilization_percent
    amounts = (figures.budgeted, figures.committed, figures.reserved, figures.actual_spent, figures.available)
    return (*(format(amount, "f") for amount in amounts), percent)


def _csv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([guard_formula(str(cell)) for cell in row] for row in rows)
    return target.getvalue().encode()

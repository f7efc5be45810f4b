"""All that a rehearsed import would change, or refuse, as files: a page shows only the first of each.

In: the transaction of a rehearsal before it is taken back, its import. Out: CSV in UTF-8 with the mark that makes
spreadsheet programs read it so, written to where the caller says; amounts plain, text guarded against being taken for
a formula. Both are read in blocks: memory does not grow with them.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain
from typing import IO
from uuid import UUID

from budget_sync.database import Connection
from budget_sync.domain.formula_text import guard_formula
from budget_sync.importing.row_errors import every_error
from budget_sync.loading import LineChange, every_rehearsed_change
from budget_sync.validation.lines import RowError

_CHANGES = (
    "Change",
    "Department",
    "Sub-category",
    "Fiscal period",
    "Line type",
    "Currency",
    "Old amount",
    "New amount",
    "Over-committed",
)
_REJECTED = ("Row", "Column", "Value", "Problem")


def write_changes(connection: Connection, import_id: UUID, target: IO[bytes]) -> None:
    """A row a change, those that leave a line over-committed first; no amount where no line is, or would be."""
    _write(target, _CHANGES, map(_change, every_rehearsed_change(connection, import_id)))


def write_rejected(connection: Connection, import_id: UUID, target: IO[bytes]) -> None:
    """A row a bad cell, in the order of the file, whose rows are counted from 1."""
    _write(target, _REJECTED, map(_error, every_error(connection, import_id)))


def _change(line: LineChange) -> Sequence[str]:
    names = (line.department, line.sub_category or "", line.fiscal_period, line.line_type, line.currency)
    over_committed = "yes" if line.over_committed else ""
    return (line.change, *map(guard_formula, names), _plain(line.old_amount), _plain(line.new_amount), over_committed)


def _error(error: RowError) -> Sequence[str]:
    return (str(error.row + 1), *map(guard_formula, (error.column or "", error.value, error.reason)))


def _plain(amount: Decimal | None) -> str:
    """An amount as it is written; a minus sign is no formula here."""
    return "" if amount is None else format(amount, "f")


def _write(target: IO[bytes], header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    text = io.TextIOWrapper(target, encoding="utf-8-sig", errors="replace", newline="")
    csv.writer(text).writerows(chain([header], rows))
    text.flush()
    text.detach()

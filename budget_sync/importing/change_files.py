"""All that an import changed, or would change or refuse, as files: a page shows only the first of each.

In: an import, in the transaction of its customer or of its rehearsal before it is taken back. Out: CSV in UTF-8 with
the mark that makes spreadsheet programs read it so, written to where the caller says; amounts plain, text guarded
against being taken for a formula. All are read in blocks: memory does not grow with them.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import chain
from pathlib import PurePath
from typing import IO
from uuid import UUID

from budget_sync.database import Connection, Database
from budget_sync.domain.formula_text import guard_formula
from budget_sync.importing.past_imports import get_record
from budget_sync.importing.row_errors import every_error
from budget_sync.loading import LineChange, every_change, every_rehearsed_change
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
)
_REJECTED = ("Row", "Column", "Value", "Problem")


def write_made_changes(database: Database, customer_id: UUID, import_id: UUID, target: IO[bytes]) -> str:
    """A row a change that the import made, in their order; the name for the file.

    Raises:
        NotFoundError: the customer has no such import.
    """
    with database.tenant(customer_id) as connection:
        record = get_record(connection, import_id)
        _write(target, _CHANGES, map(_change, every_change(connection, import_id)))
    return f"{PurePath(record.file_name).stem}_changes.csv"


def write_changes(connection: Connection, import_id: UUID, target: IO[bytes]) -> None:
    """A row a change, those that leave a line over-committed first; no amount where no line is, or would be."""
    changes = every_rehearsed_change(connection, import_id)
    _write(target, (*_CHANGES, "Over-committed"), ((*_change(line), _yes(line)) for line in changes))


def write_rejected(connection: Connection, import_id: UUID, target: IO[bytes]) -> None:
    """A row a bad cell, in the order of the file, whose rows are counted from 1."""
    _write(target, _REJECTED, map(_error, every_error(connection, import_id)))


def _change(line: LineChange) -> Sequence[str]:
    names = (line.department, line.sub_category or "", line.fiscal_period, line.line_type, line.currency)
    return (line.change, *map(guard_formula, names), _plain(line.old_amount), _plain(line.new_amount))


def _yes(line: LineChange) -> str:
    return "yes" if line.over_committed else ""


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

"""The engine's steps on the file that a key names, each with the record that is to be shown afterwards.

In: database, engine, key. Out: ``ImportRecord``. Knows nothing of Dagster.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import msgspec

from budget_sync.database import Database
from budget_sync.domain.errors import TooManyErrorsError
from budget_sync.orchestration.receiving import find_import

if TYPE_CHECKING:
    from collections.abc import Sequence

    from budget_sync.importing.engine import Engine
    from budget_sync.importing.result import ImportRecord
    from budget_sync.loading import PreparedLines
    from budget_sync.validation.lines import RowError


@dataclass(frozen=True, slots=True)
class CheckedLines:
    """``lines`` None: too many rows are bad, and nothing goes on. ``record`` bears the counts of rows either way."""

    record: "ImportRecord"
    errors: "Sequence[RowError]"
    lines: "PreparedLines | None"


def understand_file(database: Database, engine: "Engine", key: str) -> "ImportRecord":
    """The import with its analysis, and with the state that the analysis brought it to."""
    record = find_import(database, engine, key)
    engine.understand(record.import_id)
    return engine.get(record.customer_id, record.import_id)


def validate_file(database: Database, engine: "Engine", key: str) -> CheckedLines:
    """The lines, good and bad.

    Raises:
        NotABudgetError, MappingIncompleteError, ReviewNeededError: what the step before found.
    """
    record = find_import(database, engine, key)
    try:
        lines = engine.validate(record.import_id)
    except TooManyErrorsError:
        refused = engine.get(record.customer_id, record.import_id)
        return CheckedLines(refused, engine.result(record.customer_id, record.import_id).errors, None)
    counted = msgspec.structs.replace(
        record.stats, total_rows=lines.total_rows, success_rows=lines.success_rows, error_rows=lines.error_rows
    )
    return CheckedLines(msgspec.structs.replace(record, stats=counted), lines.first_errors, lines)


def load_file(database: Database, engine: "Engine", key: str) -> "ImportRecord":
    """The import as it ended."""
    record = find_import(database, engine, key)
    engine.load(record.import_id)
    return engine.get(record.customer_id, record.import_id)

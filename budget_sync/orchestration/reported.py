"""An import that has come as far as it can, with all that Dagster shows of it.

In: database, engine, the import and the key of its partition. Out: ``ReportedImport``. Knows nothing of Dagster.
"""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final
from uuid import UUID

from budget_sync.database import Database
from budget_sync.database.rows import only_row
from budget_sync.sources.options import SourceOptions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from budget_sync.importing.engine import Engine
    from budget_sync.importing.result import ImportRecord
    from budget_sync.validation.lines import RowError

USUAL_CHANGE: Final = SourceOptions().most_total_change
# The last file of this name from the same source: figures aside, which count days or versions. Files of other names
# are of other departments or kinds, and their totals tell nothing of this one.
_EARLIER = """
    SELECT (SELECT (h.analysis ->> 'sumBudgeted')::numeric * (h.analysis ->> 'amountScale')::numeric
            FROM import_history h WHERE h.id = (
                SELECT e.id FROM import_history e
                WHERE e.source_id IS NOT DISTINCT FROM %(source)s
                  AND regexp_replace(e.file_name, '[0-9]+', '', 'g') = regexp_replace(%(name)s, '[0-9]+', '', 'g')
                  AND e.id <> %(id)s AND e.received_at < %(received)s AND e.undo_of IS NULL
                  AND e.status IN ('completed', 'completed_with_errors', 'unchanged')
                ORDER BY e.received_at DESC LIMIT 1)),
           (SELECT (configuration ->> 'mostTotalChange')::integer
            FROM budget_data_source_config WHERE id = %(source)s)
"""


@dataclass(frozen=True, slots=True)
class EarlierImport:
    """What the import before added up to, None where there was none; ``most_change``: the percent that go unsaid."""

    total: Decimal | None = None
    most_change: int = USUAL_CHANGE


@dataclass(frozen=True, slots=True)
class ReportedImport:
    """``errors`` are its first rejected rows, ``earlier`` the import that it is compared with."""

    key: str
    record: "ImportRecord"
    errors: "Sequence[RowError]"
    earlier: EarlierImport


def report_import(database: Database, engine: "Engine", customer_id: UUID, import_id: UUID, key: str) -> ReportedImport:
    """The import as it stands in the history now."""
    record = engine.get(customer_id, import_id)
    return ReportedImport(key, record, engine.result(customer_id, import_id).errors, earlier_import(database, record))


def earlier_import(database: Database, record: "ImportRecord") -> EarlierImport:
    """The import before this one, as far as it is compared with it."""
    asked = {
        "source": record.source_id,
        "name": record.file_name,
        "id": record.import_id,
        "received": record.received_at,
    }
    with database.tenant(record.customer_id) as session:
        total, most_change = only_row(session.execute(_EARLIER, asked))
    return EarlierImport(total, most_change or USUAL_CHANGE)


def total_of(record: "ImportRecord") -> Decimal | None:
    """What the lines of the file add up to; None where it was not understood."""
    analysis = record.analysis
    return analysis.sum_budgeted * analysis.amount_scale if analysis is not None else None

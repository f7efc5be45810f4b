"""One import as it is taken up: what was asked of it, and what counts as said where the file is silent.

In: the row of the history and the customer's own row. Out: ``Work``, a value.
"""

from dataclasses import dataclass
from uuid import UUID

import msgspec

from budget_sync.database import Connection
from budget_sync.database.rows import only_row
from budget_sync.domain.defaults import Defaults
from budget_sync.domain.fields import ImportState
from budget_sync.importing import history, past_imports
from budget_sync.importing.knowledge import Knowledge, read_knowledge
from budget_sync.importing.mapping_memory import source_key
from budget_sync.importing.options import ImportOptions, ReplaceScope
from budget_sync.importing.shown_changes import ShownChanges, find_shown
from budget_sync.loading import LoadOrder


@dataclass(frozen=True, slots=True)
class Work:
    """``defaults`` are the sender's, the source's and the customer's, in that order; ``known``: what was taught.

    ``shown``: what a dry run of the same file showed in the last hour.
    """

    import_id: UUID
    customer_id: UUID
    file_name: str
    sha256: str
    source_type: str
    source_id: UUID | None
    user: str | None
    status: ImportState
    options: ImportOptions
    defaults: Defaults
    known: Knowledge
    shown: ShownChanges | None

    @property
    def has_loaded(self) -> bool:
        """Whether the import came to an end that a repeated step must not touch."""
        return self.status.loads or self.status in (ImportState.UNDONE, ImportState.DECLINED)


def open_work(connection: Connection, import_id: UUID) -> Work:
    """Take an import up again; one that ended without loading is ``processing`` once more.

    Raises:
        NotFoundError: the customer of the transaction has no such import.
    """
    history.reopen(connection, import_id)
    record = past_imports.get_record(connection, import_id)
    options = msgspec.convert(record.request, ImportOptions)
    return Work(
        import_id=record.import_id,
        customer_id=record.customer_id,
        file_name=record.file_name,
        sha256=record.sha256,
        source_type=record.source_type,
        source_id=record.source_id,
        user=record.user,
        status=record.status,
        options=options,
        defaults=customer_defaults(connection, options),
        known=read_knowledge(connection, source_key(record.source_type, record.source_id)),
        shown=find_shown(connection, record.source_type, record.source_id, record.sha256, options),
    )


def customer_defaults(connection: Connection, options: ImportOptions) -> Defaults:
    """What the options say, then what the customer says."""
    currency, fiscal_year_start = only_row(connection.execute("SELECT currency, fiscal_year_start FROM customer"))
    return Defaults(options.department, options.fiscal_period, options.currency or currency, fiscal_year_start)


def load_order(work: Work, sheet: str | None) -> LoadOrder:
    """What the load is told of the import; ``sheet``: the one that its lines come from."""
    return LoadOrder(
        customer_id=work.customer_id,
        import_id=work.import_id,
        source=work.source_type,
        source_id=work.source_id,
        sheet=sheet,
        user=work.user,
        mode=work.options.mode,
        whole_source=work.options.replace_scope is ReplaceScope.SOURCE,
    )

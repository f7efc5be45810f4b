"""What the worker's threads do for the mapper: blocking calls of the engine and the drafts, values in and out."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import PurePath
from typing import IO
from uuid import UUID

import msgspec

from api.pages.mapper.answers import Alias
from api.pages.mapper.choices import Chosen
from api.pages.mapper.rejected import RejectedRow, rejected_rows
from api.pages.mapper.totals import TotalTable, today_of, total_tables
from budget_sync.database import Connection, Database
from budget_sync.domain.errors import ConflictError
from budget_sync.importing import drafts, value_aliases
from budget_sync.importing.change_files import write_changes, write_rejected
from budget_sync.importing.corrections import corrected
from budget_sync.importing.draft_rows import Draft
from budget_sync.importing.engine import Engine
from budget_sync.importing.file_rows import read_incoming
from budget_sync.importing.file_store import fetch_file
from budget_sync.importing.options import ImportOptions
from budget_sync.importing.result import ImportResult
from budget_sync.importing.said_before import SaidBefore, said_before
from budget_sync.loading import LineChange, LoadDiff
from budget_sync.reading.document import Grid
from budget_sync.validation.lines import RowError


class PreviewPart(StrEnum):
    """What of a preview can be taken away whole as a file."""

    CHANGES = "changes"
    REJECTED = "rejected"


_WRITERS = {PreviewPart.CHANGES: write_changes, PreviewPart.REJECTED: write_rejected}


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. ``changes``: the first thousand, over-committed ones at the top; that many are so."""

    result: ImportResult
    changes: list[LineChange]
    over_committed: int
    totals: list[TotalTable]
    rejected: list[RejectedRow]


def read_draft(database: Database, customer_id: UUID, draft_id: UUID) -> Draft:
    """One draft.

    Raises:
        NotFoundError: the customer has none of this id.
    """
    with database.tenant(customer_id) as connection:
        return drafts.get_draft(connection, draft_id)


def read_said_before(database: Database, customer_id: UUID) -> SaidBefore:
    """What people of the customer said of earlier files."""
    with database.tenant(customer_id) as connection:
        return said_before(connection)


def change_draft(database: Database, customer_id: UUID, draft: Draft, chosen: Chosen, user: str) -> Draft:
    """The draft with what was chosen; names that were said to be one are remembered for later files, too."""
    if not chosen.differs(draft):
        return draft
    if chosen.aliases:
        with database.tenant(customer_id) as connection:
            for alias in chosen.aliases:
                _remember(connection, alias, user)
    return drafts.change_draft(database, customer_id, draft, chosen.options, chosen.answered)


def preview_draft(engine: Engine, database: Database, customer_id: UUID, draft: Draft) -> Preview:
    """What an import of the draft would do, by doing it and taking it back."""
    options = _confirmed(draft, dry_run=draft.reviewed_import is None)
    if draft.reviewed_import is not None:
        result = engine.rehearse_confirm(customer_id, draft.reviewed_import, options)
    else:
        result = engine.import_upload(customer_id, draft.sha256, draft.file_name, options)
    diff = result.diff or LoadDiff([], [])
    with database.tenant(customer_id) as connection:
        totals = total_tables(today_of(connection, diff.totals), diff.totals)
        rejected = _rejected(connection, draft, result.errors) if result.errors else []
    return Preview(result, diff.changes, diff.over_committed, totals, rejected)


def write_preview(engine: Engine, customer_id: UUID, draft: Draft, part: PreviewPart, target: IO[bytes]) -> str:
    """All of one part of the preview as a file, written while the import is not taken back yet; the file's name."""
    write = _WRITERS[part]

    def look(connection: Connection, import_id: UUID) -> None:
        write(connection, import_id, target)

    if draft.reviewed_import is not None:
        engine.rehearse_confirm(customer_id, draft.reviewed_import, _confirmed(draft, dry_run=False), look)
    else:
        engine.rehearse_upload(customer_id, draft.sha256, draft.file_name, _confirmed(draft, dry_run=True), look)
    return f"{PurePath(draft.file_name).stem}_{part}.csv"


def import_draft(
    engine: Engine, database: Database, customer_id: UUID, draft: Draft, version: str, user: str
) -> ImportResult:
    """Load the draft as it was previewed; what came of it the first time where it was loaded already.

    Raises:
        ConflictError: the draft was changed since the preview.
    """
    if draft.imported_as is not None:
        return engine.result(customer_id, draft.imported_as)
    if version != str(draft.version):
        raise ConflictError("The file was changed in another tab since this preview. Look at the preview again.")
    options = _confirmed(draft, dry_run=False)
    if draft.reviewed_import is not None:
        result = engine.confirm(customer_id, draft.reviewed_import, options, user=user)
    else:
        result = engine.import_upload(customer_id, draft.sha256, draft.file_name, options, user=user)
    if result.status.loads:
        with database.tenant(customer_id) as connection:
            drafts.mark_imported(connection, draft.id, result.import_id)
    return result


def _confirmed(draft: Draft, *, dry_run: bool) -> ImportOptions:
    """A person has looked: what is understood may be loaded."""
    return msgspec.structs.replace(draft.options, confirmed=True, dry_run=dry_run)


def _remember(connection: Connection, alias: Alias, user: str) -> None:
    value_aliases.create_alias(connection, alias.field, alias.written, alias.name, user)


def _rejected(connection: Connection, draft: Draft, errors: Sequence[RowError]) -> list[RejectedRow]:
    analysis, options = draft.outline.analysis, draft.options
    document = read_incoming(fetch_file(connection, draft.sha256), draft.file_name, options.encoding)
    grids = corrected(document, options.corrections).grids
    grid = next((grid for grid in grids if grid.sheet == analysis.sheet), Grid([]))
    return rejected_rows(analysis, grid, errors)

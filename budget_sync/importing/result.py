"""What an import answers, and how it stands in the history, exactly as the contract's JSON shows it."""

from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec

from budget_sync.domain.fields import ImportState
from budget_sync.loading import LoadDiff
from budget_sync.mapping.analysis import Analysis, ControlTotal, Question
from budget_sync.validation.lines import RowError

FIRST_ERRORS = 100


class ImportStats(msgspec.Struct, frozen=True, rename="camel"):
    """``total_rows``, ``success_rows`` and ``error_rows`` count source rows; the others count budget lines."""

    total_rows: int = 0
    success_rows: int = 0
    error_rows: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0


class Failure(msgspec.Struct, frozen=True, rename="camel"):
    """Why an import did not load: a stable code, and a sentence for whoever holds the file."""

    code: str
    message: str


class NamedLines(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True):
    """Lines that a person should look at, by name, a thousand of each kind at most; the warnings say how many.

    ``kept``: an undo left them, since somebody changed them after the import. ``closed``: they would be gone, had they
    no money reserved or committed on them. ``over_committed``: they are below what is reserved and committed.
    """

    kept: list[str] = []
    closed: list[str] = []
    over_committed: list[str] = []


class Decision(msgspec.Struct, frozen=True, rename="camel"):
    """What a person decided of an import that waited.

    ``decision``: confirmed, declined. ``questions`` as they stood; ``answers``: the options with which it goes on, what
    has its default left out. ``reason`` of one that was declined.
    """

    decision: str
    was: ImportState
    user: str | None
    at: datetime
    questions: list[Question] = []
    answers: dict[str, Any] = {}
    reason: str | None = None


class ImportResult(msgspec.Struct, frozen=True, rename="camel"):
    """The outcome of one import. ``errors`` are the first hundred; ``imported`` counts lines created or updated.

    ``questions`` and ``error`` say what is missing where nothing was loaded. ``named_lines``: what a person should look
    at. ``diff`` is that of a dry run.
    """

    import_id: UUID
    customer_id: UUID
    file_name: str
    status: ImportState
    success: bool
    imported: int
    stats: ImportStats
    errors: list[RowError] = []
    control_totals: list[ControlTotal] = []
    warnings: list[str] = []
    questions: list[Question] = []
    named_lines: NamedLines = msgspec.field(default_factory=NamedLines)
    error: Failure | None = None
    file_type: str | None = None
    duration_ms: int = 0
    diff: LoadDiff | None = None


class ImportRecord(msgspec.Struct, frozen=True, rename="camel"):
    """One row of the history, as it is listed.

    ``duration_ms``: from when work on it began, or began again after a person's decision, to its end. ``decisions``:
    what people were asked and answered, the first first.
    """

    import_id: UUID
    customer_id: UUID
    file_name: str
    sha256: str
    size_bytes: int
    source_type: str
    source_id: UUID | None
    remote_version: str | None
    status: ImportState
    error: Failure | None
    file_type: str | None
    sheet: str | None
    stats: ImportStats
    control_totals: list[ControlTotal]
    warnings: list[str]
    user: str | None
    run_id: str | None
    received_at: datetime
    finished_at: datetime | None
    duration_ms: int | None
    analysis: Analysis | None = None
    request: dict[str, Any] = {}
    undo_of: UUID | None = None
    named_lines: NamedLines = msgspec.field(default_factory=NamedLines)
    decisions: list[Decision] = []


class ReceivedImport(msgspec.Struct, frozen=True, rename="camel"):
    """A file that was taken in. ``already``: the state of an earlier claim of the same remote version, else None."""

    import_id: UUID
    customer_id: UUID
    file_name: str
    sha256: str
    size_bytes: int
    already: ImportState | None = None


def imported_lines(stats: ImportStats) -> int:
    """What the contract calls ``imported``: the budget lines that this import wrote."""
    return stats.created + stats.updated

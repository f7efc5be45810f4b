"""One import written into the tables, in the transaction of the caller.

In: ``LoadOrder`` (whose lines, which import) and ``PreparedLines``. Out: ``LoadOutcome`` with counts of budget lines.
Imports of one customer wait for each other; hand edits and reservations do not wait, so lines are compared again
under their row lock, and old values are those that the UPDATE itself found.
"""

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from psycopg.errors import UniqueViolation

from budget_sync.database import Connection
from budget_sync.database.rows import only_row
from budget_sync.domain.errors import ConflictError, LinesExistError
from budget_sync.domain.fields import ImportMode
from budget_sync.loading import statements
from budget_sync.loading.prepared import PreparedLines

_ATTEMPTS = 5
_ANALYZE_FROM = 2_000  # smaller staging tables are planned well enough without statistics


@dataclass(frozen=True, slots=True)
class LoadOrder:
    """``source`` is the kind of source (``upload``, ``sftp``), ``source_id`` its configuration.

    ``whole_source``: a replace reaches every line of the source, not only the file's departments and periods.
    """

    customer_id: UUID
    import_id: UUID
    source: str
    source_id: UUID | None = None
    sheet: str | None = None
    user: str | None = None
    mode: ImportMode = ImportMode.UPSERT
    whole_source: bool = False


@dataclass(frozen=True, slots=True)
class LoadOutcome:
    """Counts of budget lines, and lines by name.

    ``closed``: they would be gone, had they no money reserved or committed on them. ``over_committed``: their new
    amount is below what is reserved and committed.
    """

    created: int
    updated: int
    unchanged: int
    removed: int = 0
    closed: tuple[str, ...] = ()
    over_committed: tuple[str, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether any line differs from before."""
        return bool(self.created or self.updated or self.removed or self.closed)


def load(connection: Connection, order: LoadOrder, prepared: PreparedLines) -> LoadOutcome:
    """Write the lines, their revisions and their provenance; the tenant must be set, the customer locked.

    Raises:
        LinesExistError: an append names lines that stand.
        ConflictError: lines of the same names were made by hand again and again while this was loading.
    """
    _stage(connection, prepared)
    (id_prefix,) = only_row(connection.execute(statements.NEW_ID_PREFIX))
    parameters = {
        "id_prefix": id_prefix,
        "customer_id": order.customer_id,
        "import_id": order.import_id,
        "source": order.source,
        "source_id": order.source_id,
        "sheet": order.sheet,
        "user": order.user,
        "whole_source": order.whole_source,
    }
    created = _create_lines(connection, parameters)
    if order.mode is ImportMode.APPEND and created < prepared.line_count:
        raise _lines_exist(connection, prepared.line_count - created)
    updated = connection.execute(statements.UPDATE_LINES, parameters).rowcount
    over_committed = connection.execute(statements.OVER_COMMITTED, parameters).fetchall() if updated else []
    removed: int = 0
    closed: list[str] = []
    if order.mode is ImportMode.REPLACE:
        removed, closed = only_row(connection.execute(statements.REMOVE_LINES, parameters))
    outcome = LoadOutcome(
        created=created,
        updated=updated,
        unchanged=prepared.line_count - created - updated,
        removed=removed,
        closed=tuple(closed),
        over_committed=tuple(row[0] for row in over_committed),
    )
    connection.execute(statements.RECORD_SOURCES, parameters)
    record_errors(connection, order, prepared)
    return outcome


def _lines_exist(connection: Connection, count: int) -> LinesExistError:
    names = [row[0] for row in connection.execute(statements.FIRST_STANDING).fetchall()]
    return LinesExistError(
        f"{count} lines of this file stand already, so they cannot be appended: {'; '.join(names)}"
        f"{' ...' if count > len(names) else '.'} Import it with the mode upsert to change them.",
        count=count,
        lines=names,
    )


def record_errors(connection: Connection, order: LoadOrder, prepared: PreparedLines) -> None:
    """Keep every bad row of the file with its reason."""
    if not prepared.error_rows:
        return
    position = 0
    for part in prepared.unpacked():
        errors = part.row_errors()
        parameters = {
            "customer_id": order.customer_id,
            "import_id": order.import_id,
            "before": position,
            "rows": [error.row for error in errors],
            "columns": [error.column for error in errors],
            "values": [error.value.replace("\0", "") for error in errors],
            "codes": [error.code for error in errors],
            "reasons": [error.reason.replace("\0", "") for error in errors],
        }
        if errors:
            connection.execute(statements.RECORD_ERRORS, parameters)
        position += len(errors)


def _stage(connection: Connection, prepared: PreparedLines) -> None:
    connection.execute(statements.CREATE_STAGING)
    for part in prepared.unpacked():
        with connection.cursor() as cursor:
            with cursor.copy(statements.COPY_AMOUNTS) as copy:
                copy.write(part.amounts)
            with cursor.copy(statements.COPY_LINES) as copy:
                copy.write(part.lines)
    if prepared.line_count < prepared.amount_count:
        connection.execute(statements.SUM_AMOUNTS)
    if prepared.line_count >= _ANALYZE_FROM:
        connection.execute("ANALYZE staged_line (line, department_key)")


def _create_lines(connection: Connection, parameters: dict[str, object]) -> int:
    """Find the lines that stand, and create the missing ones; how many were created.

    A line of the same names that somebody else made between the two statements stops the second; then the whole
    step is taken back and done again with that line in view.
    """
    for _ in range(_ATTEMPTS):
        with suppress(UniqueViolation), connection.transaction():
            connection.execute(statements.FIND_STANDING, parameters)
            connection.execute("ANALYZE standing_line")
            created = connection.execute(statements.CREATE_LINES, parameters).rowcount
            if created:
                connection.execute(statements.RECORD_CREATED, parameters)
            return created
    raise ConflictError("Lines of this file are being made by hand at the same time. Import it again in a moment.")

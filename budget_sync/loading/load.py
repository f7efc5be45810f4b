"""One import written into the tables, in the transaction of the caller.

In: ``LoadOrder`` (whose lines, which import) and ``LinesToLoad``. Out: ``LoadOutcome`` with counts of budget lines.
Imports of one customer wait for each other; hand edits and reservations do not wait, so lines are compared again
under their row lock, and old values are those that the UPDATE itself found.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from budget_sync.database import Connection
from budget_sync.database.rows import only_row
from budget_sync.domain.errors import LinesExistError
from budget_sync.domain.fields import ImportMode
from budget_sync.loading import statements
from budget_sync.loading.prepared import PreparedLines, PreparedPart
from budget_sync.loading.writing import write_lines


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


class LinesToLoad(Protocol):
    """Lines that are prepared, or on their way."""

    def unpacked(self) -> Iterator[PreparedPart]:
        """The parts in the order of the file; they come once."""

    def whole(self) -> PreparedLines:
        """All of them; whatever speaks against loading them is raised here."""


def load(connection: Connection, order: LoadOrder, lines: LinesToLoad) -> LoadOutcome:
    """Write the lines, their revisions and their provenance; the tenant must be set, the customer locked.

    Raises:
        LinesExistError: an append names lines that stand.
        ConflictError: lines of the same names were made by hand again and again while this was loading.
    """
    parameters = {
        "customer_id": order.customer_id,
        "import_id": order.import_id,
        "source": order.source,
        "source_id": order.source_id,
        "sheet": order.sheet,
        "user": order.user,
        "whole_source": order.whole_source,
    }
    keeps_places = order.mode is ImportMode.REPLACE
    created, standing = write_lines(connection, parameters, lines, keeps_places=keeps_places)
    prepared = lines.whole()
    if order.mode is ImportMode.APPEND and standing:
        raise _lines_exist(connection, standing)
    updated = connection.execute(statements.UPDATE_LINES, parameters).rowcount
    over_committed = connection.execute(statements.OVER_COMMITTED, parameters).fetchall() if updated else []
    removed: int = 0
    closed: list[str] = []
    if order.mode is ImportMode.REPLACE:
        removed, closed = only_row(connection.execute(statements.REMOVE_LINES, parameters))
    outcome = LoadOutcome(
        created=created,
        updated=updated,
        unchanged=standing - updated,
        removed=removed,
        closed=tuple(closed),
        over_committed=tuple(row[0] for row in over_committed),
    )
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

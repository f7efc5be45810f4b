"""Imports that the service and the command line made themselves, found once each so that Dagster can show them.

In: a cursor, '' at the start. Out: the imports that ended since, and the cursor for the next time. An import becomes
visible when its transaction commits, a little after the time that it bears; so the last minutes are looked at again,
and the cursor remembers which of them were told.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import UUID

import msgspec

from budget_sync.database import Database

UPLOAD_TYPES: Final = ("upload", "cli")
_OVERLAP: Final = timedelta(minutes=2)
_BEGINNING: Final = datetime(2000, 1, 1, tzinfo=UTC)


class _Cursor(msgspec.Struct, frozen=True):
    """``until``: the newest end that was seen. ``told``: those within the overlap before it."""

    until: datetime = _BEGINNING
    told: dict[UUID, datetime] = {}


@dataclass(frozen=True, slots=True)
class FinishedImport:
    """Which import of which customer."""

    customer_id: UUID
    import_id: UUID


@dataclass(frozen=True, slots=True)
class FinishedImports:
    """What is new, and the cursor that knows it."""

    found: tuple[FinishedImport, ...]
    cursor: str


def finished_uploads(database: Database, cursor: str | None, *, at_most: int) -> FinishedImports:
    """The next imports that ended, oldest first."""
    before = msgspec.json.decode(cursor, type=_Cursor) if cursor else _Cursor()
    asked = at_most + len(before.told)
    with database.system() as session:
        rows = session.execute(
            "SELECT customer_id, import_id, finished_at FROM finished_imports(%s, %s, %s)",
            (before.until - _OVERLAP, list(UPLOAD_TYPES), asked),
        ).fetchall()
    new = [row for row in rows if row[1] not in before.told]
    until = max((row[2] for row in rows), default=before.until)
    told = before.told | {row[1]: row[2] for row in new}
    kept = {import_id: ended for import_id, ended in told.items() if ended > until - _OVERLAP}
    after = _Cursor(max(until, before.until), kept)
    return FinishedImports(
        tuple(FinishedImport(customer_id, import_id) for customer_id, import_id, _ in new),
        msgspec.json.encode(after).decode(),
    )

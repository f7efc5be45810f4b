"""What people brought to an end in the service or on the command line, found once each so that Dagster can show it.

In: a cursor, '' at the start. Out: the imports that ended since, and the cursor for the next time: uploads, undos, and
whatever a person confirmed or declined, a partner's files among them. An import becomes visible when its transaction
commits, a little after the time that it bears; so the last minutes are looked at again, and the cursor remembers which
ends were told.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Final
from uuid import UUID

import msgspec

from budget_sync.database import Database
from budget_sync.importing.customers import get_customer
from budget_sync.orchestration.partitions import upload_key
from budget_sync.sources.claims import key_of_import

if TYPE_CHECKING:
    from budget_sync.importing.engine import Engine
    from budget_sync.importing.result import ImportRecord

_SENT: Final = ("upload", "cli")
_TYPES: Final = (*_SENT, "undo")
_OVERLAP: Final = timedelta(minutes=2)
_BEGINNING: Final = datetime(2000, 1, 1, tzinfo=UTC)


class _Cursor(msgspec.Struct, frozen=True):
    """``until``: the newest end that was seen. ``told``: those within the overlap before it.

    An import that waited ends a second time when a person has decided; its later end is told as well.
    """

    until: datetime = _BEGINNING
    told: dict[UUID, datetime] = {}


@dataclass(frozen=True, slots=True)
class SettledImport:
    """Which import of which customer."""

    customer_id: UUID
    import_id: UUID


@dataclass(frozen=True, slots=True)
class SettledImports:
    """What is new, and the cursor that knows it."""

    found: tuple[SettledImport, ...]
    cursor: str


def settled_by_people(database: Database, cursor: str | None, *, at_most: int) -> SettledImports:
    """The next imports that ended, oldest first."""
    before = msgspec.json.decode(cursor, type=_Cursor) if cursor else _Cursor()
    asked = at_most + len(before.told)
    with database.system() as session:
        rows = session.execute(
            "SELECT customer_id, import_id, finished_at FROM settled_imports(%s, %s, %s)",
            (before.until - _OVERLAP, list(_TYPES), asked),
        ).fetchall()
    new = [row for row in rows if before.told.get(row[1]) != row[2]]
    until = max((row[2] for row in rows), default=before.until)
    told = before.told | {row[1]: row[2] for row in new}
    kept = {import_id: ended for import_id, ended in told.items() if ended > until - _OVERLAP}
    after = _Cursor(max(until, before.until), kept)
    return SettledImports(
        tuple(SettledImport(customer_id, import_id) for customer_id, import_id, _ in new),
        msgspec.json.encode(after).decode(),
    )


def file_of(engine: "Engine", record: "ImportRecord") -> "ImportRecord":
    """The import of the file itself: of an undo, and of the undo of an undo, what was taken back in the end."""
    while record.undo_of is not None:
        record = engine.get(record.customer_id, record.undo_of)
    return record


def partition_of(database: Database, file: "ImportRecord") -> str | None:
    """The key under which Dagster shows the file of this import; None where its source was deleted since."""
    if file.source_type in _SENT:
        return upload_key(get_customer(database, file.customer_id).slug, file.file_name, file.import_id)
    return key_of_import(database, file.customer_id, file.import_id)

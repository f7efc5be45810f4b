"""When a source is looked at, and how the look went; what the partner's server does never delays another source.

In: ``Database``. Out: references of due sources, each taken by one looker, and the outcome on the source's row.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from budget_sync.database import Database

_LONGEST_ERROR = 1000


@dataclass(frozen=True, slots=True)
class SourceReference:
    """Which source of which customer."""

    customer_id: UUID
    source_id: UUID


def due_sources(database: Database, source_type: str) -> list[SourceReference]:
    """The active sources of all customers whose time has come, those that waited longest first."""
    with database.system() as session:
        rows = session.execute("SELECT customer_id, source_id FROM due_sources(%s)", (source_type,)).fetchall()
    return [SourceReference(*row) for row in rows]


def look_soon(database: Database, source: SourceReference) -> None:
    """The source is due from now on, whatever its schedule says: a person does not want to wait for it."""
    with database.tenant(source.customer_id) as session:
        session.execute(
            "UPDATE budget_data_source_config SET next_due_at = least(next_due_at, clock_timestamp()) WHERE id = %s",
            (source.source_id,),
        )


def begin_look(database: Database, source: SourceReference, *, hold_seconds: float) -> bool:
    """Take the look; False when another looker has it. It is given free after ``hold_seconds`` at the latest."""
    with database.tenant(source.customer_id) as session:
        done = session.execute(
            "UPDATE budget_data_source_config"
            " SET next_due_at = clock_timestamp() + make_interval(secs => %s), last_polled_at = clock_timestamp()"
            " WHERE id = %s AND active AND next_due_at <= clock_timestamp()",
            (hold_seconds, source.source_id),
        )
    return done.rowcount == 1


def record_success(
    database: Database, source: SourceReference, next_look: datetime, warning: str | None = None
) -> None:
    """The partner could be listed: the count of failures starts anew; what did not go well beside it is told."""
    with database.tenant(source.customer_id) as session:
        session.execute(
            "UPDATE budget_data_source_config SET next_due_at = %s, last_sync_at = clock_timestamp(),"
            " last_error = %s, consecutive_failures = 0 WHERE id = %s",
            (next_look, warning and warning[:_LONGEST_ERROR], source.source_id),
        )


def record_failure(database: Database, source: SourceReference, reason: str, next_look: datetime) -> None:
    """The partner could not be listed, and why, in words for people."""
    with database.tenant(source.customer_id) as session:
        session.execute(
            "UPDATE budget_data_source_config SET next_due_at = %s, last_error = %s,"
            " consecutive_failures = consecutive_failures + 1, recent_failures = array_append(ARRAY(SELECT at"
            " FROM unnest(recent_failures) AS at WHERE at > now() - interval '1 hour'), clock_timestamp())"
            " WHERE id = %s",
            (next_look, reason[:_LONGEST_ERROR], source.source_id),
        )

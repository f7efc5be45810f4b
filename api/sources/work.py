"""What the worker's threads do with sources: plain calls, blocking, with values in and out."""

from uuid import UUID

from api.sources.schemas import SourceBody, SourceChange, SourceView, TestAnswer
from budget_sync.database import Database
from budget_sync.sources.administration import add_source, change_source
from budget_sync.sources.configuration import DEFAULT_POLL_SECONDS, find_source, list_sources, open_source
from budget_sync.sources.looks import SourceReference, look_soon


def view_sources(database: Database, customer_id: UUID, limit: int, after: str) -> list[SourceView]:
    """A page by name."""
    return [SourceView.of(source) for source in list_sources(database, customer_id, limit, after)]


def view_source(database: Database, customer_id: UUID, source_id: UUID) -> SourceView:
    """One source.

    Raises:
        NotFoundError: the customer has no such source.
    """
    return SourceView.of(find_source(database, customer_id, source_id))


def create(database: Database, customer_id: UUID, body: SourceBody, key_id: str) -> SourceView:
    """Store a new source.

    Raises:
        ConfigurationError: something of it cannot be.
        ConflictError: the customer has a source of this name.
    """
    body.schedule.check()
    made = add_source(
        database,
        customer_id,
        body.connection,
        body.secrets.fitting(body.connection),
        name=body.name,
        options=body.options.to_options(),
        poll_seconds=body.schedule.every_seconds or DEFAULT_POLL_SECONDS,
        cron=body.schedule.cron,
        time_zone=body.schedule.time_zone,
        active=body.active,
        actor=key_id,
    )
    return view_source(database, customer_id, made)


def change(
    database: Database, customer_id: UUID, source_id: UUID, version: int, body: SourceChange, key_id: str
) -> SourceView:
    """Change a source.

    Raises:
        NotFoundError: the customer has no such source.
        StaleVersionError: somebody changed it since.
        ConfigurationError: something of it cannot be, or its secrets are needed anew.
        ConflictError: the customer has another source of this name.
    """
    if body.schedule is not None:
        body.schedule.check()
    changed = body.applied_to(find_source(database, customer_id, source_id), version)
    secrets = body.secrets.fitting(changed.connection) if body.secrets else None
    return SourceView.of(change_source(database, changed, secrets, actor=key_id))


def try_source(database: Database, customer_id: UUID, source_id: UUID) -> TestAnswer:
    """Walk the steps of a source.

    Raises:
        NotFoundError: the customer has no such source.
        ConfigurationError: its secrets do not open, or the operator does not allow what it wants.
    """
    source = find_source(database, customer_id, source_id)
    return TestAnswer.of(tuple(open_source(database, source).test()))


def look_now(database: Database, customer_id: UUID, source_id: UUID) -> None:
    """Let the source be due.

    Raises:
        NotFoundError: the customer has no such source.
    """
    find_source(database, customer_id, source_id)
    look_soon(database, SourceReference(customer_id, source_id))

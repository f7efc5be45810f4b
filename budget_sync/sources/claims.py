"""Each state of each remote file is taken for work once, when two looks saw it the same.

In: what a look at a source showed. Out: the files that are now ours to import. The partner's clock is not asked: one
that is an hour off would make a half-written file look old. A claim is taken again later when it led to no import, or
to one whose worker or database died.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID

from budget_sync.database import Connection, Database
from budget_sync.database.rows import only_row
from budget_sync.domain.errors import NotFoundError
from budget_sync.sources.configuration import SourceConfiguration
from budget_sync.sources.protocol import RemoteFile

# A run that has not read its file by then is taken for dead.
CLAIM_LASTS: Final = timedelta(minutes=15)
# Of those that were never read, nor told why: a partner who refuses a file for a day gets it fetched the day after.
MOST_ATTEMPTS: Final = 6
# Imports that failed through no fault of their file.
PASSING_FAILURES: Final = ("worker_died", "database_unavailable", "database_error", "conflict")
# Less between two looks shows nothing: SFTP tells the time of change in whole seconds.
_BETWEEN_LOOKS: Final = timedelta(seconds=1.5)
_COLUMNS: Final = (
    "id, customer_id, source_id, name, path, size_bytes, modified_at, version, partition_key, attempts, import_id"
)


@dataclass(frozen=True, slots=True)
class ClaimedFile:
    """One state of one remote file. ``key`` names it everywhere; ``attempts`` counts from 1."""

    id: UUID
    customer_id: UUID
    source_id: UUID
    file: RemoteFile
    key: str
    attempts: int
    import_id: UUID | None


@dataclass(frozen=True, slots=True)
class Look:
    """``claimed``: ours from now on. ``waiting``: how many were not yet seen to stand still.

    ``retry_at``: when the first of those that are claimed may be taken again, should it not have been read by then.
    ``warning``: what did not go well beside it.
    """

    claimed: tuple[ClaimedFile, ...]
    waiting: int
    retry_at: datetime | None = None
    warning: str | None = None


def claim_files(database: Database, source: SourceConfiguration, files: Mapping[str, RemoteFile]) -> Look:
    """Takes what is new and finished, and what was taken before in vain; ``files`` is the whole listing by key."""
    listing = _listing(source, files)
    with database.tenant(source.customer_id) as session:
        _forget_changed(session, listing)
        claimed = [*_claim_settled(session, listing), *_claim_again(session, listing)]
        claimed += _note_new(session, listing, claim=source.connection.arrives_whole)
        waiting, retry_at = only_row(
            session.execute(
                "SELECT count(*) FILTER (WHERE claimed_at IS NULL),"
                " min(retry_at) FILTER (WHERE (attempts < %(most)s OR last_error IS NOT NULL)"
                " AND retry_at > clock_timestamp())"
                " FROM source_file WHERE source_id = %(source)s AND import_id IS NULL",
                listing,
            )
        )
    return Look(tuple(sorted(claimed, key=lambda file: file.key)), waiting, retry_at)


def find_claim(database: Database, customer_id: UUID, key: str) -> ClaimedFile:
    """The file that this key names.

    Raises:
        NotFoundError: the customer has none.
    """
    with database.tenant(customer_id) as session:
        row = session.execute(
            f"SELECT {_COLUMNS} FROM source_file WHERE partition_key = %s",  # noqa: S608 - a constant of this file
            (key,),
        ).fetchone()
    if row is None:
        raise NotFoundError(f"No source of this customer has shown a file {key!r}.")
    return _from_row(row)


def key_of_import(database: Database, customer_id: UUID, import_id: UUID) -> str | None:
    """The key of the file that became this import; None where no source of the customer has it any more."""
    with database.tenant(customer_id) as session:
        row = session.execute("SELECT partition_key FROM source_file WHERE import_id = %s", (import_id,)).fetchone()
    return str(row[0]) if row else None


def record_import(database: Database, claim: ClaimedFile, import_id: UUID) -> None:
    """The claim became an import: from now on only the import's own fate has it taken again."""
    with database.tenant(claim.customer_id) as session:
        session.execute(
            "UPDATE source_file SET import_id = %s, last_error = NULL, retry_at = clock_timestamp() WHERE id = %s",
            (import_id, claim.id),
        )


def record_unread(database: Database, claim: ClaimedFile, reason: str, *, retry_in: timedelta | None) -> None:
    """The file could not be read; ``retry_in`` None: trying again cannot help."""
    with database.tenant(claim.customer_id) as session:
        session.execute(
            "UPDATE source_file SET last_error = %s, retry_at = clock_timestamp() + %s WHERE id = %s",
            (reason, retry_in, claim.id),
        )


def release_claims(database: Database, customer_id: UUID, keys: Collection[str]) -> int:
    """Files whose run died before it read them are taken again at the next look; how many these are."""
    with database.tenant(customer_id) as session:
        return session.execute(
            "UPDATE source_file SET retry_at = clock_timestamp()"
            " WHERE partition_key = ANY(%s) AND import_id IS NULL AND last_error IS NULL",
            (list(keys),),
        ).rowcount


def _listing(source: SourceConfiguration, files: Mapping[str, RemoteFile]) -> dict[str, Any]:
    listed = files.values()
    return {
        "customer": source.customer_id,
        "source": source.id,
        "keys": list(files),
        "paths": [file.path for file in listed],
        "versions": [file.version for file in listed],
        "names": [file.name for file in listed],
        "sizes": [file.size for file in listed],
        "times": [file.modified_at for file in listed],
        "between": _BETWEEN_LOOKS,
        "lasts": CLAIM_LASTS,
        "most": MOST_ATTEMPTS,
        "passing": list(PASSING_FAILURES),
    }


def _forget_changed(session: Connection, listing: dict[str, Any]) -> None:
    """A state that was gone before it was seen twice was never a finished file."""
    session.execute(
        "DELETE FROM source_file WHERE source_id = %(source)s AND claimed_at IS NULL"
        " AND (path, version) NOT IN (SELECT * FROM unnest(%(paths)s::text[], %(versions)s::text[]))",
        listing,
    )


def _claim_settled(session: Connection, listing: dict[str, Any]) -> list[ClaimedFile]:
    return _claimed(
        session,
        "UPDATE source_file SET claimed_at = clock_timestamp(), attempts = 1, retry_at = clock_timestamp() + %(lasts)s"
        " WHERE source_id = %(source)s AND claimed_at IS NULL AND first_seen_at < clock_timestamp() - %(between)s",
        listing,
    )


def _claim_again(session: Connection, listing: dict[str, Any]) -> list[ClaimedFile]:
    """What was taken in vain: not read, and still there in the same state; or read, and its worker died."""
    return _claimed(
        session,
        "UPDATE source_file SET attempts = attempts + 1, last_error = NULL, retry_at = clock_timestamp() + %(lasts)s"
        " WHERE source_id = %(source)s AND retry_at < clock_timestamp()"
        " AND (attempts < %(most)s OR import_id IS NULL AND last_error IS NOT NULL)"
        " AND (import_id IS NULL"
        " AND (path, version) IN (SELECT * FROM unnest(%(paths)s::text[], %(versions)s::text[]))"
        " OR import_id IN (SELECT id FROM import_history WHERE source_id = %(source)s AND status = 'failed'"
        " AND error_code = ANY(%(passing)s) AND received_at > now() - interval '1 day'))",
        listing,
    )


def _note_new(session: Connection, listing: dict[str, Any], *, claim: bool) -> list[ClaimedFile]:
    noted = _claimed(
        session,
        "INSERT INTO source_file (customer_id, source_id, path, version, name, size_bytes, modified_at, partition_key,"
        " claimed_at, attempts, retry_at)"
        " SELECT %(customer)s, %(source)s, path, version, name, size, modified, key,"
        " CASE WHEN %(claim)s THEN clock_timestamp() END, %(claim)s::int,"
        " CASE WHEN %(claim)s THEN clock_timestamp() + %(lasts)s END"
        " FROM unnest(%(paths)s::text[], %(versions)s::text[], %(names)s::text[], %(sizes)s::bigint[],"
        " %(times)s::timestamptz[], %(keys)s::text[]) AS listed (path, version, name, size, modified, key)"
        " ON CONFLICT (source_id, path, version) DO NOTHING",
        listing | {"claim": claim},
    )
    return noted if claim else []


def _claimed(session: Connection, statement: str, listing: dict[str, Any]) -> list[ClaimedFile]:
    rows = session.execute(f"{statement} RETURNING {_COLUMNS}", listing).fetchall()
    return [_from_row(row) for row in rows]


def _from_row(row: tuple[Any, ...]) -> ClaimedFile:
    claim_id, customer_id, source_id, name, path, size, modified_at, version, key, attempts, import_id = row
    file = RemoteFile(name, path, size, modified_at, version)
    return ClaimedFile(claim_id, customer_id, source_id, file, key, attempts, import_id)

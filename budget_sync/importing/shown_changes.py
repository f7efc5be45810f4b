"""What a dry run showed, kept for an hour: the same import then changes exactly that, or nothing.

In: a connection whose tenant is set, and the digest of the changes. A line that was edited meanwhile, or a word that
was taught, may make the file do something else than its reader has seen; the digests then differ.
"""

from datetime import UTC, datetime
from uuid import UUID

import msgspec

from budget_sync.database import Connection
from budget_sync.domain.errors import DryRunOutdatedError
from budget_sync.importing.digests import asked_digest
from budget_sync.importing.mapping_memory import source_key
from budget_sync.importing.options import ImportOptions, IncomingFile

_KEPT_FOR = "1 hour"
_FORGET = "DELETE FROM import_rehearsal WHERE rehearsed_at < now() - %s::interval"
_KEEP = """
INSERT INTO import_rehearsal (customer_id, sha256, source_key, asked, changes)
VALUES (current_setting('app.customer_id')::uuid, %s, %s, %s, %s)
ON CONFLICT (customer_id, sha256, source_key, asked)
DO UPDATE SET changes = excluded.changes, rehearsed_at = clock_timestamp()
"""
_FIND = """
SELECT changes, rehearsed_at FROM import_rehearsal
WHERE sha256 = %s AND source_key = %s AND asked = %s AND rehearsed_at >= now() - %s::interval
"""


class ShownChanges(msgspec.Struct, frozen=True):
    """The digest of what a dry run showed, and when."""

    digest: str
    at: datetime

    def require(self, digest: str) -> None:
        """Let the changes pass that the dry run showed.

        Raises:
            DryRunOutdatedError: they are others.
        """
        if digest != self.digest:
            raise DryRunOutdatedError(
                f"This file would no longer do what its dry run of {self.at.astimezone(UTC):%Y-%m-%d %H:%M} UTC "
                "showed: lines, or what was taught, have changed since. Nothing was loaded; look at a new dry run."
            )


def keep_shown(
    connection: Connection, incoming: IncomingFile, sha256: str, options: ImportOptions, digest: str
) -> None:
    """Keep what a dry run of this file showed, and forget what is older than an hour."""
    connection.execute(_FORGET, (_KEPT_FOR,))
    key = source_key(incoming.source_type, incoming.source_id)
    connection.execute(_KEEP, (sha256, key, asked_digest(options), digest))


def find_shown(
    connection: Connection, source_type: str, source_id: UUID | None, sha256: str, options: ImportOptions
) -> ShownChanges | None:
    """What a dry run of the last hour showed of the same file, asked for in the same way; None where there is none."""
    if options.dry_run:
        return None
    key = source_key(source_type, source_id)
    row = connection.execute(_FIND, (sha256, key, asked_digest(options), _KEPT_FOR)).fetchone()
    return ShownChanges(*row) if row else None

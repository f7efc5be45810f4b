"""The bytes of every file that arrived, once a customer and content, so that any step can be done again.

In: bytes. Out: their SHA-256, under which they are found again, and the name that they were last shown under. Kept
packed by zlib at its fastest: PostgreSQL's own compression of 5 MB took longer than the rest of the transaction.
"""

import hashlib
import zlib
from datetime import timedelta

from budget_sync.database import Connection
from budget_sync.domain.errors import NotFoundError

_FASTEST = 1
_UNNAMED = "upload"


def content_digest(content: bytes) -> str:
    """The SHA-256 of the bytes, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def store_file(connection: Connection, content: bytes) -> str:
    """Keep the bytes for the customer of the transaction; their SHA-256."""
    sha256 = content_digest(content)
    if connection.execute("SELECT FROM stored_file WHERE sha256 = %s", (sha256,)).fetchone() is None:
        connection.execute(
            "INSERT INTO stored_file (customer_id, sha256, content, size_bytes)"
            " VALUES (current_setting('app.customer_id')::uuid, %s, %s, %s) ON CONFLICT DO NOTHING",
            (sha256, zlib.compress(content, _FASTEST), len(content)),
        )
    return sha256


def name_file(connection: Connection, sha256: str, file_name: str) -> None:
    """Remember the name under which the file was last shown: an import by its SHA-256 need not say it again."""
    connection.execute(
        "UPDATE stored_file SET file_name = %(name)s WHERE sha256 = %(sha256)s AND file_name IS DISTINCT FROM %(name)s",
        {"sha256": sha256, "name": file_name},
    )


def fetch_name(connection: Connection, sha256: str) -> str:
    """The name that the file was last shown under, ``upload`` where nobody said one."""
    row = connection.execute("SELECT file_name FROM stored_file WHERE sha256 = %s", (sha256,)).fetchone()
    return (row and row[0]) or _UNNAMED


def fetch_file(connection: Connection, sha256: str) -> bytes:
    """The bytes again.

    Raises:
        NotFoundError: the customer never sent such a file.
    """
    row = connection.execute("SELECT content FROM stored_file WHERE sha256 = %s", (sha256,), binary=True).fetchone()
    if row is None:
        raise NotFoundError("This file is not kept here. Send it again.")
    return zlib.decompress(row[0])


def drop_old_files(connection: Connection, *, older_than: timedelta, at_most: int) -> int:
    """Drop the bytes of the customer's files whose every import began so long ago; how many files.

    What waits for a person or is being worked on is kept. A step that needs the bytes of a dropped file says so.
    """
    return connection.execute(
        """
        DELETE FROM stored_file WHERE sha256 IN (
            SELECT old.sha256 FROM stored_file old
            WHERE old.created_at < now() - %(age)s AND NOT EXISTS (
                SELECT FROM import_history WHERE sha256 = old.sha256
                AND (received_at >= now() - %(age)s OR status IN ('processing', 'needs_review')))
            ORDER BY old.created_at LIMIT %(most)s)
        """,
        {"age": older_than, "most": at_most},
    ).rowcount

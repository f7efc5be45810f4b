"""The rejected rows of an import, all of them, as they were kept.

In: a connection whose tenant is set. Out: ``RowError`` in the order of the file.
"""

from collections.abc import Iterator
from uuid import UUID

import msgspec

from budget_sync.database import Connection
from budget_sync.validation.lines import RowError

_PAGE = """
SELECT position, "row", column_name, value, code, reason FROM import_row_error
WHERE import_id = %s AND position > %s ORDER BY position LIMIT %s
"""
_AT_ONCE = 5_000


class ErrorPage(msgspec.Struct, frozen=True):
    """``following``: where the next page goes on after; None where this is the last."""

    errors: list[RowError]
    following: int | None


def read_error_page(connection: Connection, import_id: UUID, after: int, limit: int) -> ErrorPage:
    """At most ``limit`` bad cells behind the place ``after``; 0 is the beginning."""
    rows = connection.execute(_PAGE, (import_id, after, limit + 1)).fetchall()
    more = len(rows) > limit
    rows = rows[:limit]
    return ErrorPage([RowError(*row[1:]) for row in rows], int(rows[-1][0]) if more else None)


def every_error(connection: Connection, import_id: UUID) -> Iterator[RowError]:
    """Each bad cell of the import, read in blocks."""
    after: int | None = 0
    while after is not None:
        page = read_error_page(connection, import_id, after, _AT_ONCE)
        yield from page.errors
        after = page.following

"""The lines that are missing written into the tables, with their revisions, and the provenance of all.

In: lines part by part. Out: how many were created, and how many stand already; these are listed in ``standing_line``.
While each amount has a line of its own, a part is written as it comes. From the first sum on nothing is known of a line
before the last part: then what was written is taken back, and the whole file is staged and summed first.
"""

from contextlib import suppress
from typing import TYPE_CHECKING

from psycopg.errors import UniqueViolation

from budget_sync.database import Connection
from budget_sync.domain.errors import ConflictError
from budget_sync.loading import statements
from budget_sync.loading.prepared import PreparedPart

if TYPE_CHECKING:
    from budget_sync.loading.load import LinesToLoad

_ATTEMPTS = 5
_ANALYZE_FROM = 2_000  # smaller staging tables are planned well enough without statistics
Parameters = dict[str, object]


class _SumsAheadError(Exception):
    """A line has several amounts: none is known before the last part."""


def write_lines(connection: Connection, parameters: Parameters, lines: "LinesToLoad") -> tuple[int, int]:
    """How many lines were created, and how many stood."""
    with suppress(_SumsAheadError), connection.transaction():
        connection.execute(statements.CREATE_STAGING)
        created = standing = 0
        for number, part in enumerate(lines.unpacked()):
            if not part.one_each and part.amounts:
                raise _SumsAheadError
            if number:
                connection.execute(statements.EMPTY_STAGING)
            _stage(connection, part)
            also_created, also_standing = _write_staged(connection, parameters)
            created, standing = created + also_created, standing + also_standing
        return created, standing
    connection.execute(statements.CREATE_STAGING)
    for part in lines.whole().unpacked():
        _stage(connection, part)
    connection.execute(statements.SUM_AMOUNTS)
    return _write_staged(connection, parameters)


def _stage(connection: Connection, part: PreparedPart) -> None:
    with connection.cursor() as cursor:
        with cursor.copy(statements.COPY_AMOUNTS) as copy:
            copy.write(part.amounts)
        with cursor.copy(statements.COPY_LINES) as copy:
            copy.write(part.lines)
        if cursor.rowcount >= _ANALYZE_FROM:
            cursor.execute("ANALYZE staged_line (line, department_key)")


def _write_staged(connection: Connection, parameters: Parameters) -> tuple[int, int]:
    """Find the lines that stand, and create the missing ones.

    A line of the same names that somebody else made between the two statements stops the second; then the whole
    step is taken back and done again with that line in view.
    """
    for _ in range(_ATTEMPTS):
        with suppress(UniqueViolation), connection.transaction():
            standing = connection.execute(statements.FIND_STANDING, parameters).rowcount
            connection.execute("ANALYZE standing_line (line)")
            created = connection.execute(statements.CREATE_LINES, parameters).rowcount
            if created:
                connection.execute(statements.RECORD_CREATED, parameters)
            connection.execute(statements.RECORD_SOURCES, parameters)
            connection.execute(statements.RECORD_PLACES)
            return created, standing
    raise ConflictError("Lines of this file are being made by hand at the same time. Import it again in a moment.")

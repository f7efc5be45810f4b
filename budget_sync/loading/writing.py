"""The lines that are missing written into the tables, with their revisions, and the provenance of all.

In: lines part by part. Out: how many were created, and how many stand already; these are listed in ``standing_line``.
While each amount has a line of its own, a part is written as it comes. From the first sum on nothing is known of a line
before the last part: then what was written is taken back, and the whole file is staged and summed first.
"""

from collections.abc import Set as AbstractSet
from contextlib import suppress
from typing import TYPE_CHECKING

from psycopg.errors import UniqueViolation

from budget_sync.database import Connection
from budget_sync.database.rows import only_row
from budget_sync.domain.errors import ConflictError
from budget_sync.loading import statements
from budget_sync.loading.prepared import PreparedPart

if TYPE_CHECKING:
    from budget_sync.loading.load import LinesToLoad

_ATTEMPTS = 5
_FEW = 5_000  # lines
Parameters = dict[str, object]


class _SumsAheadError(Exception):
    """A line has several amounts: none is known before the last part."""


class _FreePeriods:
    """The periods in which the customer had no line before this load."""

    def __init__(self, connection: Connection, parameters: Parameters) -> None:
        self._connection = connection
        self._parameters = parameters
        self._is_asked = False
        self._taken: set[str] | None = None

    def hold(self, periods: AbstractSet[str], lines: int) -> bool:
        """Whether all these are known to be among them; asked once, before this load writes its first line.

        Of a customer who has lines, a few of a file are looked for sooner than all periods are known.
        """
        if not self._is_asked:
            self._is_asked = True
            (has_lines,) = only_row(self._connection.execute(statements.HAS_LINES, self._parameters))
            if not has_lines:
                self._taken = set()
            elif lines >= _FEW:
                rows = self._connection.execute(statements.PERIODS_WITH_LINES, self._parameters)
                self._taken = {period for (period,) in rows}
        return self._taken is not None and self._taken.isdisjoint(periods)


class _Writing:
    """One load's way into the tables, staged part after staged part."""

    def __init__(self, connection: Connection, parameters: Parameters, *, keeps_places: bool) -> None:
        self._connection = connection
        self._parameters = parameters
        self._keeps_places = keeps_places
        self._free_periods = _FreePeriods(connection, parameters)
        (prefix,) = only_row(connection.execute(statements.NEW_ID_PREFIX))
        self._id_prefix = prefix.encode()

    def stage(self, part: PreparedPart) -> int:
        """How many lines are new with the part."""
        with self._connection.cursor() as cursor:
            with cursor.copy(statements.COPY_LINES) as copy:
                copy.write(self._with_ids(part.staged_lines))
            lines = cursor.rowcount
            if part.staged_amounts:
                with cursor.copy(statements.COPY_AMOUNTS) as copy:
                    copy.write(self._with_ids(part.staged_amounts))
        return lines

    def _with_ids(self, staged: bytes) -> bytes:
        """Rows that begin with the number of their line begin with its id: the numbers are what differs of the ids."""
        rows = staged.removesuffix(b"\n")
        return self._id_prefix + rows.replace(b"\n", b"\n" + self._id_prefix) + b"\n" if rows else b""

    def write(self, periods: AbstractSet[str], lines: int, *, summed: bool = False) -> tuple[int, int]:
        """Find the staged lines that stand, and create the missing ones; how many there are of both.

        ``lines``: how many are staged, of these ``periods``.
        ``summed``: lines may have several amounts, which are staged beside them. A line of the same names that somebody
        else makes meanwhile stops the step; then it is taken back and done again with that line in view.
        """
        must_look = not self._free_periods.hold(periods, lines)
        for _ in range(_ATTEMPTS):
            with suppress(UniqueViolation), self._connection.transaction():
                standing = self._find_standing() if must_look else 0
                created = self._create(standing, summed=summed)
                if self._keeps_places:
                    self._connection.execute(statements.RECORD_PLACES)
                return created, standing
            must_look = True
        raise ConflictError("Lines of this file are being made by hand at the same time. Import it again in a moment.")

    def _find_standing(self) -> int:
        self._connection.execute("ANALYZE staged_line (line_id, department_key)")
        standing = self._connection.execute(statements.FIND_STANDING, self._parameters).rowcount
        if standing:
            self._connection.execute("ANALYZE standing_line (line_id)")
        return standing

    def _create(self, standing: int, *, summed: bool) -> int:
        create = statements.create_lines(summed=summed, but_standing=bool(standing))
        created = self._connection.execute(create, self._parameters).rowcount
        if summed:
            self._connection.execute(statements.RECORD_SOURCES, self._parameters)
        elif standing:
            self._connection.execute(statements.RECORD_STANDING_SOURCES, self._parameters)
        return created


def write_lines(
    connection: Connection, parameters: Parameters, lines: "LinesToLoad", *, keeps_places: bool
) -> tuple[int, int]:
    """How many lines were created, and how many stood. ``keeps_places``: their departments and periods are listed."""
    with suppress(_SumsAheadError), connection.transaction():
        connection.execute(statements.CREATE_STAGING)
        writing = _Writing(connection, parameters, keeps_places=keeps_places)
        created = standing = 0
        for number, part in enumerate(lines.unpacked()):
            if not part.one_each:
                raise _SumsAheadError
            if number:
                connection.execute(statements.EMPTY_STAGING)
            also_created, also_standing = writing.write(part.periods, writing.stage(part))
            created, standing = created + also_created, standing + also_standing
        return created, standing
    connection.execute(statements.CREATE_STAGING)
    writing = _Writing(connection, parameters, keeps_places=keeps_places)
    periods: set[str] = set()
    staged = 0
    for part in lines.whole().unpacked():
        staged += writing.stage(part)
        periods |= part.periods
    connection.execute(statements.SUM_AMOUNTS)
    return writing.write(periods, staged, summed=True)

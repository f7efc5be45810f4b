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
Parameters = dict[str, object]


class _SumsAheadError(Exception):
    """A line has several amounts: none is known before the last part."""


class _FreePeriods:
    """The periods in which the customer had no line before this load."""

    def __init__(self, connection: Connection, parameters: Parameters) -> None:
        self._connection = connection
        self._parameters = parameters
        self._asked: set[str] = set()
        self._taken: set[str] = set()

    def hold(self, periods: AbstractSet[str]) -> bool:
        """Whether all these are among them; each is asked for before this load writes into it."""
        if new := periods - self._asked:
            parameters = self._parameters | {"periods": sorted(new)}
            (taken,) = only_row(self._connection.execute(statements.PERIODS_WITH_LINES, parameters))
            self._taken.update(taken)
            self._asked |= new
        return self._taken.isdisjoint(periods)


class _Writing:
    """One load's way into the tables, staged part after staged part."""

    def __init__(self, connection: Connection, parameters: Parameters, *, keeps_places: bool) -> None:
        self._connection = connection
        self._parameters = parameters
        self._keeps_places = keeps_places
        self._free_periods = _FreePeriods(connection, parameters)
        (prefix,) = only_row(connection.execute(statements.NEW_ID_PREFIX))
        self._id_prefix = prefix.encode()

    def stage(self, part: PreparedPart) -> None:
        with self._connection.cursor() as cursor:
            with cursor.copy(statements.COPY_LINES) as copy:
                copy.write(self._with_ids(part.staged_lines))
            if part.staged_amounts:
                with cursor.copy(statements.COPY_AMOUNTS) as copy:
                    copy.write(self._with_ids(part.staged_amounts))

    def _with_ids(self, staged: bytes) -> bytes:
        """Rows that begin with the number of their line begin with its id: the numbers are what differs of the ids."""
        rows = staged.removesuffix(b"\n")
        return self._id_prefix + rows.replace(b"\n", b"\n" + self._id_prefix) + b"\n" if rows else b""

    def write(self, periods: AbstractSet[str], *, summed: bool = False) -> tuple[int, int]:
        """Find the staged lines that stand, and create the missing ones; how many there are of both.

        ``summed``: lines may have several amounts, which are staged beside them. A line of the same names that somebody
        else makes meanwhile stops the step; then it is taken back and done again with that line in view.
        """
        must_look = not self._free_periods.hold(periods)
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
        but_standing = statements.BUT_STANDING if standing else ""
        created = self._connection.execute(statements.CREATE_LINES + but_standing, self._parameters).rowcount
        if created:
            record = statements.RECORD_CREATED_SUMS if summed else statements.RECORD_CREATED
            self._connection.execute(record + but_standing, self._parameters)
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
            writing.stage(part)
            also_created, also_standing = writing.write(part.periods)
            created, standing = created + also_created, standing + also_standing
        return created, standing
    connection.execute(statements.CREATE_STAGING)
    writing = _Writing(connection, parameters, keeps_places=keeps_places)
    periods: set[str] = set()
    for part in lines.whole().unpacked():
        writing.stage(part)
        periods |= part.periods
    connection.execute(statements.SUM_AMOUNTS)
    return writing.write(periods, summed=True)

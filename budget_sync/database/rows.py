"""Reading what must be there: a statement that returns exactly one row."""

from typing import Any

from psycopg import Cursor
from psycopg.rows import TupleRow


def only_row(cursor: Cursor[TupleRow]) -> tuple[Any, ...]:
    """The first row of a statement that always returns one, such as an aggregate or an INSERT ... RETURNING."""
    row = cursor.fetchone()
    if row is None:
        raise LookupError("A statement that always returns a row returned none.")
    return row

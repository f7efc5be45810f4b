"""A process whose children import a file and kill themselves before a given statement of theirs.

In: the database URL and the home folder as arguments; on standard input, a line each: which statement, which
customer. Out: a line each: ``killed`` or ``done``.
"""

import os
import signal
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from pydantic import SecretStr

from budget_sync.database import Database
from budget_sync.importing.engine import Engine
from budget_sync.settings import Settings
from budget_sync_tests.database.importing.files import budget_csv, budget_rows, incoming


def _die_before(statement: int) -> None:
    """Count what goes to the server: statements, copies and the ends of transactions."""
    left = statement

    def count() -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    execute, copy, commit = psycopg.Cursor.execute, psycopg.Cursor.copy, psycopg.Connection.commit

    def counted_execute(self: Any, *arguments: Any, **options: Any) -> Any:
        count()
        return execute(self, *arguments, **options)

    def counted_copy(self: Any, *arguments: Any, **options: Any) -> Any:
        count()
        return copy(self, *arguments, **options)

    def counted_commit(self: Any) -> None:
        count()
        commit(self)

    psycopg.Cursor.execute = counted_execute  # type: ignore[method-assign]  # the hook
    psycopg.Cursor.copy = counted_copy  # type: ignore[method-assign]  # the hook
    psycopg.Connection.commit = counted_commit  # type: ignore[method-assign]  # the hook


def main() -> None:
    """Fork a child for each line."""
    settings = Settings(database_url=SecretStr(sys.argv[1]), home=Path(sys.argv[2]))
    for line in sys.stdin:
        statement, customer_id = line.split()
        child = os.fork()
        if child == 0:
            _die_before(int(statement))
            with Database.open(settings) as database:
                Engine(database, part_lines=10).run(UUID(customer_id), incoming(with_a_bad_row()))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        sys.stdout.write("killed\n" if os.WIFSIGNALED(status) else "done\n")
        sys.stdout.flush()


def with_a_bad_row() -> bytes:
    """A file that writes into every table of an import."""
    rows = budget_rows()
    rows[4] = (*rows[4][:3], "twelve")
    return budget_csv(rows)


if __name__ == "__main__":
    main()

"""An installation of its own for a test or a module: settings with a migrated, empty database."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
from psycopg import sql
from pydantic import SecretStr

from budget_sync.database.addresses import DATABASE
from budget_sync.database.embedded import EmbeddedServer
from budget_sync.settings import Settings


@contextmanager
def installation(postgres: EmbeddedServer, home: Path) -> Iterator[Settings]:
    """A database copied from the migrated template, dropped afterwards."""
    name = f"test_{uuid4().hex}"
    with psycopg.connect(postgres.conninfo("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(DATABASE))
        )
    url = f"postgresql://postgres@/{name}?host={postgres.socket_folder}"
    yield Settings(home=home, database_url=SecretStr(url), allowed_networks="loopback")
    with psycopg.connect(postgres.conninfo("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

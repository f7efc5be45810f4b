"""Migrations: the tables are what the program believes, whoever migrates, how often and at once."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from psycopg import sql
from pydantic import SecretStr
from sqlalchemy import create_engine

from budget_sync.database import Database, migrate, migration_status
from budget_sync.database.embedded import EmbeddedServer
from budget_sync.database.schema import metadata
from budget_sync.domain.errors import ConfigurationError, DatabaseUnavailableError
from budget_sync.settings import Settings

_ABOUT_COLUMNS = {"add_table", "add_column", "remove_column", "modify_type", "modify_nullable"}
_MIGRATE = """
import sys
from pydantic import SecretStr
from budget_sync.database import migrate
from budget_sync.settings import Settings
assert migrate(Settings(database_url=SecretStr(sys.argv[1]))).up_to_date
"""


@pytest.fixture
def empty_url(postgres: EmbeddedServer) -> Iterator[str]:
    """A database with nothing in it."""
    name = f"empty_{uuid4().hex}"
    with psycopg.connect(postgres.conninfo("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
        yield f"postgresql://postgres@/{name}?host={postgres.socket_folder}"
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def test_migrating_twice_is_migrating_once(empty_url: str) -> None:
    settings = Settings(database_url=SecretStr(empty_url))
    assert migration_status(settings).current is None
    first = migrate(settings)
    assert first.up_to_date
    assert migrate(settings) == first == migration_status(settings)


def test_processes_that_migrate_at_once_wait_for_each_other(empty_url: str) -> None:
    migrations = [subprocess.Popen([sys.executable, "-c", _MIGRATE, empty_url]) for _ in range(3)]
    assert [migration.wait(60) for migration in migrations] == [0, 0, 0]


def test_an_administrator_who_is_no_superuser_can_migrate(postgres: EmbeddedServer, empty_url: str) -> None:
    role = f"admin_{uuid4().hex[:8]}"
    name = empty_url.partition("@/")[2].partition("?")[0]
    with psycopg.connect(postgres.conninfo("postgres", "postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEROLE CREATEDB").format(sql.Identifier(role)))
        connection.execute(
            sql.SQL(
                "GRANT budget_sync_owner, budget_sync_app, budget_sync_lookup TO {} WITH ADMIN TRUE, INHERIT FALSE"
            ).format(sql.Identifier(role))
        )
        connection.execute(sql.SQL("ALTER DATABASE {} OWNER TO {}").format(sql.Identifier(name), sql.Identifier(role)))
    settings = Settings(database_url=SecretStr(empty_url.replace("postgres@", f"{role}@")))
    assert migrate(settings).up_to_date
    with Database.open(settings) as database, database.system() as connection:
        assert connection.execute("SELECT current_user").fetchone() == ("budget_sync_app",)


def test_the_tables_are_what_the_program_believes(settings: Settings) -> None:
    assert settings.database_url is not None
    url = settings.database_url.get_secret_value()
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": _columns_alone})
        differences = compare_metadata(context, metadata)
    engine.dispose()
    assert [difference for difference in map(_flat, differences) if difference[0] in _ABOUT_COLUMNS] == []


def _flat(difference: Any) -> tuple[Any, ...]:
    """A difference within a column comes as a list of one."""
    return difference[0] if isinstance(difference, list) else difference


def _columns_alone(_object: object, name: str | None, kind: str, *_: object) -> bool:
    """Constraints, indexes and defaults stand in the migrations alone."""
    return kind in ("table", "column") and name != "alembic_version"


@pytest.mark.parametrize("url", ["mysql://localhost/x", "postgresql://u:p%zz@h/d", "postgresql://u@[h/d", "nothing"])
def test_an_address_that_is_none_is_refused_without_its_password(tmp_path: Path, url: str) -> None:
    with pytest.raises(ConfigurationError, match="postgresql://") as refusal:
        Database.open(Settings(home=tmp_path, database_url=SecretStr(url)))
    assert "zz" not in refusal.value.message


def test_a_server_that_is_not_there_is_said_to_be_unavailable(tmp_path: Path) -> None:
    url = SecretStr(f"postgresql://postgres@/x?host={tmp_path}")
    with (
        Database.open(Settings(home=tmp_path, database_url=url)) as database,
        pytest.raises(DatabaseUnavailableError),
        database.system(),
    ):
        pass

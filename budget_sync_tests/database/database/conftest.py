"""Connections as they are made in a database of our own."""

import pytest
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from budget_sync.database import Database
from budget_sync.database.embedded import EmbeddedServer


@pytest.fixture
def settings_as_app(postgres: EmbeddedServer, database: Database) -> str:
    """How the program logs in where it has a login of its own."""
    name = str(conninfo_to_dict(database.app_conninfo)["dbname"])
    return make_conninfo(postgres.conninfo("budget_sync_app", name))

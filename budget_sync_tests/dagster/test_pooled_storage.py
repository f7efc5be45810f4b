"""Dagster's storage keeps its connections, shares them among the instances of a process, and outlives a restart."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
import yaml
from dagster import AssetKey, AssetMaterialization, DagsterInstance
from psycopg import sql

from budget_sync.database.embedded import EmbeddedServer

_SESSIONS = "SELECT pid FROM pg_stat_activity WHERE datname = %s AND backend_type = 'client backend'"
_END = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"


@pytest.fixture
def administrator(postgres: EmbeddedServer) -> Iterator[psycopg.Connection]:
    """Who sees all sessions."""
    with psycopg.connect(postgres.conninfo("postgres", "postgres"), autocommit=True) as connection:
        yield connection


@pytest.fixture
def name(postgres: EmbeddedServer, administrator: psycopg.Connection, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """An empty database that ``BUDGET_SYNC_DAGSTER_URL`` names."""
    name = f"dagster_{uuid4().hex}"
    administrator.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
    url = f"postgresql+psycopg2://postgres@/{name}?host={postgres.socket_folder}"
    monkeypatch.setenv("BUDGET_SYNC_DAGSTER_URL", url)
    yield name
    administrator.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def instance_in(folder: Path) -> DagsterInstance:
    """An instance with the storage that the project's settings name."""
    folder.mkdir()
    settings = yaml.safe_load((Path(__file__).parents[2] / "dagster.yaml").read_text())
    (folder / "dagster.yaml").write_text(yaml.safe_dump({"storage": settings["storage"]}))
    return DagsterInstance.from_config(str(folder))


def test_connections_are_kept_shared_and_replaced(tmp_path: Path, name: str, administrator: psycopg.Connection) -> None:
    def sessions() -> set[int]:
        return {row[0] for row in administrator.execute(_SESSIONS, (name,))}

    with instance_in(tmp_path / "one") as one, instance_in(tmp_path / "two") as two:
        one.report_runless_asset_event(AssetMaterialization("budgets", partition="a"))
        kept = sessions()
        two.report_runless_asset_event(AssetMaterialization("budgets", partition="b"))
        assert sessions() == kept
        administrator.execute(_END, (name,))
        one.report_runless_asset_event(AssetMaterialization("budgets", partition="c"))
        assert len(one.get_materialized_partitions(AssetKey("budgets"))) == 3
        assert sessions().isdisjoint(kept)

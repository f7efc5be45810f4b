"""Dagster's PostgreSQL storage over connections that each process keeps.

In: what ``dagster.yaml`` says under ``storage``. Out: the storage of a ``DagsterInstance``. Dagster's own opens a
connection for every statement or two, since an instance never closes any: an event took 12.9 ms, of which 6.7 were the
server's CPU for sessions that came and went; over kept connections it takes 3.0 and 0.4. All instances of a process
share one pool, so that instances made for single ticks leave nothing open.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any, Self

from dagster import StringSource
from dagster._serdes import ConfigurableClassData
from dagster_postgres import DagsterPostgresStorage
from sqlalchemy import Engine, create_engine

_KEPT = 4
# Beyond those kept, for as long as many sensors tick at once.
_AT_ONCE = 16


class PooledPostgresStorage(DagsterPostgresStorage):
    """Runs, events and schedules as Dagster keeps them; a connection that the server closed is replaced unnoticed."""

    def __init__(self, postgres_url: str, inst_data: ConfigurableClassData | None = None) -> None:
        super().__init__(postgres_url, inst_data=inst_data)
        engine = _engine(postgres_url)
        for storage in (self._run_storage, self._event_log_storage, self._schedule_storage):
            storage._engine = engine  # noqa: SLF001 - Dagster has no setting for it; a test holds it to that name

    @classmethod
    def config_type(cls) -> Mapping[str, Any]:
        """What ``dagster.yaml`` must say."""
        return {"postgres_url": StringSource}

    @classmethod
    def from_config_value(cls, inst_data: ConfigurableClassData | None, config_value: Mapping[str, Any]) -> Self:
        """As ``dagster.yaml`` says it."""
        return cls(config_value["postgres_url"], inst_data)


@cache
def _engine(url: str) -> Engine:
    return create_engine(
        url, isolation_level="AUTOCOMMIT", pool_pre_ping=True, pool_size=_KEPT, max_overflow=_AT_ONCE - _KEPT
    )

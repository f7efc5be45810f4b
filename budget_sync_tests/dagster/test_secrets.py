"""A source's secret stands in no log, no metadata of Dagster, no row and no message, whether its login works or not."""

import logging
from uuid import UUID

import psycopg
import pytest
from dagster import DagsterInstance
from psycopg import sql

from budget_sync.settings import Settings
from budget_sync.sources.configuration import find_source, list_sources
from budget_sync_tests.dagster.conftest import Dagster
from budget_sync_tests.dagster.files import BUDGET
from budget_sync_tests.partner import PASSWORD, SftpPartner

_SPELLINGS = (PASSWORD, PASSWORD.encode().hex())  # a dump shows bytes as hexadecimal digits


def _rows(settings: Settings) -> str:
    """Every row of every table as text, as its owner sees it."""
    assert settings.database_url is not None
    with psycopg.connect(settings.database_url.get_secret_value()) as connection:
        tables = connection.execute(
            "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
        ).fetchall()
        rows = [
            connection.execute(sql.SQL("SELECT t::text FROM {} t").format(sql.Identifier(table))).fetchall()
            for (table,) in tables
        ]
    return "\n".join(text for table in rows for (text,) in table)


def _events(instance: DagsterInstance) -> str:
    """All that Dagster kept of its runs."""
    runs = instance.get_runs()
    return "\n".join([*map(repr, runs), *(repr(entry) for run in runs for entry in instance.all_logs(run.run_id))])


@pytest.mark.parametrize("refused", [False, True], ids=["login works", "login refused"])
def test_a_source_s_secret_is_nowhere_to_be_read(
    dagster: Dagster,
    source: UUID,
    partner: SftpPartner,
    settings: Settings,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
    refused: bool,
) -> None:
    caplog.set_level(logging.DEBUG)
    partner.refuses_logins = refused
    partner.drop("budget.csv", BUDGET)
    runs = [run for _ in range(3) for run in dagster.tick()]
    assert [run.success for run in runs] == ([] if refused else [True])
    found = find_source(dagster.program.database, dagster.customer.id, source)
    assert (found.consecutive_failures > 0) is refused
    told = capfd.readouterr()
    everything = [
        caplog.text,
        told.out,
        told.err,
        _events(dagster.instance),
        _rows(settings),
        repr(found),
        repr(list_sources(dagster.program.database, dagster.customer.id)),
    ]
    assert [spelling for spelling in _SPELLINGS if any(spelling in text for text in everything)] == []
    assert len(_rows(settings)) > 1000

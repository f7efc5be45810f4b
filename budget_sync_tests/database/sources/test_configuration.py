"""Sources as they are stored: nothing secret to be seen, nobody else's to be found."""

import json
from pathlib import Path

import psycopg
import pytest

import budget_sync
from budget_sync.database import Database
from budget_sync.domain.errors import ConfigurationError, ConflictError, NotFoundError
from budget_sync.domain.fields import ImportMode
from budget_sync.importing.customers import Customer
from budget_sync.settings import Settings
from budget_sync.sources.administration import add_source
from budget_sync.sources.configuration import find_source, list_sources, open_source
from budget_sync.sources.options import SourceOptions
from budget_sync.sources.sftp_configuration import SftpConfiguration, SftpSecrets

CONNECTION = SftpConfiguration(host="sftp.partner.example", username="acme", patterns=("*.csv",))
SECRETS = SftpSecrets(password="canary-4711")


def test_a_stored_source_comes_back_as_it_was(database: Database, customer: Customer) -> None:
    options = SourceOptions(department="Marketing", fiscal_period="FY2026", currency="USD", mode=ImportMode.REPLACE)
    source_id = add_source(database, customer.id, CONNECTION, SECRETS, name="head office", options=options)
    (source,) = list_sources(database, customer.id)
    assert source == find_source(database, customer.id, source_id)
    assert (source.customer, source.name, source.connection) == ("acme", "head office", CONNECTION)
    assert source.options == options


def test_the_password_stands_nowhere_in_the_row(database: Database, customer: Customer) -> None:
    source_id = add_source(database, customer.id, CONNECTION, SECRETS)
    with database.tenant(customer.id) as session:
        row = session.execute(
            "SELECT s::text, convert_from(secrets, 'UTF8') FROM budget_data_source_config AS s"
        ).fetchone()
    assert row is not None
    assert "canary" not in str(row)
    assert "canary" not in repr(find_source(database, customer.id, source_id))


def test_secrets_copied_to_another_source_do_not_open(database: Database, customer: Customer) -> None:
    add_source(database, customer.id, CONNECTION, SECRETS, name="first")
    second = add_source(database, customer.id, CONNECTION, SftpSecrets(password="other"), name="second")
    with database.tenant(customer.id) as session:
        session.execute(
            "UPDATE budget_data_source_config SET secrets ="
            " (SELECT secrets FROM budget_data_source_config WHERE name = 'first') WHERE name = 'second'"
        )
    with pytest.raises(ConfigurationError, match="another source"):
        open_source(database, find_source(database, customer.id, second))


def test_two_sources_of_one_customer_need_two_names(database: Database, customer: Customer) -> None:
    add_source(database, customer.id, CONNECTION, SECRETS)
    with pytest.raises(ConflictError, match="another name"):
        add_source(database, customer.id, CONNECTION, SECRETS)


def test_a_configuration_that_could_not_be_read_again_is_not_stored(database: Database, customer: Customer) -> None:
    with pytest.raises(ConfigurationError, match="port"):
        add_source(database, customer.id, SftpConfiguration(host="h", username="u", port=0), SECRETS)
    assert list_sources(database, customer.id) == []


def test_another_customer_finds_nothing(database: Database, customer: Customer, other_customer: Customer) -> None:
    source_id = add_source(database, customer.id, CONNECTION, SECRETS)
    assert list_sources(database, other_customer.id) == []
    with pytest.raises(NotFoundError):
        find_source(database, other_customer.id, source_id)


def test_a_source_of_an_earlier_version_is_read_after_the_migration(
    database: Database, customer: Customer, settings: Settings
) -> None:
    """Only SFTP was there, its members were written with underscores, and nothing said the kind."""
    connection = {"host": "sftp.partner.example", "username": "acme", "host_key": "ssh-ed25519 AAAA", "max_bytes": 5}
    stored = {"connection": connection, "fiscal_period": "FY2026", "time_zone": "Europe/Berlin"}
    with database.tenant(customer.id) as session:
        session.execute(
            "INSERT INTO budget_data_source_config (customer_id, name, source_type, configuration)"
            " VALUES (%s, 'old', 'sftp', %s)",
            (customer.id, json.dumps(stored)),
        )
    script = (Path(budget_sync.__file__).parent / "database" / "migrations" / "sql" / "0008_sources.sql").read_text()
    assert settings.database_url is not None
    with psycopg.connect(settings.database_url.get_secret_value()) as owner:
        owner.execute("SET ROLE budget_sync_owner")
        owner.execute(script[script.index("ALTER TABLE budget_data_source_config NO FORCE") :])
    (source,) = list_sources(database, customer.id)
    assert source.connection == SftpConfiguration(
        host="sftp.partner.example", username="acme", host_key="ssh-ed25519 AAAA", max_bytes=5
    )
    assert (source.options.fiscal_period, source.time_zone) == ("FY2026", "Europe/Berlin")


def test_a_schedule_is_kept_with_its_time_zone(database: Database, customer: Customer) -> None:
    add_source(database, customer.id, CONNECTION, SECRETS, cron="0 2 * * *", time_zone="Europe/Berlin")
    (source,) = list_sources(database, customer.id)
    assert (source.cron, source.time_zone) == ("0 2 * * *", "Europe/Berlin")


def test_a_schedule_that_cannot_be_read_is_not_stored(database: Database, customer: Customer) -> None:
    with pytest.raises(ConfigurationError, match="five fields"):
        add_source(database, customer.id, CONNECTION, SECRETS, cron="daily")
    assert list_sources(database, customer.id) == []

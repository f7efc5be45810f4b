"""Sources as they are stored: nothing secret to be seen, nobody else's to be found."""

import pytest

from budget_sync.database import Database
from budget_sync.domain.errors import ConfigurationError, ConflictError, NotFoundError
from budget_sync.domain.fields import ImportMode
from budget_sync.importing.customers import Customer
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


def test_a_schedule_is_kept_with_its_time_zone(database: Database, customer: Customer) -> None:
    add_source(database, customer.id, CONNECTION, SECRETS, cron="0 2 * * *", time_zone="Europe/Berlin")
    (source,) = list_sources(database, customer.id)
    assert (source.cron, source.time_zone) == ("0 2 * * *", "Europe/Berlin")


def test_a_schedule_that_cannot_be_read_is_not_stored(database: Database, customer: Customer) -> None:
    with pytest.raises(ConfigurationError, match="five fields"):
        add_source(database, customer.id, CONNECTION, SECRETS, cron="daily")
    assert list_sources(database, customer.id) == []

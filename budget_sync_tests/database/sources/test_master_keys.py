"""The master key is changed without entering a secret again."""

from uuid import UUID

import pytest
from pydantic import SecretStr

from budget_sync.database import Database
from budget_sync.domain.errors import ConfigurationError
from budget_sync.importing.customers import Customer
from budget_sync.settings import Settings
from budget_sync.sources.administration import add_source
from budget_sync.sources.configuration import find_source, open_source
from budget_sync.sources.master_keys import rotate
from budget_sync.sources.sftp import SftpSource
from budget_sync.sources.sftp_configuration import SftpConfiguration, SftpSecrets

CONNECTION = SftpConfiguration(host="sftp.partner.example", username="acme")
SECRETS = SftpSecrets(password="canary-4711")


def opens(database: Database, customer: Customer, source_id: UUID) -> bool:
    source = open_source(database, find_source(database, customer.id, source_id))
    return isinstance(source, SftpSource) and source._secrets == SECRETS


def with_keys(settings: Settings, current: str, retired: str | None = None) -> Settings:
    keys = {"master_key": SecretStr(current), "retired_master_key": SecretStr(retired) if retired else None}
    return settings.model_copy(update=keys)


def test_after_a_rotation_the_kept_key_is_another_and_everything_opens(
    database: Database, settings: Settings, customer: Customer, other_customer: Customer
) -> None:
    owners = (customer, other_customer)
    sources = [add_source(database, owner.id, CONNECTION, SECRETS) for owner in owners]
    before = settings.secret_bytes("master_key")
    assert rotate(database, [owner.id for owner in owners]) == 2
    assert settings.secret_bytes("master_key") != before
    assert not settings.secret_file("retired_master_key").exists()
    assert settings.secret_file("master_key").stat().st_mode & 0o777 == 0o600
    assert all(opens(database, owner, source) for owner, source in zip(owners, sources, strict=True))


def test_a_rotation_that_stopped_half_way_is_finished_by_the_next(
    database: Database, settings: Settings, customer: Customer, other_customer: Customer
) -> None:
    owners = (customer, other_customer)
    sources = [add_source(database, owner.id, CONNECTION, SECRETS) for owner in owners]

    def stops() -> list[UUID]:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rotate(database, (stops() if owner is other_customer else owner.id for owner in owners))
    assert all(opens(database, owner, source) for owner, source in zip(owners, sources, strict=True))
    assert rotate(database, [owner.id for owner in owners]) == 1
    assert all(opens(database, owner, source) for owner, source in zip(owners, sources, strict=True))
    assert settings.retired_master_key_bytes() is None


def test_configured_keys_are_rotated_from_the_one_before(settings: Settings, customer: Customer) -> None:
    with Database.open(with_keys(settings, "old")) as old:
        source_id = add_source(old, customer.id, CONNECTION, SECRETS)
    with Database.open(with_keys(settings, "new", "old")) as both:
        assert opens(both, customer, source_id)
        assert rotate(both, [customer.id]) == 1
    with Database.open(with_keys(settings, "new")) as new:
        assert opens(new, customer, source_id)
    with Database.open(with_keys(settings, "old")) as old, pytest.raises(ConfigurationError, match="not at hand"):
        opens(old, customer, source_id)


def test_a_configured_key_is_not_rotated_without_the_one_before(settings: Settings, customer: Customer) -> None:
    with Database.open(with_keys(settings, "new")) as new, pytest.raises(ConfigurationError, match="RETIRED"):
        rotate(new, [customer.id])

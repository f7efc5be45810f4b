"""The master keys of an installation, and their rotation: every secret is wrapped anew, none is entered again.

In: ``Settings``, ``Database``. Out: the ``Keyring``, and how many secrets were wrapped anew. A rotation that stopped
half-way is finished by the next; until then both keys open, so nothing that runs has to be stopped.
"""

import os
import secrets
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final
from uuid import UUID

from budget_sync.database import Database
from budget_sync.domain.errors import ConfigurationError
from budget_sync.notification.endpoints import rewrap_secrets
from budget_sync.settings import Settings
from budget_sync.sources.secrets import Keyring, Owner

_KEY_BYTES: Final = 32


def open_keyring(settings: Settings) -> Keyring:
    """The current key, and the retired one while there is one."""
    retired = settings.retired_master_key_bytes()
    current = settings.secret_bytes("master_key")
    return Keyring((current, retired) if retired else (current,))


def rotate(database: Database, customers: Iterable[UUID]) -> int:
    """Wrap the secrets of these customers' sources and webhooks with the new master key; how many these were.

    A key that is kept under ``home`` is made anew, and the old one removed at the end: so it must be all customers.

    Raises:
        ConfigurationError: the key is configured, and the one before is not.
    """
    settings = database.settings
    _begin(settings)
    keyring = open_keyring(settings)
    rewrapped = sum(_rotate_customer(database, keyring, customer_id) for customer_id in customers)
    settings.secret_file("retired_master_key").unlink(missing_ok=True)
    return rewrapped


def _begin(settings: Settings) -> None:
    if settings.master_key is not None:
        if settings.retired_master_key is None:
            raise ConfigurationError(
                "The master key is configured: put the new one into BUDGET_SYNC_MASTER_KEY and the one before into"
                " BUDGET_SYNC_RETIRED_MASTER_KEY, then rotate, then remove the latter."
            )
        return
    settings.secret_bytes("master_key")  # made now, if nothing was ever sealed
    retired, current = settings.secret_file("retired_master_key"), settings.secret_file("master_key")
    if retired.exists():
        return  # an earlier rotation stopped half-way: its keys are the two
    os.link(current, retired)
    _replace(current, secrets.token_bytes(_KEY_BYTES))


def _replace(path: Path, content: bytes) -> None:
    handle, unfinished = tempfile.mkstemp(dir=path.parent)  # mode 0600
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    Path(unfinished).replace(path)


def _rotate_customer(database: Database, keyring: Keyring, customer_id: UUID) -> int:
    rewrapped = 0
    with database.tenant(customer_id) as session:
        rows = session.execute(
            "SELECT id, secrets FROM budget_data_source_config WHERE secrets IS NOT NULL FOR UPDATE"
        ).fetchall()
        for source_id, sealed in rows:
            envelope = bytes(sealed).decode()
            if keyring.is_current(envelope):
                continue
            anew = keyring.rewrap(envelope, Owner(customer_id, source_id))
            session.execute(
                "UPDATE budget_data_source_config SET secrets = %s WHERE id = %s", (anew.encode(), source_id)
            )
            rewrapped += 1
        rewrapped += rewrap_secrets(session, customer_id, keyring)
    return rewrapped

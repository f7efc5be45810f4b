"""Who hears of a customer's events: made, changed and taken away, each with its row in the audit log.

In: a connection whose tenant is set. Out: ``Endpoint``, without its secret, which is shown when it is made or replaced
and never again. For a day after it was replaced the secret before signs, too.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import msgspec
from psycopg.rows import TupleRow

from budget_sync.database import Connection
from budget_sync.database.audit_log import record
from budget_sync.database.rows import only_row
from budget_sync.domain.errors import NotFoundError, StaleVersionError
from budget_sync.notification.events import EventType
from budget_sync.notification.reach import check_url
from budget_sync.notification.sealing import EndpointRow, Sealer
from budget_sync.notification.signing import new_secret

_COLUMNS = "id, url, description, events, active, disabled_because, version, created_at, updated_at, retired_until"
_READ = f"SELECT {_COLUMNS} FROM webhook_endpoint WHERE id = %s"  # noqa: S608  # constants above
_LIST = f"SELECT {_COLUMNS} FROM webhook_endpoint WHERE id > %s ORDER BY id LIMIT %s"  # noqa: S608  # as above
_CREATE = """
INSERT INTO webhook_endpoint (id, customer_id, url, description, events, secret)
VALUES (%s, current_setting('app.customer_id')::uuid, %s, %s, %s, %s)
"""
_CHANGE = """
UPDATE webhook_endpoint SET url = %s, description = %s, events = %s, active = %s,
    disabled_because = CASE WHEN %s THEN NULL ELSE disabled_because END, version = version + 1, updated_at = now()
WHERE id = %s
"""
_ROTATE = """
UPDATE webhook_endpoint SET retired_secret = secret, retired_until = now() + interval '24 hours', secret = %s,
    version = version + 1, updated_at = now()
WHERE id = %s
"""
_SECRETS = """
SELECT secret, CASE WHEN retired_until > clock_timestamp() THEN retired_secret END FROM webhook_endpoint WHERE id = %s
"""
_BEFORE_ALL = UUID(int=0)


class Endpoint(msgspec.Struct, frozen=True, rename="camel"):
    """Where events go. ``disabled_because``: why the program stopped sending.

    ``retired_until``: until when the secret before signs beside the new one; None: there is none.
    """

    id: UUID
    url: str
    description: str
    events: list[EventType]
    active: bool
    disabled_because: str | None
    version: int
    created_at: datetime
    updated_at: datetime
    retired_until: datetime | None


class EndpointWish(msgspec.Struct, frozen=True):
    """How an endpoint shall be."""

    url: str
    events: list[EventType]
    description: str = ""
    active: bool = True


def list_endpoints(connection: Connection, limit: int, after: UUID | None = None) -> list[Endpoint]:
    """The oldest first, from behind ``after``."""
    return [_endpoint(row) for row in connection.execute(_LIST, (after or _BEFORE_ALL, limit)).fetchall()]


def read_endpoint(connection: Connection, endpoint_id: UUID, version: int | None = None) -> Endpoint:
    """One of them; with a version it is locked.

    Raises:
        NotFoundError: the customer has none of this id.
        StaleVersionError: somebody changed it since that version.
    """
    row = connection.execute(_READ if version is None else f"{_READ} FOR UPDATE", (endpoint_id,)).fetchone()
    if row is None:
        raise NotFoundError("There is no such webhook.")
    found = _endpoint(row)
    if version not in (None, found.version):
        raise StaleVersionError("Somebody changed this webhook since you read it. Read it again.")
    return found


def create_endpoint(
    connection: Connection, customer_id: UUID, wish: EndpointWish, sealer: Sealer, actor: str
) -> tuple[Endpoint, str]:
    """A new endpoint, and the secret that its receiver checks signatures with.

    Raises:
        InvalidRequestError: the URL is none.
    """
    check_url(wish.url)
    (endpoint_id,) = only_row(connection.execute("SELECT uuidv7()"))
    secret = new_secret()
    sealed = sealer.seal(secret.encode(), EndpointRow(customer_id, endpoint_id)).encode()
    connection.execute(_CREATE, (endpoint_id, wish.url, wish.description, _values(wish.events), sealed))
    made = read_endpoint(connection, endpoint_id)
    _audit(connection, actor, "webhook.create", made)
    return made, secret


def change_endpoint(
    connection: Connection, endpoint_id: UUID, version: int, wish: EndpointWish, actor: str
) -> Endpoint:
    """As it shall be; one that is switched on again sends what waited.

    Raises:
        NotFoundError, StaleVersionError: as ``read_endpoint``.
        InvalidRequestError: the URL is none.
    """
    check_url(wish.url)
    read_endpoint(connection, endpoint_id, version)
    values = (wish.url, wish.description, _values(wish.events), wish.active, wish.active, endpoint_id)
    connection.execute(_CHANGE, values)
    changed = read_endpoint(connection, endpoint_id)
    _audit(connection, actor, "webhook.change", changed)
    return changed


def replace_secret(
    connection: Connection, customer_id: UUID, endpoint_id: UUID, sealer: Sealer, actor: str
) -> tuple[Endpoint, str]:
    """A new secret; both sign for a day, so that no delivery is refused while the receiver changes its own.

    Raises:
        NotFoundError: the customer has none of this id.
    """
    read_endpoint(connection, endpoint_id)
    secret = new_secret()
    sealed = sealer.seal(secret.encode(), EndpointRow(customer_id, endpoint_id)).encode()
    connection.execute(_ROTATE, (sealed, endpoint_id))
    changed = read_endpoint(connection, endpoint_id)
    _audit(connection, actor, "webhook.rotate_secret", changed)
    return changed, secret


def delete_endpoint(connection: Connection, endpoint_id: UUID, version: int, actor: str) -> None:
    """Take it away, with its deliveries.

    Raises:
        NotFoundError, StaleVersionError: as ``read_endpoint``.
    """
    gone = read_endpoint(connection, endpoint_id, version)
    connection.execute("DELETE FROM webhook_endpoint WHERE id = %s", (endpoint_id,))
    _audit(connection, actor, "webhook.delete", gone)


def signing_secrets(connection: Connection, customer_id: UUID, endpoint_id: UUID, sealer: Sealer) -> list[str]:
    """What signs now: the secret, and for a day the one before."""
    sealed = only_row(connection.execute(_SECRETS, (endpoint_id,)))
    owner = EndpointRow(customer_id, endpoint_id)
    return [sealer.open(bytes(each).decode(), owner).decode() for each in sealed if each is not None]


def rewrap_secrets(connection: Connection, customer_id: UUID, sealer: Sealer) -> int:
    """Wrap the secrets of the customer's endpoints with the current master key; how many were not."""
    rows = connection.execute("SELECT id, secret, retired_secret FROM webhook_endpoint FOR UPDATE").fetchall()
    rewrapped = 0
    for endpoint_id, *sealed in rows:
        envelopes = [None if each is None else bytes(each).decode() for each in sealed]
        if all(each is None or sealer.is_current(each) for each in envelopes):
            continue
        owner = EndpointRow(customer_id, endpoint_id)
        anew = [None if each is None else sealer.rewrap(each, owner).encode() for each in envelopes]
        connection.execute(
            "UPDATE webhook_endpoint SET secret = %s, retired_secret = %s WHERE id = %s", (*anew, endpoint_id)
        )
        rewrapped += 1
    return rewrapped


def _endpoint(row: TupleRow) -> Endpoint:
    endpoint_id, url, description, events, *rest = row
    return Endpoint(endpoint_id, url, description, [EventType(event) for event in events], *rest)


def _values(events: Sequence[EventType]) -> list[str]:
    return list(dict.fromkeys(event.value for event in events))


class _Audited(msgspec.Struct, frozen=True):
    """What the audit log keeps of an endpoint: no secret of it."""

    url: str
    events: list[EventType]
    active: bool


def _audit(connection: Connection, actor: str, action: str, endpoint: Endpoint) -> None:
    details = _Audited(endpoint.url, endpoint.events, endpoint.active)
    record(connection, action, endpoint.id, actor=actor, details=details)

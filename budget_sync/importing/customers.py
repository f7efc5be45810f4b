"""Customers: made and listed by the operator, found by the short name that people type.

In: ``Database``. Out: ``Customer``. A customer's row is seen with that customer's tenant set, like every other row.
What an operator changes is written in the audit log of the customer itself.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import msgspec
import psycopg

from budget_sync.database import Connection, Database
from budget_sync.database.audit_log import record as record_audit
from budget_sync.database.rows import only_row
from budget_sync.domain.errors import ConflictError, InvalidRequestError, NotFoundError, StaleVersionError

_COLUMNS = "id, slug, name, currency, fiscal_year_start, version, created_at, updated_at"
_READ = f"SELECT {_COLUMNS} FROM customer WHERE deleted_at IS NULL"  # noqa: S608 - constants
_CHANGE = f"""
UPDATE customer SET name = %s, currency = %s, fiscal_year_start = %s, version = version + 1, updated_at = now()
WHERE version = %s AND deleted_at IS NULL RETURNING {_COLUMNS}
"""  # noqa: S608 - constants
_DELETE = "UPDATE customer SET deleted_at = now(), version = version + 1 WHERE version = %s AND deleted_at IS NULL"
_MONEY_STANDS = """
SELECT EXISTS (SELECT FROM budget WHERE deleted_at IS NULL AND reserved_amount + committed_amount > actual_spent)
"""
_LINES_EXIST = "SELECT EXISTS (SELECT FROM budget)"
_END_KEYS = "UPDATE api_key SET revoked_at = now(), version = version + 1 WHERE revoked_at IS NULL"
_STOP_SOURCES = "UPDATE budget_data_source_config SET active = false, updated_at = now() WHERE active"


class Customer(msgspec.Struct, frozen=True, rename="camel"):
    """``fiscal_year_start`` is the month, 1 to 12, in which the customer's fiscal year begins."""

    id: UUID
    slug: str
    name: str
    currency: str
    fiscal_year_start: int
    version: int
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class CustomerTerms:
    """What of a customer may change."""

    name: str
    currency: str
    fiscal_year_start: int


def create_customer(
    database: Database,
    slug: str,
    name: str | None = None,
    *,
    currency: str = "EUR",
    fiscal_year_start: int = 1,
    actor: str | None = None,
) -> Customer:
    """Make a customer; the name is the slug where none is given.

    Raises:
        ConflictError: the slug is taken.
        InvalidRequestError: a value does not fit.
    """
    try:
        with database.system() as connection:
            values = (slug, name or slug, currency.upper(), fiscal_year_start)
            (made,) = only_row(connection.execute("SELECT create_customer(%s, %s, %s, %s)", values))
            connection.execute("SELECT set_config('app.customer_id', %s, true)", (str(made),))
            customer = _read(connection)
            _audit(connection, "customer.create", customer, actor)
    except psycopg.errors.UniqueViolation as error:
        raise ConflictError(f"There is a customer {slug!r} already.", slug=slug) from error
    except psycopg.errors.CheckViolation as error:
        raise InvalidRequestError(
            "A customer needs a short name of a-z, 0-9 and '-', a currency such as EUR, and a month from 1 to 12 "
            f"in which its fiscal year starts; got {slug!r}, {currency!r}, {fiscal_year_start}."
        ) from error
    return customer


def get_customer(database: Database, customer_id: UUID) -> Customer:
    """The customer of this id.

    Raises:
        NotFoundError: there is none.
    """
    with database.tenant(customer_id) as connection:
        return _read(connection)


def find_customer(database: Database, name: str) -> Customer:
    """The customer of this slug, or of this id written out.

    Raises:
        NotFoundError: there is none.
    """
    try:
        return get_customer(database, UUID(name))
    except ValueError:
        pass
    with database.system() as connection:
        found = connection.execute("SELECT find_customer(%s)", (name,)).fetchone()
    if found is None or found[0] is None:
        raise NotFoundError(
            f"There is no customer {name!r} in {database.place}. 'budget-sync customer list' shows who there is."
        )
    return get_customer(database, found[0])


def list_customers(database: Database, limit: int | None = None, after: str = "") -> list[Customer]:
    """Customers by slug, those after this one; for the operator. ``limit`` None: all."""
    with database.system() as connection:
        rows = connection.execute(
            'SELECT customer_id FROM list_customers() WHERE customer_slug COLLATE "C" > %s'
            ' ORDER BY customer_slug COLLATE "C" LIMIT %s',
            (after, limit),
        ).fetchall()
    return [get_customer(database, row[0]) for row in rows]


def change_customer(
    database: Database, customer_id: UUID, version: int, terms: CustomerTerms, actor: str | None
) -> Customer:
    """Other terms from now on.

    Raises:
        NotFoundError: there is no such customer.
        StaleVersionError: somebody changed it since.
        ConflictError: the fiscal year would start in another month, and there are lines already.
        InvalidRequestError: a value does not fit.
    """
    with database.tenant(customer_id) as connection:
        before = _read(connection)
        (has_lines,) = only_row(connection.execute(_LINES_EXIST))
        if has_lines and terms.fiscal_year_start != before.fiscal_year_start:
            raise ConflictError(
                "There are budget lines already, whose periods count from the month in which the fiscal year starts.",
                code="fiscal_year_fixed",
            )
        values = (terms.name, terms.currency, terms.fiscal_year_start, version)
        try:
            row = connection.execute(_CHANGE, values).fetchone()
        except psycopg.errors.CheckViolation as error:
            raise InvalidRequestError("A currency is three letters such as EUR, a month 1 to 12.") from error
        if row is None:
            raise _stale(before)
        customer = Customer(*row)
        _audit(connection, "customer.change", customer, actor)
    return customer


def delete_customer(database: Database, customer_id: UUID, version: int, actor: str | None) -> None:
    """Let a customer end: its keys are revoked and its sources stopped; its rows and its short name stay.

    Raises:
        NotFoundError: there is no such customer.
        StaleVersionError: somebody changed it since.
        ConflictError: money is reserved or committed on one of its lines.
    """
    with database.tenant(customer_id) as connection:
        customer = _read(connection)
        (money_stands,) = only_row(connection.execute(_MONEY_STANDS))
        if money_stands:
            raise ConflictError(
                "Money is reserved or committed on this customer's lines. Release or close it first.",
                code="money_stands",
            )
        if not connection.execute(_DELETE, (version,)).rowcount:
            raise _stale(customer)
        connection.execute(_END_KEYS)
        connection.execute(_STOP_SOURCES)
        _audit(connection, "customer.delete", customer, actor)


def _read(connection: Connection) -> Customer:
    row = connection.execute(_READ).fetchone()
    if row is None:
        raise NotFoundError("There is no such customer.")
    return Customer(*row)


def _stale(customer: Customer) -> StaleVersionError:
    return StaleVersionError(
        "Somebody changed this customer since you read it. Read it again.", version=customer.version
    )


class _Audited(msgspec.Struct, frozen=True, rename="camel"):
    """What the audit log keeps of a customer."""

    slug: str
    name: str
    currency: str
    fiscal_year_start: int


def _audit(connection: Connection, action: str, customer: Customer, actor: str | None) -> None:
    details = _Audited(customer.slug, customer.name, customer.currency, customer.fiscal_year_start)
    record_audit(connection, action, customer.id, actor=actor, details=details)

"""Customers: made and listed by the operator, found by the short name that people type.

In: ``Database``. Out: ``Customer``. A customer's row is seen with that customer's tenant set, like every other row.
"""

from uuid import UUID

import msgspec
import psycopg

from budget_sync.database import Database
from budget_sync.database.rows import only_row
from budget_sync.domain.errors import ConflictError, InvalidRequestError, NotFoundError


class Customer(msgspec.Struct, frozen=True, rename="camel"):
    """``fiscal_year_start`` is the month, 1 to 12, in which the customer's fiscal year begins."""

    id: UUID
    slug: str
    name: str
    currency: str
    fiscal_year_start: int


def create_customer(
    database: Database, slug: str, name: str | None = None, *, currency: str = "EUR", fiscal_year_start: int = 1
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
    except psycopg.errors.UniqueViolation as error:
        raise ConflictError(f"There is a customer {slug!r} already.", slug=slug) from error
    except psycopg.errors.CheckViolation as error:
        raise InvalidRequestError(
            "A customer needs a short name of a-z, 0-9 and '-', a currency such as EUR, and a month from 1 to 12 "
            f"in which its fiscal year starts; got {slug!r}, {currency!r}, {fiscal_year_start}."
        ) from error
    return get_customer(database, made)


def get_customer(database: Database, customer_id: UUID) -> Customer:
    """The customer of this id.

    Raises:
        NotFoundError: there is none.
    """
    with database.tenant(customer_id) as connection:
        row = connection.execute("SELECT id, slug, name, currency, fiscal_year_start FROM customer").fetchone()
    if row is None:
        raise NotFoundError("There is no such customer.")
    return Customer(*row)


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
        raise NotFoundError(f"There is no customer {name!r}. 'budget-sync customer list' shows who there is.")
    return get_customer(database, found[0])


def list_customers(database: Database) -> list[Customer]:
    """All customers by slug; for the operator."""
    with database.system() as connection:
        ids = [row[0] for row in connection.execute("SELECT customer_id FROM list_customers()").fetchall()]
    return [get_customer(database, customer_id) for customer_id in ids]

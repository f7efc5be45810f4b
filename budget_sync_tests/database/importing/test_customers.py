"""Customers: made once, found by slug or id, refused where a value does not fit."""

import pytest

from budget_sync.database import Database
from budget_sync.domain.errors import ConflictError, InvalidRequestError, NotFoundError
from budget_sync.importing.customers import create_customer, find_customer, list_customers


def test_a_customer_is_found_by_its_slug_and_by_its_id(database: Database) -> None:
    made = create_customer(database, "acme", "Acme Ltd", currency="gbp", fiscal_year_start=4)
    assert (made.name, made.currency, made.fiscal_year_start) == ("Acme Ltd", "GBP", 4)
    assert find_customer(database, "acme") == made
    assert find_customer(database, str(made.id)) == made
    assert list_customers(database) == [made]


def test_a_slug_is_taken_once(database: Database) -> None:
    create_customer(database, "acme")
    with pytest.raises(ConflictError, match="acme"):
        create_customer(database, "acme")


@pytest.mark.parametrize(("slug", "currency", "start"), [("Ac me", "EUR", 1), ("a", "euro", 1), ("a", "EUR", 13)])
def test_a_value_that_does_not_fit_is_refused(database: Database, slug: str, currency: str, start: int) -> None:
    with pytest.raises(InvalidRequestError):
        create_customer(database, slug, currency=currency, fiscal_year_start=start)


@pytest.mark.parametrize("name", ["nobody", "01990000-0000-7000-8000-000000000000"])
def test_an_unknown_customer_is_said_to_be_unknown(database: Database, name: str) -> None:
    with pytest.raises(NotFoundError):
        find_customer(database, name)

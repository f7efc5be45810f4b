"""What PostgreSQL plans for a customer who is newer than its statistics: along an index, never a sort of all lines.

Of such a customer the planner expects one line, so a plan that would sort them looks free to it.
"""

import re

import psycopg
import pytest
from psycopg import sql

from budget_sync.approval.check import DEPARTMENTS, PLACES
from budget_sync.approval.listing import LineFilter, lines_query
from budget_sync.database import Database
from budget_sync.importing.customers import Customer, create_customer
from budget_sync.settings import Settings

_FILL = """
INSERT INTO budget (customer_id, department, department_key, fiscal_period, currency, budgeted_amount, source)
SELECT %s, name, name, 'FY2025', 'EUR', 1, 'upload'
FROM generate_series(1, 30000) number, LATERAL (SELECT 'dept ' || number) t(name)
"""
Statement = tuple[str | sql.Composed, object]


def fill(database: Database, customer: Customer) -> None:
    with database.tenant(customer.id) as connection:
        connection.execute(_FILL, (customer.id,))


@pytest.fixture
def newcomer(database: Database, settings: Settings, customer: Customer, other_customer: Customer) -> Customer:
    """A customer of 30,000 lines, all younger than the statistics over those of two others."""
    for known in (customer, other_customer):
        fill(database, known)
    assert settings.database_url is not None
    with psycopg.connect(settings.database_url.get_secret_value(), autocommit=True) as administrator:
        administrator.execute("ANALYZE budget")
    new = create_customer(database, "newcomer")
    fill(database, new)
    return new


@pytest.mark.parametrize(
    "statement",
    [
        pytest.param((DEPARTMENTS, None), id="departments that could be meant"),
        pytest.param((PLACES, ("dept 7",)), id="places of a department"),
        pytest.param(lines_query(LineFilter(), 50), id="a page of lines"),
        pytest.param(lines_query(LineFilter(fiscal_period="FY2025"), 50), id="a page of a period"),
    ],
)
def test_a_newcomers_lines_are_found_along_the_index_of_lines(
    database: Database, newcomer: Customer, statement: Statement
) -> None:
    query, parameters = statement
    with database.tenant(newcomer.id) as connection:
        explained = sql.SQL("EXPLAIN ") + (query if isinstance(query, sql.Composed) else sql.SQL(query))
        plan = "\n".join(row[0] for row in connection.execute(explained, parameters).fetchall())
    assert "budget_line" in plan
    assert "budget_blocks" not in plan
    assert re.search("Sort Key: .*department_key", plan) is None

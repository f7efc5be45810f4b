"""The log of checks is kept for as long as was said, for each customer."""

from datetime import timedelta

from budget_sync.approval.forgetting import forget_checks
from budget_sync.database import Database
from budget_sync.importing.customers import Customer

ASKED = """
INSERT INTO budget_check_log (customer_id, asked_at, key_id, department, fiscal_period, amount, available, decision,
                              reason_code)
SELECT %s, now() - day * interval '1 day', 'key', 'Eng', 'FY2025', 1, true, 'approve', 'auto_approved'
FROM generate_series(1, 10) day
"""


def days_left(database: Database, customer: Customer) -> list[int]:
    with database.tenant(customer.id) as connection:
        rows = connection.execute("SELECT extract(day FROM now() - asked_at) FROM budget_check_log ORDER BY 1")
        return [int(row[0]) for row in rows]


def test_old_checks_go_the_oldest_first_and_so_many_at_once(
    database: Database, customer: Customer, other_customer: Customer
) -> None:
    for each in (customer, other_customer):
        with database.tenant(each.id) as connection:
            connection.execute(ASKED, (each.id,))
    week = timedelta(days=7)
    assert forget_checks(database, older_than=week, most_a_customer=2) == 4
    assert days_left(database, customer) == days_left(database, other_customer) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert forget_checks(database, older_than=week, most_a_customer=500) >= 2
    assert forget_checks(database, older_than=week, most_a_customer=500) == 0

"""Budget lines put straight into the table, for tests of what reads them."""

from uuid import UUID

from budget_sync.database import Database
from budget_sync.domain.names import clean_name, fold_name

_INSERT = """
INSERT INTO budget (customer_id, department, sub_category, fiscal_period, line_type, currency, budgeted_amount,
    committed_amount, reserved_amount, state, source, department_key, sub_category_key)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, 'upload', %s, %s) RETURNING id
"""


def add_line(
    database: Database,
    customer_id: UUID,
    name: str,
    amount: str,
    *,
    period: str = "FY2025",
    currency: str = "EUR",
    line_type: str = "expense",
    committed: str = "0",
    reserved: str = "0",
    state: str = "open",
) -> UUID:
    """``Eng/Software`` is a sub-category, ``Eng`` the general line."""
    department, _, sub_category = name.partition("/")
    values = (customer_id, clean_name(department), clean_name(sub_category), period, line_type, currency, amount)
    keys = (fold_name(department), fold_name(sub_category))
    with database.tenant(customer_id) as connection:
        row = connection.execute(_INSERT, (*values, committed, reserved, state, *keys)).fetchone()
    assert row is not None
    added: UUID = row[0]
    return added

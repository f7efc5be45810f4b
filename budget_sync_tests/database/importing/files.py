"""Small files of our own making, and what stands after they were imported."""

from typing import Any

from psycopg import sql

from budget_sync.database import Database
from budget_sync.database.rows import only_row
from budget_sync.importing.customers import Customer
from budget_sync.importing.options import IncomingFile

DEPARTMENTS = ("Engineering", "Marketing", "Sales", "Human Resources", "Finance")
CATEGORIES = ("Software", "Travel", "Training", "Hardware")


def budget_rows(factor: int = 1) -> list[tuple[str, str, str, str]]:
    """Twenty plain budget lines; another factor gives other amounts to the same lines."""
    return [
        (department, category, "FY2025", str((1000 + 100 * first + 10 * second) * factor))
        for first, department in enumerate(DEPARTMENTS)
        for second, category in enumerate(CATEGORIES)
    ]


def budget_csv(rows: list[tuple[str, str, str, str]] | None = None) -> bytes:
    """The rows under the headers that people use most."""
    table = [("Department", "Category", "Fiscal Year", "Budgeted Amount"), *(rows or budget_rows())]
    return "".join(",".join(row) + "\n" for row in table).encode()


def payroll_csv() -> bytes:
    """A payroll: names of people, gross and net pay."""
    rows = [f"E{number:03d},Person {number},{3000 + number}.00,{600 + number}.00,{2400}.00" for number in range(12)]
    return ("Employee ID,Employee Name,Gross Pay,Tax Withheld,Net Pay\n" + "\n".join(rows) + "\n").encode()


def incoming(content: bytes | None = None, name: str = "budget.csv", **details: Any) -> IncomingFile:
    """The file as it arrives."""
    return IncomingFile(name, budget_csv() if content is None else content, **details)


def rows_of(database: Database, customer: Customer, query: str) -> list[tuple[Any, ...]]:
    """What this customer's query answers."""
    with database.tenant(customer.id) as connection:
        return connection.execute(query).fetchall()


def counts_of(database: Database, customer: Customer) -> dict[str, int]:
    """How many rows the load left in each of its tables."""
    tables = ("budget", "budget_revision", "import_line_source", "import_row_error", "import_preview")
    count = sql.SQL("SELECT count(*) FROM {}")
    with database.tenant(customer.id) as connection:
        return {table: only_row(connection.execute(count.format(sql.Identifier(table))))[0] for table in tables}


def total_of(database: Database, customer: Customer) -> int:
    """The sum of all live lines."""
    return int(rows_of(database, customer, "SELECT sum(budgeted_amount) FROM budget WHERE deleted_at IS NULL")[0][0])

"""A small builder of validated lines, and an import to load them under."""

from uuid import UUID

from budget_sync.database import Database
from budget_sync.database.rows import only_row
from budget_sync.loading import LoadOrder, LoadOutcome, load, lock_customer, prepare
from budget_sync.validation.lines import LINE_COLUMNS, LineColumns, RowError, ValidatedLines


def line(
    department: str,
    amount: str,
    *,
    sub_category: str = "",
    period: str = "FY2025",
    line_type: str = "expense",
    currency: str = "EUR",
) -> tuple[str, ...]:
    """One amount of a file, in the order of ``LINE_COLUMNS`` without its place."""
    return (department, sub_category, period, line_type, currency, amount, amount)


def validated(*lines: tuple[str, ...], errors: tuple[RowError, ...] = ()) -> ValidatedLines:
    """The lines as validation hands them on, each in a row of its own below a header."""
    rows = [(number + 1, 3, *values) for number, values in enumerate(lines)]
    columns = list(map(list, zip(*rows, strict=True))) or [[] for _ in LINE_COLUMNS]
    return ValidatedLines(LineColumns(*columns), list(errors), len(lines) + len(errors))  # type: ignore[arg-type]


def load_lines(database: Database, customer_id: UUID, lines: ValidatedLines, *, source: str = "upload") -> LoadOutcome:
    """Load them under a new import of this customer."""
    with database.tenant(customer_id) as connection:
        (import_id,) = only_row(
            connection.execute(
                "INSERT INTO import_history (customer_id, file_name, sha256, size_bytes, source_type)"
                " VALUES (%s, 'lines', 'none', 0, %s) RETURNING id",
                (customer_id, source),
            )
        )
        lock_customer(connection, customer_id)
        return load(connection, LoadOrder(customer_id, import_id, source), prepare([lines]))


def amounts_of(database: Database, customer_id: UUID) -> dict[tuple[str, str, str], str]:
    """What stands: department, sub-category and period with the amount as text."""
    with database.tenant(customer_id) as connection:
        rows = connection.execute(
            "SELECT department, sub_category, fiscal_period, trim_scale(budgeted_amount)::text FROM budget"
            " WHERE deleted_at IS NULL ORDER BY 1, 2, 3"
        ).fetchall()
    return {(row[0], row[1], row[2]): row[3] for row in rows}

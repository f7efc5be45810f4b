"""``import --dry-run``: what an import would load and what it would refuse; nothing is written."""

import click

from budget_sync.cli.import_view import print_control_totals, print_notes, print_row_errors
from budget_sync.cli.plain_text import printable
from budget_sync.domain.defaults import Defaults
from budget_sync.importing.customers import Customer
from budget_sync.importing.options import ImportOptions
from budget_sync.importing.verdict import hindrance
from budget_sync.mapping import understand
from budget_sync.mapping.understanding import UnderstandingRequest
from budget_sync.reading import read_document
from budget_sync.validation import validate


def preview_import(owner: Customer, name: str, content: bytes, options: ImportOptions) -> None:
    """Print the lines and the row errors that an import would have.

    Raises:
        BudgetSyncError: what would keep it from loading.
    """
    defaults = Defaults(
        options.department, options.fiscal_period, options.currency or owner.currency, owner.fiscal_year_start
    )
    understanding = understand(
        read_document(content, name), UnderstandingRequest(sheet=options.sheet, defaults=defaults)
    )
    error = hindrance(understanding.analysis, options)
    if error is not None:
        raise error
    validated = validate(understanding, defaults)
    click.echo(
        f"{printable(name)}: would load {len(validated.frame):,} amounts of {validated.success_rows:,} rows and refuse "
        f"{validated.error_rows:,} rows. Nothing was loaded."
    )
    print_row_errors(validated.errors, validated.error_rows)
    print_control_totals(understanding.analysis.control_totals)
    print_notes([*understanding.analysis.notes, *validated.notes])

"""``import-history`` and ``undo``: what was imported for a customer, and how to take it back."""

import getpass
import sys
from uuid import UUID

import click

from budget_sync.cli.arguments import FOR_CUSTOMER
from budget_sync.cli.installation import open_database


@click.command("import-history", short_help="List what was imported.")
@FOR_CUSTOMER
@click.option("--limit", type=click.IntRange(1, 500), default=20, show_default=True)
def import_history(customer: str, limit: int) -> None:
    """List what was imported for a customer, the newest first, and what became of it."""
    from budget_sync.cli.plain_text import moment, printable
    from budget_sync.cli.terminal import console, new_table
    from budget_sync.importing import Engine
    from budget_sync.importing.customers import find_customer

    with open_database() as database:
        records = Engine(database).history(find_customer(database, customer).id, limit)
    target = console()
    table = new_table(target, "Received", "File", "From", "Taken for", "Rows in", "Refused", "Status", "Id")
    for each in records:
        received = moment(each.received_at)
        rows = (f"{each.stats.success_rows:,}", f"{each.stats.error_rows:,}")
        name, kind = printable(each.file_name), each.file_type or ""
        table.add_row(received, name, each.source_type, kind, *rows, each.status.value, str(each.import_id))
    target.print(table)


@click.command(short_help="Take an import back.")
@FOR_CUSTOMER
@click.argument("import_id", type=click.UUID, metavar="IMPORT")
def undo(customer: str, import_id: UUID) -> None:
    """Take the IMPORT of this id back: its lines are as they were before, but for what was changed since."""
    from budget_sync.cli.import_view import print_result
    from budget_sync.importing import Engine
    from budget_sync.importing.customers import find_customer

    with open_database() as database:
        result = Engine(database).undo(find_customer(database, customer).id, import_id, user=getpass.getuser())
    print_result(result)
    if not result.success:
        click.echo(result.error.message if result.error else f"The undo ended {result.status}.", err=True)
        sys.exit(1)

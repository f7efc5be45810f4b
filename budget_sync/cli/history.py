"""``import-history`` and ``undo``: what was imported for a customer, and how to take it back."""

import getpass
import sys
from typing import TYPE_CHECKING
from uuid import UUID

import click

from budget_sync.cli.arguments import FOR_CUSTOMER
from budget_sync.cli.installation import open_database

if TYPE_CHECKING:
    from collections.abc import Sequence

    from budget_sync.importing.result import ImportRecord


@click.command("import-history", short_help="List what was imported.")
@FOR_CUSTOMER
@click.option("--limit", type=click.IntRange(1, 500), default=20, show_default=True)
@click.option("--waiting", is_flag=True, help="Only what waits for a person, the oldest first, with what it asks.")
def import_history(customer: str, limit: int, *, waiting: bool) -> None:
    """List what was imported for a customer, the newest first, and what became of it."""
    from budget_sync.importing import Engine
    from budget_sync.importing.customers import find_customer

    with open_database() as database:
        engine, customer_id = Engine(database), find_customer(database, customer).id
        records = engine.waiting(customer_id, limit) if waiting else engine.history(customer_id, limit)
    _print_records(records)
    if waiting:
        _print_questions(records)


def _print_records(records: "Sequence[ImportRecord]") -> None:
    from budget_sync.cli.plain_text import moment, printable
    from budget_sync.cli.terminal import console, new_table

    target = console()
    table = new_table(target, "Received", "File", "From", "Taken for", "Rows in", "Refused", "Status", "Id")
    for each in records:
        received = moment(each.received_at)
        rows = (f"{each.stats.success_rows:,}", f"{each.stats.error_rows:,}")
        name, kind = printable(each.file_name), each.file_type or ""
        table.add_row(received, name, each.source_type, kind, *rows, each.status.value, str(each.import_id))
    target.print(table)


def _print_questions(records: "Sequence[ImportRecord]") -> None:
    from budget_sync.cli.plain_text import printable

    for each in records:
        asked = [question.text for question in each.analysis.questions] if each.analysis else []
        for text in asked or [each.error.message if each.error else ""]:
            click.echo(f"{each.import_id}: {printable(text)}")
    click.echo(f"{len(records)} waiting.")


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

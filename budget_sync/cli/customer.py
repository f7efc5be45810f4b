"""``customer add`` and ``customer list``: whose budgets are kept here."""

import click

from budget_sync.cli.arguments import CURRENCY
from budget_sync.cli.installation import open_database


@click.group(short_help="Add and list customers.")
def customer() -> None:
    """Add and list the customers, whose budgets never meet."""


@customer.command(short_help="Add a customer.")
@click.argument("slug")
@click.option("--name", help="The full name; the short one if not given.")
@click.option(
    "--currency",
    type=CURRENCY,
    default="EUR",
    show_default=True,
    metavar="X",
    help="Where files and checks say none (ISO 4217).",
)
@click.option("--fiscal-year-start", type=click.IntRange(1, 12), default=1, show_default=True, help="The first month.")
def add(slug: str, name: str | None, currency: str, fiscal_year_start: int) -> None:
    """Add a customer under a short name (SLUG: a-z, 0-9 and '-') and print its id."""
    from budget_sync.importing.customers import create_customer

    with open_database() as database:
        made = create_customer(database, slug, name, currency=currency, fiscal_year_start=fiscal_year_start)
    click.echo(made.id)


@customer.command("list", short_help="List the customers.")
def list_() -> None:
    """List the customers."""
    from budget_sync.cli.plain_text import printable
    from budget_sync.cli.terminal import console, new_table
    from budget_sync.importing.customers import list_customers

    with open_database() as database:
        customers = list_customers(database)
    target = console()
    table = new_table(target, "Short name", "Name", "Currency", "Fiscal year starts in month", "Id")
    for each in customers:
        table.add_row(each.slug, printable(each.name), each.currency, str(each.fiscal_year_start), str(each.id))
    target.print(table)

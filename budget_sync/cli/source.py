"""``source add``, ``list``, ``test``, ``sync``, ``remove``: servers, buckets and spreadsheets that files come from."""

import sys
from typing import TYPE_CHECKING

import click

from budget_sync.cli import source_add_s3, source_add_sftp, source_add_sheets
from budget_sync.cli.arguments import FOR_CUSTOMER
from budget_sync.cli.installation import open_database
from budget_sync.cli.source_add import add
from budget_sync.domain.errors import NotFoundError

if TYPE_CHECKING:
    from uuid import UUID

    from budget_sync.database import Database
    from budget_sync.sources.configuration import SourceConfiguration


@click.group(short_help="Add, list, test and remove where files come from.")
def source() -> None:
    """Add, list, test, sync and remove the servers, buckets and spreadsheets that files are fetched from."""


for kind in (source_add_sftp.add_sftp, source_add_s3.add_s3, source_add_sheets.add_sheets):
    add.add_command(kind)
source.add_command(add)


@source.command("list", short_help="List the sources of a customer.")
@FOR_CUSTOMER
def list_(customer: str) -> None:
    """List the sources of a customer: where they are, when they were last seen, what went wrong."""
    from budget_sync.cli.plain_text import moment, printable
    from budget_sync.cli.terminal import console, new_table
    from budget_sync.importing.customers import find_customer
    from budget_sync.sources.configuration import list_sources

    with open_database() as database:
        sources = list_sources(database, find_customer(database, customer).id)
    target = console()
    table = new_table(target, "Name", "Where", "Every", "Last seen", "State", "Id")
    for each in sources:
        seen = moment(each.last_sync_at) if each.last_sync_at else "never"
        where = printable(each.connection.describe())
        table.add_row(printable(each.name), where, _rhythm(each), seen, _state(each), str(each.id))
    target.print(table)


@source.command(short_help="Try a source, step by step.")
@FOR_CUSTOMER
@click.argument("name")
def test(customer: str, name: str) -> None:
    """Try the source of this NAME, step by step, and say which one fails."""
    from budget_sync.cli.plain_text import printable
    from budget_sync.importing.customers import find_customer
    from budget_sync.sources.configuration import open_source

    with open_database() as database:
        owner = find_customer(database, customer)
        steps = open_source(database, _find(database, owner.id, name)).test()
    for step in steps:
        mark = click.style("✓", fg="green") if step.passed else click.style("✗", fg="red")
        click.echo(f"{mark} {step.step}  {printable(step.message)}")
    failed = [step for step in steps if not step.passed]
    if failed:
        click.echo(f"The source failed at {failed[0].step}.", err=True)
        sys.exit(1)


@source.command(short_help="Forget a source.")
@FOR_CUSTOMER
@click.argument("name")
def remove(customer: str, name: str) -> None:
    """Forget the source of this NAME, its secrets and which of its files were seen; what it loaded stays.

    To correct a source, remove it and add it anew: what did not change since is not loaded twice.
    """
    from budget_sync.importing.customers import find_customer
    from budget_sync.sources.administration import delete_source

    with open_database() as database:
        owner = find_customer(database, customer)
        found = _find(database, owner.id, name)
        delete_source(database, owner.id, found.id, found.version, actor="command line")
    click.echo(f"The source {found.name} is removed.")


@source.command(short_help="Look at a source now.")
@FOR_CUSTOMER
@click.argument("name")
def sync(customer: str, name: str) -> None:
    """Let the source of this NAME be looked at now, and not only when its time has come.

    Dagster does it, within seconds where it runs ('budget-sync up'). A file is taken once two looks saw it the same.
    """
    from budget_sync.importing.customers import find_customer
    from budget_sync.sources.looks import SourceReference, look_soon

    with open_database() as database:
        owner = find_customer(database, customer)
        found = _find(database, owner.id, name)
        look_soon(database, SourceReference(owner.id, found.id))
    click.echo(f"{name} is due now.")


def _state(configured: "SourceConfiguration") -> str:
    """How the last look went; nothing good is said of a source that was never seen."""
    from budget_sync.cli.plain_text import printable

    if configured.last_error:
        return printable(configured.last_error)
    if not configured.active:
        return "off"
    return "good" if configured.last_sync_at else "not looked at yet"


def _rhythm(configured: "SourceConfiguration") -> str:
    return f"{configured.cron} {configured.time_zone}" if configured.cron else f"{configured.poll_seconds} s"


def _find(database: "Database", customer_id: "UUID", name: str) -> "SourceConfiguration":
    from budget_sync.sources.configuration import list_sources

    for each in list_sources(database, customer_id):
        if name in (each.name, str(each.id)):
            return each
    raise NotFoundError(f"This customer has no source {name!r}. 'budget-sync source list' shows which there are.")

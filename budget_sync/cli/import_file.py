"""``import FILE``: a file of this machine becomes budget lines of a customer, through the same engine as all others."""

import getpass
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from budget_sync.cli.arguments import CURRENCY, FOR_CUSTOMER, PERIOD, read_file
from budget_sync.cli.garbage import collect_seldom
from budget_sync.cli.installation import open_database
from budget_sync.domain.fields import ImportMode

if TYPE_CHECKING:
    from budget_sync.database import Database
    from budget_sync.importing.customers import Customer
    from budget_sync.importing.options import ImportOptions
    from budget_sync.importing.result import ImportResult


@click.command("import", short_help="Import a file for a customer.")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@FOR_CUSTOMER
@click.option("--dry-run", is_flag=True, help="Show what would change and what would be refused; change nothing.")
@click.option("--mode", type=click.Choice([mode.value for mode in ImportMode]), default="upsert", show_default=True)
@click.option(
    "--yes",
    is_flag=True,
    help="You looked at it: import it even if it does not look like a budget, or a question is open.",
)
@click.option("--department", metavar="D", help="Where the file says none.")
@click.option("--period", type=PERIOD, metavar="P", help="Where the file says none: FY2026, FY2026-Q3, 2026-03.")
@click.option("--currency", type=CURRENCY, metavar="X", help="Where the file says none: ISO 4217.")
@click.option("--sheet", help="The sheet of a workbook to take, instead of the one chosen by its content.")
@click.option("--encoding", metavar="E", help="Of a text file, where it is not what its bytes seem: cp1250, utf-16.")
@click.option("--json", "as_json", is_flag=True, help="The result as one line of JSON.")
def import_file(
    file: Path,
    customer: str,
    mode: str,
    department: str | None,
    period: str | None,
    currency: str | None,
    sheet: str | None,
    encoding: str | None,
    *,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Import FILE for a customer, all of it in one transaction, or say why nothing was loaded.

    Bad rows are kept back with their reasons and the others loaded, up to a tenth of the rows.
    """
    from budget_sync.importing.customers import find_customer
    from budget_sync.importing.options import ImportOptions

    options = ImportOptions(
        mode=ImportMode(mode),
        department=department,
        fiscal_period=period,
        currency=currency,
        accept_file_type=yes,
        sheet=sheet,
        dry_run=dry_run,
        confirmed=yes,
        encoding=encoding,
    )
    content = read_file(file)
    with open_database() as database:
        owner = find_customer(database, customer)
        result = _import(database, owner, file.name, content, options)
    _report(result, as_json=as_json)


def _import(
    database: "Database", owner: "Customer", name: str, content: bytes, options: "ImportOptions"
) -> "ImportResult":
    from budget_sync.importing import Engine
    from budget_sync.importing.options import IncomingFile

    collect_seldom()
    incoming = IncomingFile(name, content, source_type="cli", user=getpass.getuser())
    if not sys.stderr.isatty():
        return Engine(database).run(owner.id, incoming, options)
    from budget_sync.cli.progress import Progress

    with Progress() as progress:
        progress.step(f"Importing {len(content):,} bytes")
        return Engine(database).run(owner.id, incoming, options)


def _report(result: "ImportResult", *, as_json: bool) -> None:
    if as_json:
        from budget_sync.cli.json_lines import struct_line

        click.echo(struct_line(result))
    else:
        from budget_sync.cli.import_view import print_result

        print_result(result)
    if not result.success:
        click.echo(result.error.message if result.error else f"The import ended {result.status}.", err=True)
        sys.exit(1)

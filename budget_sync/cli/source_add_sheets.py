"""``source add sheets``: a Google spreadsheet, read by a service account that it is shared with."""

from pathlib import Path

import click

from budget_sync.cli.installation import open_database
from budget_sync.cli.source_add import NewSource, add, source_options


@add.command("sheets", short_help="Add a Google spreadsheet.")
@click.option("--spreadsheet", required=True, metavar="URL", help="Its address, or its id.")
@click.option("--tab", metavar="TITLE", help="One tab; the one of the address, or all of them, if not given.")
@click.option("--tab-id", type=click.IntRange(min=0), metavar="GID", help="The same by number, which outlives titles.")
@click.option(
    "--key-file",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The JSON key of a service account.",
)
@click.option("--endpoint", metavar="URL", help="A gateway to Google's APIs; Google itself if not given.")
@source_options
def add_sheets(
    source: NewSource, spreadsheet: str, tab: str | None, tab_id: int | None, key_file: Path, endpoint: str | None
) -> None:
    """Add a Google spreadsheet that is read for a customer, and print the id of the source.

    Share the spreadsheet with the address of the service account (client_email in its key); Viewer is enough.
    """
    from budget_sync.sources.sheets_configuration import (
        SheetsConfiguration,
        SheetsSecrets,
        read_service_account,
        spreadsheet_of,
    )

    if tab is not None and tab_id is not None:
        raise click.UsageError("Name the tab by --tab or by --tab-id, not by both.")
    named, in_address = spreadsheet_of(spreadsheet)
    number = tab_id if tab_id is not None else in_address if tab is None else None
    secrets = SheetsSecrets(service_account_key=key_file.read_text(encoding="utf-8", errors="replace"))
    account = read_service_account(secrets)
    connection = SheetsConfiguration(spreadsheet=named, tab=tab, tab_id=number, endpoint=endpoint)
    with open_database() as database:
        source.store(database, connection, secrets)
    click.echo(f"Have it shared with {account.client_email}, if it is not yet.", err=True)

"""``key create``, ``revoke`` and ``list``: who may call the service for a customer."""

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import click

from budget_sync.cli.arguments import FOR_CUSTOMER
from budget_sync.cli.installation import open_database

if TYPE_CHECKING:
    from budget_sync.importing.keys import KeyRecord


@click.group(short_help="Create, revoke and list API keys.")
def key() -> None:
    """Create, revoke and list the API keys of a customer."""


@key.command(short_help="Create a key and print it, once.")
@FOR_CUSTOMER
@click.option(
    "--scope", "scopes", multiple=True, metavar="S", help="check, read, import ...; several times for several."
)
@click.option("--label", default="", help="What it is for, as the list shows it.")
@click.option("--days", type=click.IntRange(min=1), help="For how many days it is good; without an end if not given.")
def create(customer: str, scopes: tuple[str, ...], label: str, days: int | None) -> None:
    """Create a key and print it, once: only a digest of it is kept."""
    from budget_sync.importing.customers import find_customer
    from budget_sync.importing.keys import create_key

    chosen = {"scopes": scopes} if scopes else {}
    expires_at = datetime.now(UTC) + timedelta(days=days) if days else None
    with open_database() as database:
        owner = find_customer(database, customer)
        click.echo(create_key(database, owner.id, label=label, expires_at=expires_at, **chosen))
    click.echo("Keep it now: it cannot be shown again.", err=True)


@key.command(short_help="Make a key worthless.")
@FOR_CUSTOMER
@click.argument("key_id")
def revoke(customer: str, key_id: str) -> None:
    """Make the key of this id worthless; the id is the part between the two underscores."""
    from budget_sync.importing.customers import find_customer
    from budget_sync.importing.keys import revoke_key

    with open_database() as database:
        revoke_key(database, find_customer(database, customer).id, key_id)
    click.echo(f"The key {key_id} is revoked.")


@key.command("list", short_help="List the keys of a customer.")
@FOR_CUSTOMER
def list_(customer: str) -> None:
    """List the keys of a customer, newest first, revoked ones too."""
    from budget_sync.cli.plain_text import moment, printable
    from budget_sync.cli.terminal import console, new_table
    from budget_sync.importing.customers import find_customer
    from budget_sync.importing.keys import list_keys

    with open_database() as database:
        keys = list_keys(database, find_customer(database, customer).id)
    target = console()
    table = new_table(target, "Id", "Label", "Scopes", "Created", "State")
    for each in keys:
        row = (each.key_id, printable(each.label), " ".join(each.scopes), moment(each.created_at), _state(each))
        table.add_row(*row)
    target.print(table)


def _state(record: "KeyRecord") -> str:
    from budget_sync.cli.plain_text import moment

    if record.revoked_at:
        return f"revoked {moment(record.revoked_at)}"
    if record.expires_at:
        word = "expired" if record.expires_at <= datetime.now(UTC) else "good until"
        return f"{word} {moment(record.expires_at)}"
    return "good"

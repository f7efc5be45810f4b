"""``secrets rotate``: a new master key for what partners' servers are entered with."""

import click

from budget_sync.cli.installation import open_database


@click.group(short_help="Rotate the master key of the stored secrets.")
def secrets() -> None:
    """Rotate the master key under which the passwords and keys of sources are stored."""


@secrets.command(short_help="Seal all stored secrets under a new master key.")
def rotate() -> None:
    """Seal all stored secrets under a new master key; the old one opens none of them afterwards.

    A key that is kept with the installation is made anew. One from the environment is changed there first: the new one
    in BUDGET_SYNC_MASTER_KEY, the one before in BUDGET_SYNC_RETIRED_MASTER_KEY until this is done.
    """
    from budget_sync.importing.customers import list_customers
    from budget_sync.sources.master_keys import rotate as rotate_secrets

    with open_database() as database:
        rewrapped = rotate_secrets(database, [customer.id for customer in list_customers(database)])
    click.echo(f"{rewrapped} secrets are sealed under the new key.")

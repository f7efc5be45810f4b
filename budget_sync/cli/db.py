"""``db upgrade`` and ``db status``: the tables of the installation."""

import sys

import click

from budget_sync.cli.installation import settings_of_environment


@click.group(short_help="Upgrade the tables, or say what state they are in.")
def db() -> None:
    """Upgrade the tables of the database, or say what state they are in."""


@db.command(short_help="Bring tables and roles to the state that this version needs.")
def upgrade() -> None:
    """Bring tables and roles to the state that this version needs; safe to run twice, and by two at once."""
    from budget_sync.database import migrate

    status = migrate(settings_of_environment())
    click.echo(f"The database is at {status.current}.")


@db.command(short_help="Say which state the tables are in.")
def status() -> None:
    """Say which state the tables are in; exit status 1 where an upgrade is due."""
    from budget_sync.database import migration_status

    found = migration_status(settings_of_environment())
    if found.up_to_date:
        click.echo(f"The database is at {found.current}, as this version needs it.")
        return
    state = f"is at {found.current}" if found.current else "has no tables yet"
    click.echo(f"The database {state}; this version needs {found.newest}.")
    click.echo("Run 'budget-sync db upgrade'.", err=True)
    sys.exit(1)

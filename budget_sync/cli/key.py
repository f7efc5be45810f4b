"""``key create``, ``revoke`` and ``list``: who may call the service for a customer, or as its operator."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import click

from budget_sync.cli.arguments import SCOPE
from budget_sync.cli.installation import open_database

if TYPE_CHECKING:
    from budget_sync.importing.key_records import KeyRecord
    from budget_sync.importing.operators import OperatorKey

_Command = TypeVar("_Command", bound=Callable[..., Any])


def _for_customer_or_operator(command: _Command) -> _Command:
    """The two options that say whose keys are meant."""
    for_customer = click.option("--customer", metavar="C", help="The customer's short name or id.")
    for_operator = click.option("--operator", is_flag=True, help="Keys of operators, which belong to no customer.")
    return for_customer(for_operator(command))


def _named(customer: str | None, operator: bool) -> str | None:
    """The customer, or None for the operators; exactly one of the two is said."""
    if (customer is None) != operator:
        raise click.UsageError("Say either --customer C or --operator.")
    return customer


@click.group(short_help="Create, revoke and list API keys.")
def key() -> None:
    """Create, revoke and list the API keys of a customer."""


@key.command(short_help="Create a key and print it, once.")
@_for_customer_or_operator
@click.option(
    "--scope",
    "scopes",
    type=SCOPE,
    multiple=True,
    metavar="S",
    help="check, read, import ...; several times for several.",
)
@click.option("--label", default="", help="What it is for, as the list shows it.")
@click.option("--days", type=click.IntRange(min=1), help="For how many days it is good; without an end if not given.")
def create(customer: str | None, operator: bool, scopes: tuple[str, ...], label: str, days: int | None) -> None:
    """Create a key and print it, once: only a digest of it is kept.

    A key of a customer asks and acts for that customer. One of an operator makes customers and their keys over HTTP.
    """
    from budget_sync.importing.customers import find_customer
    from budget_sync.importing.keys import create_key
    from budget_sync.importing.operators import create_operator_key

    named = _named(customer, operator)
    if operator and scopes:
        raise click.UsageError("An operator's key has no scopes to choose.")
    chosen = {"scopes": scopes} if scopes else {}
    expires_at = datetime.now(UTC) + timedelta(days=days) if days else None
    with open_database() as database:
        if named is None:
            click.echo(create_operator_key(database, label=label, expires_at=expires_at))
        else:
            owner = find_customer(database, named)
            click.echo(create_key(database, owner.id, label=label, expires_at=expires_at, **chosen))
    click.echo("Keep it now: it cannot be shown again.", err=True)


@key.command(short_help="Make a key worthless.")
@_for_customer_or_operator
@click.argument("key_id")
def revoke(customer: str | None, operator: bool, key_id: str) -> None:
    """Make the key of this id worthless; the id is the part between the two underscores."""
    from budget_sync.importing.customers import find_customer
    from budget_sync.importing.keys import revoke_key
    from budget_sync.importing.operators import revoke_operator_key

    named = _named(customer, operator)
    with open_database() as database:
        if named is None:
            revoke_operator_key(database, key_id)
        else:
            revoke_key(database, find_customer(database, named).id, key_id)
    click.echo(f"The key {key_id} is revoked.")


@key.command("list", short_help="List the keys of a customer.")
@_for_customer_or_operator
def list_(customer: str | None, operator: bool) -> None:
    """List the keys of a customer or of the operators, newest first, revoked ones too."""
    from budget_sync.cli.plain_text import moment, printable
    from budget_sync.cli.terminal import console, new_table
    from budget_sync.importing.customers import find_customer
    from budget_sync.importing.key_text import OPERATOR
    from budget_sync.importing.keys import list_keys
    from budget_sync.importing.operators import list_operator_keys

    named = _named(customer, operator)
    keys: list[tuple[KeyRecord | OperatorKey, str]]
    with open_database() as database:
        if named is None:
            keys = [(each, OPERATOR) for each in list_operator_keys(database)]
        else:
            found = list_keys(database, find_customer(database, named).id)
            keys = [(each, " ".join(each.scopes)) for each in found]
    target = console()
    table = new_table(target, "Id", "Label", "Scopes", "Created", "Last used", "State")
    for each, scopes in keys:
        used = moment(each.last_used_at) if each.last_used_at else ""
        table.add_row(each.key_id, printable(each.label), scopes, moment(each.created_at), used, _state(each))
    target.print(table)


def _state(record: "KeyRecord | OperatorKey") -> str:
    from budget_sync.cli.plain_text import moment

    if record.revoked_at:
        return f"revoked {moment(record.revoked_at)}"
    if record.expires_at:
        word = "expired" if record.expires_at <= datetime.now(UTC) else "good until"
        return f"{word} {moment(record.expires_at)}"
    return "good"

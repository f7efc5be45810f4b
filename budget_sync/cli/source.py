"""``source add``, ``list``, ``test`` and ``sync``: the partners' servers that files are fetched from."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from budget_sync.cli.installation import open_database
from budget_sync.domain.errors import ConfigurationError, NotFoundError

if TYPE_CHECKING:
    from uuid import UUID

    from budget_sync.database import Database
    from budget_sync.sources.configuration import SourceConfiguration
    from budget_sync.sources.sftp_configuration import SftpConfiguration, SftpSecrets

_CUSTOMER = click.option("--customer", required=True, metavar="C", help="The customer's short name or id.")


@click.group(short_help="Add, list and test the servers that files come from.")
def source() -> None:
    """Add, list, test and sync the partners' servers that files are fetched from."""


@source.command(short_help="Add an SFTP server.")
@_CUSTOMER
@click.option("--host", required=True)
@click.option("--port", type=click.IntRange(1, 65535), default=22, show_default=True)
@click.option("--user", required=True)
@click.option("--private-key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A key file.")
@click.option(
    "--host-key", metavar="LINE", help="Its public key, such as 'ssh-ed25519 AAAA...'; asked of it if not given."
)
@click.option("--folder", default=".", show_default=True, help="Where the files lie on the server.")
@click.option("--pattern", "patterns", multiple=True, metavar="P", help="Such as '*.csv'; several times for several.")
@click.option("--recursive", is_flag=True, help="Folders within the folder as well.")
@click.option("--renamed", is_flag=True, help="Files arrive under another name and are renamed when they are whole.")
@click.option("--name", help="How the source is called; the host if not given.")
@click.option("--every", "poll_seconds", type=click.IntRange(min=1), default=60, show_default=True, metavar="SECONDS")
@click.option("--cron", metavar="FIELDS", help="Instead of --every: '0 2 * * *' is two in the morning.")
@click.option("--time-zone", default="UTC", show_default=True, metavar="ZONE", help="The zone that --cron is meant in.")
@click.option("--department", metavar="D", help="What is assumed where a file says no department.")
@click.option("--period", metavar="P", help="What is assumed where a file says no period.")
@click.option("--currency", metavar="X", help="What is assumed where a file says no currency.")
def add(
    customer: str,
    host: str,
    port: int,
    user: str,
    private_key: Path | None,
    host_key: str | None,
    folder: str,
    patterns: tuple[str, ...],
    recursive: bool,
    renamed: bool,
    name: str | None,
    poll_seconds: int,
    cron: str | None,
    time_zone: str,
    department: str | None,
    period: str | None,
    currency: str | None,
) -> None:
    """Add an SFTP server whose files are fetched for a customer, and print its id.

    The password, or the passphrase of the key, is asked for on a terminal and read from standard input otherwise.
    The server's key is pinned: another one is refused from then on.
    """
    from budget_sync.domain.defaults import Defaults
    from budget_sync.importing.customers import find_customer
    from budget_sync.sources.configuration import add_source
    from budget_sync.sources.sftp_configuration import Arrival, SftpConfiguration

    secrets = _secrets(private_key)
    connection = SftpConfiguration(
        host=host,
        port=port,
        username=user,
        host_key=host_key,
        folder=folder,
        recursive=recursive,
        patterns=patterns or ("*",),
        arrival=Arrival.RENAMED if renamed else Arrival.WRITTEN,
    )
    defaults = Defaults(department, period, currency)
    with open_database() as database:
        owner = find_customer(database, customer)
        pinned = _with_host_key(connection)
        made = add_source(
            database,
            owner.id,
            pinned,
            secrets,
            name=name,
            defaults=defaults,
            poll_seconds=poll_seconds,
            cron=cron,
            time_zone=time_zone,
        )
    click.echo(made)


@source.command("list", short_help="List the sources of a customer.")
@_CUSTOMER
def list_(customer: str) -> None:
    """List the sources of a customer: where they are, when they were last seen, what went wrong."""
    from budget_sync.cli.plain_text import printable
    from budget_sync.cli.terminal import console, new_table
    from budget_sync.importing.customers import find_customer
    from budget_sync.sources.configuration import list_sources

    with open_database() as database:
        sources = list_sources(database, find_customer(database, customer).id)
    target = console()
    table = new_table(target, "Name", "Where", "Every", "Last seen", "State", "Id")
    for each in sources:
        place = f"{each.connection.username}@{each.connection.host}:{each.connection.port} {each.connection.folder}"
        seen = each.last_sync_at.strftime("%Y-%m-%d %H:%M UTC") if each.last_sync_at else "never"
        state = printable(each.last_error) if each.last_error else "good" if each.active else "off"
        table.add_row(printable(each.name), printable(place), _rhythm(each), seen, state, str(each.id))
    target.print(table)


@source.command(short_help="Try a source, step by step.")
@_CUSTOMER
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
        click.echo(f"The source failed at {failed[0].step}: {printable(failed[0].message)}", err=True)
        sys.exit(1)


@source.command(short_help="Look at a source now.")
@_CUSTOMER
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


def _rhythm(configured: "SourceConfiguration") -> str:
    return f"{configured.cron} {configured.time_zone}" if configured.cron else f"{configured.poll_seconds} s"


def _find(database: "Database", customer_id: "UUID", name: str) -> "SourceConfiguration":
    from budget_sync.sources.configuration import list_sources

    for each in list_sources(database, customer_id):
        if name in (each.name, str(each.id)):
            return each
    raise NotFoundError(f"This customer has no source {name!r}. 'budget-sync source list' shows which there are.")


def _secrets(private_key: Path | None) -> "SftpSecrets":
    from budget_sync.sources.sftp_configuration import SftpSecrets

    asked = "Passphrase of the key (empty for none)" if private_key else "Password"
    word = click.prompt(asked, hide_input=True, default="", show_default=False) if sys.stdin.isatty() else _first_line()
    if private_key is not None:
        return SftpSecrets(private_key=private_key.read_text(), passphrase=word or None)
    if not word:
        raise ConfigurationError("A password is needed, on standard input, or a key with --private-key.")
    return SftpSecrets(password=word)


def _first_line() -> str:
    return sys.stdin.readline().rstrip("\n")


def _with_host_key(connection: "SftpConfiguration") -> "SftpConfiguration":
    """The connection with a pinned key: the given one, else the one that the server shows and a person accepts."""
    import msgspec

    from budget_sync.sources.sftp_connection import offered_host_key

    if connection.host_key is not None:
        return connection
    offered = offered_host_key(connection)
    click.echo(f"{connection.host} shows the key {offered.fingerprint}.", err=True)
    if not sys.stdin.isatty():
        raise ConfigurationError(f"Compare it with your partner's, then pin it: --host-key '{offered.line}'")
    click.confirm("Is this your partner's key?", abort=True, err=True)
    return msgspec.structs.replace(connection, host_key=offered.line)

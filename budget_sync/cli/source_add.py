"""``source add``: a partner's server, its password from a person or a pipe, its key pinned before anything is sent.

In: where it is and when to look. Out: the id of the new source on standard output.
"""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from budget_sync.cli.arguments import FOR_CUSTOMER
from budget_sync.cli.installation import open_database
from budget_sync.domain.errors import ConfigurationError

if TYPE_CHECKING:
    from budget_sync.sources.protocol import Allowed
    from budget_sync.sources.sftp_configuration import SftpConfiguration, SftpSecrets


@click.command(short_help="Add an SFTP server.")
@FOR_CUSTOMER
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
@click.option(
    "--every",
    "poll_seconds",
    type=click.IntRange(min=1),
    default=None,
    show_default="4 hours",
    metavar="SECONDS",
    help="How often it is looked at; 60 to take files as they arrive.",
)
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
    poll_seconds: int | None,
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
    from budget_sync.importing.customers import find_customer
    from budget_sync.sources.administration import add_source
    from budget_sync.sources.configuration import DEFAULT_POLL_SECONDS, allowed_by
    from budget_sync.sources.options import SourceOptions

    secrets = _secrets(private_key)
    connection = _connection(host, port, user, host_key, folder, patterns, recursive=recursive, renamed=renamed)
    with open_database() as database:
        made = add_source(
            database,
            find_customer(database, customer).id,
            _with_host_key(connection, allowed_by(database)),
            secrets,
            name=name,
            options=SourceOptions(department=department, fiscal_period=period, currency=currency),
            poll_seconds=poll_seconds or DEFAULT_POLL_SECONDS,
            cron=cron,
            time_zone=time_zone,
        )
    click.echo(made)


def _connection(
    host: str,
    port: int,
    user: str,
    host_key: str | None,
    folder: str,
    patterns: tuple[str, ...],
    *,
    recursive: bool,
    renamed: bool,
) -> "SftpConfiguration":
    from budget_sync.sources.sftp_configuration import Arrival, SftpConfiguration

    return SftpConfiguration(
        host=host,
        port=port,
        username=user,
        host_key=host_key,
        folder=folder,
        recursive=recursive,
        patterns=patterns or ("*",),
        arrival=Arrival.RENAMED if renamed else Arrival.WRITTEN,
    )


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


def _with_host_key(connection: "SftpConfiguration", allowed: "Allowed") -> "SftpConfiguration":
    """The connection with a pinned key: the given one, else the one that the server shows and a person accepts."""
    import msgspec

    from budget_sync.sources.sftp_connection import offered_host_key

    if connection.host_key is not None:
        return connection
    offered = offered_host_key(connection, allowed.networks)
    click.echo(f"{connection.host} shows the key {offered.fingerprint}.", err=True)
    if not sys.stdin.isatty():
        raise ConfigurationError(f"Compare it with your partner's, then pin it: --host-key '{offered.line}'")
    click.confirm("Is this your partner's key?", abort=True, err=True)
    return msgspec.structs.replace(connection, host_key=offered.line)

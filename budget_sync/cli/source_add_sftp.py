"""``source add sftp``: a partner's server, its key pinned before anything is sent."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from budget_sync.cli.installation import open_database
from budget_sync.cli.source_add import NewSource, add, ask_secret, source_options
from budget_sync.domain.errors import ConfigurationError

if TYPE_CHECKING:
    from budget_sync.sources.protocol import Allowed
    from budget_sync.sources.sftp_configuration import SftpConfiguration, SftpSecrets


@add.command("sftp", short_help="Add a folder of an SFTP server.")
@click.option("--host", required=True, help="The server's name or address.")
@click.option("--port", type=click.IntRange(1, 65535), default=22, show_default=True)
@click.option("--user", "username", required=True)
@click.option("--private-key", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A key file.")
@click.option(
    "--host-key", metavar="LINE", help="Its public key, such as 'ssh-ed25519 AAAA...'; asked of it if not given."
)
@click.option("--folder", default=".", show_default=True, help="Where the files lie on the server.")
@click.option("--pattern", "patterns", multiple=True, metavar="P", help="Such as '*.csv'; several times for several.")
@click.option("--recursive", is_flag=True, help="Folders within the folder as well.")
@click.option("--renamed", is_flag=True, help="Files arrive under another name and are renamed when they are whole.")
@click.option("--archive-folder", metavar="FOLDER", help="Move a file there once it is loaded; it stays if not given.")
@source_options
def add_sftp(
    source: NewSource,
    private_key: Path | None,
    host_key: str | None,
    patterns: tuple[str, ...],
    *,
    renamed: bool,
    **place: Any,
) -> None:
    """Add a folder of an SFTP server whose files are fetched for a customer, and print the id of the source.

    The password, or the passphrase of the key, is asked for on a terminal and read from standard input otherwise.
    The server's key is pinned: another one is refused from then on.
    """
    from budget_sync.sources.configuration import allowed_by
    from budget_sync.sources.sftp_configuration import Arrival, SftpConfiguration

    secrets = _secrets(private_key)
    connection = SftpConfiguration(
        host_key=host_key,
        patterns=patterns or ("*",),
        arrival=Arrival.RENAMED if renamed else Arrival.WRITTEN,
        **place,
    )
    with open_database() as database:
        source.store(database, _with_host_key(connection, allowed_by(database)), secrets)


def _secrets(private_key: Path | None) -> "SftpSecrets":
    from budget_sync.sources.sftp_configuration import SftpSecrets

    if private_key is not None:
        passphrase = ask_secret("Passphrase of the key (empty for none)", optional=True)
        return SftpSecrets(private_key=private_key.read_text(), passphrase=passphrase or None)
    password = ask_secret("Password")
    if not password:
        raise ConfigurationError("A password is needed, on standard input, or a key with --private-key.")
    return SftpSecrets(password=password)


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

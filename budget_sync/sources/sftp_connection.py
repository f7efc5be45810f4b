"""From a configuration to a logged-in SSH transport, each step named when it fails; the host key is pinned.

Agent and key files of this machine are never used: only what the configuration holds.
"""

from contextlib import closing
from dataclasses import dataclass
from typing import Final

import paramiko

from budget_sync.domain.addresses import AllowedNetworks
from budget_sync.domain.errors import SourceError
from budget_sync.sources.partner_socket import connect
from budget_sync.sources.private_key import read_private_key
from budget_sync.sources.sftp_configuration import SftpConfiguration, SftpSecrets

# An RSA key signs by these; the older ssh-rsa (SHA-1) is not offered.
_RSA_ALGORITHMS: Final = ("rsa-sha2-512", "rsa-sha2-256")


@dataclass(frozen=True, slots=True)
class HostKey:
    """A server's public key: the ``line`` to pin, and the ``fingerprint`` to compare with the partner."""

    line: str
    fingerprint: str


def open_transport(
    configuration: SftpConfiguration, secrets: SftpSecrets, allowed: AllowedNetworks
) -> paramiko.Transport:
    """A transport that is logged in on the server whose key is pinned; the caller closes it.

    Raises:
        SourceError: with the step that failed (resolve, connect, host_key, login) and what to do about it.
    """
    transport = _negotiate(configuration, allowed)
    try:
        _check_host_key(transport, configuration)
        _log_in(transport, configuration, secrets)
    except BaseException:
        transport.close()
        raise
    return transport


def offered_host_key(configuration: SftpConfiguration, allowed: AllowedNetworks) -> HostKey:
    """The key that the server shows now, to be compared with the partner before it is pinned."""
    with closing(_negotiate(configuration, allowed)) as transport:
        return _host_key(transport.get_remote_server_key())


def _host_key(key: paramiko.PKey) -> HostKey:
    return HostKey(f"{key.get_name()} {key.get_base64()}", key.fingerprint)


def _negotiate(configuration: SftpConfiguration, allowed: AllowedNetworks) -> paramiko.Transport:
    """A transport past the key exchange, not yet logged in."""
    wait = configuration.timeout_seconds
    connection = connect(configuration.host, configuration.port, timeout_seconds=wait, allowed=allowed)
    try:
        transport = paramiko.Transport(connection)
        transport.banner_timeout = transport.auth_timeout = transport.channel_timeout = wait
        transport.handshake_timeout = wait
        _prefer_pinned_type(transport, configuration.host_key)
        transport.start_client(timeout=wait)
        transport.get_remote_server_key()  # raises when the exchange was not finished in time
    except (paramiko.SSHException, OSError, EOFError) as error:
        connection.close()
        raise SourceError(
            f"{configuration.host} answers on port {configuration.port}, but not as an SSH server that this program"
            f" can talk to ({error or 'it closed the connection'}).",
            step="connect",
            host=configuration.host,
            port=configuration.port,
        ) from error
    return transport


def _prefer_pinned_type(transport: paramiko.Transport, pinned: str | None) -> None:
    """Servers hold keys of several types: ask for the one that is pinned first."""
    if not pinned:
        return
    kind = pinned.split()[0]
    wanted = _RSA_ALGORITHMS if kind == "ssh-rsa" else (kind,)
    options = transport.get_security_options()
    known = tuple(options.key_types)
    first = tuple(name for name in wanted if name in known)
    options.key_types = first + tuple(name for name in known if name not in first)


def _check_host_key(transport: paramiko.Transport, configuration: SftpConfiguration) -> None:
    key = transport.get_remote_server_key()
    offered = _host_key(key)
    if not configuration.host_key or not configuration.host_key.strip():
        raise SourceError(
            f"The key of {configuration.host} is not known yet. It shows {offered.fingerprint}: compare it with the"
            f" partner, then store it with the source: {offered.line}",
            step="host_key",
            offered=offered.fingerprint,
        )
    if configuration.host_key.split()[:2] != [key.get_name(), key.get_base64()]:
        raise SourceError(
            f"{configuration.host} shows another key than the one stored with this source: {offered.fingerprint}."
            " Either the partner changed the server, or somebody stands in between. Nothing was sent. Ask the partner"
            " before you store the new key.",
            step="host_key",
            offered=offered.fingerprint,
        )


def _log_in(transport: paramiko.Transport, configuration: SftpConfiguration, secrets: SftpSecrets) -> None:
    user = configuration.username
    try:
        if secrets.private_key:
            further = transport.auth_publickey(user, read_private_key(secrets.private_key, secrets.passphrase))
            if further and secrets.password:
                transport.auth_password(user, secrets.password)
        else:
            transport.auth_password(user, secrets.password or "")
    except (paramiko.SSHException, OSError, EOFError) as error:
        means = "key" if secrets.private_key else "password"
        raise SourceError(
            f"{configuration.host} does not let the user {user} in with the stored {means} ({type(error).__name__})."
            f" Check the user name and the {means} with the partner.",
            step="login",
            username=user,
        ) from error
    if not transport.is_authenticated():
        raise SourceError(
            f"{configuration.host} wants more than the stored credentials to let the user {user} in.",
            step="login",
            username=user,
        )

"""The configuration of one SFTP source: the public part, as it is stored and shown, and the secrets beside it."""

import base64
import binascii
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import msgspec

from budget_sync.domain.errors import ConfigurationError
from budget_sync.sources.hidden import Hidden, read_hidden
from budget_sync.sources.protocol import MEBIBYTE, Allowed
from budget_sync.sources.selection import Patterns, patterns_shown

if TYPE_CHECKING:
    from budget_sync.sources.protocol import Source


_LENGTH_BYTES = 4  # RFC 4251, section 5


class Arrival(StrEnum):
    """How the partner's files come into being."""

    WRITTEN = "written"  # straight under their name: taken when they stood still between two looks
    RENAMED = "renamed"  # under another name, then renamed: whole when first seen


class SftpSecrets(Hidden, frozen=True, rename="camel", forbid_unknown_fields=True):
    """A password, or a private key (PEM or OpenSSH text) with its passphrase."""

    password: str | None = None
    private_key: str | None = None
    passphrase: str | None = None


class SftpConfiguration(
    msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True, tag_field="type", tag="sftp"
):
    """The public part. ``host_key`` pins the server: one line as OpenSSH writes it, ``ssh-ed25519 AAAA...``.

    ``patterns`` are shell patterns, matched against the file's name without regard to case. ``recursive``: folders
    within the folder as well, hidden ones left out. ``archive_folder``: where a file is moved to once it is loaded,
    relative to ``folder``; None: it stays. ``timeout_seconds`` bounds every single wait, ``list_seconds`` a whole
    listing, ``fetch_seconds`` the transfer of one file.
    """

    host: Annotated[str, msgspec.Meta(min_length=1, max_length=253)]
    username: Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
    host_key: Annotated[str, msgspec.Meta(max_length=4000)] | None = None
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 22
    folder: Annotated[str, msgspec.Meta(max_length=1000)] = "."
    recursive: bool = False
    patterns: Patterns = ("*",)
    arrival: Arrival = Arrival.WRITTEN
    archive_folder: Annotated[str, msgspec.Meta(min_length=1, max_length=500)] | None = None
    max_bytes: Annotated[int, msgspec.Meta(ge=1, le=1024 * MEBIBYTE)] = 256 * MEBIBYTE
    timeout_seconds: Annotated[float, msgspec.Meta(gt=0, le=120)] = 15.0
    list_seconds: Annotated[float, msgspec.Meta(gt=0, le=120)] = 60.0
    fetch_seconds: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 300.0

    @property
    def suggested_name(self) -> str:
        """How a source without a name is called."""
        return self.host

    @property
    def arrives_whole(self) -> bool:
        """Whether a file is finished when it is first seen."""
        return self.arrival is Arrival.RENAMED

    @property
    def destination(self) -> str:
        """What the secrets are shown to: they are given anew when this changes."""
        return f"{self.username}@{self.host}:{self.port} {self.host_key}"

    def describe(self) -> str:
        """As a URL, with the patterns where there are any."""
        folder = self.folder if self.folder.startswith("/") else f"/~/{self.folder}"
        return f"sftp://{self.username}@{self.host}:{self.port}{folder}{patterns_shown(self.patterns)}"

    def check(self, allowed: Allowed) -> None:  # noqa: ARG002 - every kind is asked in the same way
        """Refuse what could never let us in, before it is stored.

        Raises:
            ConfigurationError: the host key is none.
        """
        if self.host_key is not None and not _is_public_key(self.host_key):
            raise ConfigurationError(
                "The host key is not a whole public key. It is one line, its kind and its letters, as the server's"
                " file ssh_host_ed25519_key.pub or 'ssh-keyscan HOST' (without the host before it) has it. A"
                " fingerprint (SHA256:...) is not enough. Without a host key the command line asks the server for it."
            )

    def secrets_from(self, stored: bytes) -> SftpSecrets:
        """The secrets from their JSON.

        Raises:
            ConfigurationError: they cannot let us in.
        """
        secrets = read_hidden(stored, SftpSecrets)
        if not (secrets.password or secrets.private_key):
            raise ConfigurationError("An SFTP source needs a password or a private key.")
        return secrets

    def open(self, stored: bytes, allowed: Allowed) -> "Source":
        """What lists and fetches."""
        from budget_sync.sources.sftp import SftpSource  # noqa: PLC0415 - paramiko costs 0.2 s, and lists need none

        return SftpSource(self, self.secrets_from(stored), allowed.networks)


def _is_public_key(line: str) -> bool:
    """Whether the line is a kind and a key of it: base64 of strings, each behind its length, the first the kind."""
    kind, _, rest = line.strip().partition(" ")
    try:
        blob = base64.b64decode(rest.strip().partition(" ")[0], validate=True)
    except (binascii.Error, ValueError):
        return False
    strings = []
    while len(blob) >= _LENGTH_BYTES:
        size = int.from_bytes(blob[:_LENGTH_BYTES])
        strings.append(blob[_LENGTH_BYTES : _LENGTH_BYTES + size])
        if len(strings[-1]) != size:
            return False
        blob = blob[_LENGTH_BYTES + size :]
    return not blob and len(strings) > 1 and strings[0] == kind.encode()

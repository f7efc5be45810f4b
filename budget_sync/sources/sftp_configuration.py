"""The configuration of one SFTP source: the public part, as it is stored and shown, and the secrets beside it."""

from enum import StrEnum
from typing import Annotated

import msgspec

MEBIBYTE = 1024 * 1024


class Arrival(StrEnum):
    """How the partner's files come into being."""

    WRITTEN = "written"  # straight under their name: taken when they stood still between two looks
    RENAMED = "renamed"  # under another name, then renamed: whole when first seen


class SftpConfiguration(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The public part. ``host_key`` pins the server: one line as OpenSSH writes it, ``ssh-ed25519 AAAA...``.

    ``patterns`` are shell patterns, matched against the file's name without regard to case. ``recursive``: folders
    within the folder as well, hidden ones left out. ``timeout_seconds`` bounds every single wait, ``list_seconds`` a
    whole listing, ``fetch_seconds`` the transfer of one file.
    """

    host: Annotated[str, msgspec.Meta(min_length=1, max_length=253)]
    username: Annotated[str, msgspec.Meta(min_length=1, max_length=255)]
    host_key: str | None = None
    port: Annotated[int, msgspec.Meta(ge=1, le=65535)] = 22
    folder: str = "."
    recursive: bool = False
    patterns: tuple[str, ...] = ("*",)
    arrival: Arrival = Arrival.WRITTEN
    max_bytes: Annotated[int, msgspec.Meta(ge=1)] = 256 * MEBIBYTE
    timeout_seconds: Annotated[float, msgspec.Meta(gt=0, le=120)] = 15.0
    list_seconds: Annotated[float, msgspec.Meta(gt=0, le=120)] = 60.0
    fetch_seconds: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 300.0


class SftpSecrets(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A password, or a private key (PEM or OpenSSH text) with its passphrase. Never shown: not even by ``repr``."""

    password: str | None = None
    private_key: str | None = None
    passphrase: str | None = None

    def __repr__(self) -> str:
        held = [name for name in self.__struct_fields__ if getattr(self, name) is not None]
        return f"SftpSecrets({', '.join(held)} hidden)"

    __str__ = __repr__

"""Secrets of sources at rest: an AES-256-GCM envelope that opens only in the row it was written for.

Each secret is encrypted with a key of its own, which is wrapped with the master key; the customer and the source are
associated data of both, so that a ciphertext moved to another row does not open. The envelope names the master key
by an id, so that old ones can be retired: ``rewrap`` changes the wrapping and leaves the rest.
"""

import base64
import binascii
import hashlib
import os
from dataclasses import dataclass
from typing import Final, Protocol
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from budget_sync.domain.errors import ConfigurationError

_SCHEME: Final = "bsv1"
_KEY_BYTES: Final = 32
_NONCE_BYTES: Final = 12


class SecretRow(Protocol):
    """The row that a secret belongs to, of whatever table."""

    @property
    def associated_data(self) -> bytes:
        """What binds the ciphertext to the row."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The source that a secret belongs to."""

    customer_id: UUID
    source_id: UUID

    @property
    def associated_data(self) -> bytes:
        """What binds the ciphertext to the row."""
        return b"budget_data_source_config\n" + self.customer_id.bytes + self.source_id.bytes


class Keyring:
    """The master keys: the first seals, all of them open."""

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        """Takes keys of 32 bytes, the current one first.

        Raises:
            ConfigurationError: there is none, or one has another length.
        """
        if not keys or any(len(key) != _KEY_BYTES for key in keys):
            raise ConfigurationError("A master key has 32 bytes, and there must be one.")
        self._keys = {_key_id(key): key for key in keys}
        self._current = _key_id(keys[0])

    def __repr__(self) -> str:
        return f"Keyring(current {self._current}, {len(self._keys)} keys hidden)"

    def seal(self, secret: bytes, owner: SecretRow) -> str:
        """The envelope as text, ready for a column."""
        own_key = AESGCM.generate_key(bit_length=_KEY_BYTES * 8)
        return self._envelope(own_key, _encrypt(own_key, secret, owner), owner)

    def open(self, envelope: str, owner: SecretRow) -> bytes:
        """The secret.

        Raises:
            ConfigurationError: it was written for another row, was changed, or its master key is gone.
        """
        own_key, body = self._unwrap(envelope, owner)
        return _decrypt(own_key, body, owner)

    def rewrap(self, envelope: str, owner: SecretRow) -> str:
        """The same secret under the current master key."""
        return self._envelope(*self._unwrap(envelope, owner), owner)

    def is_current(self, envelope: str) -> bool:
        """Whether the envelope is wrapped with the current master key."""
        return envelope.split(".")[1:2] == [self._current]

    def _envelope(self, own_key: bytes, body: bytes, owner: SecretRow) -> str:
        wrapped = _encrypt(self._keys[self._current], own_key, owner)
        return ".".join((_SCHEME, self._current, _to_text(wrapped), _to_text(body)))

    def _unwrap(self, envelope: str, owner: SecretRow) -> tuple[bytes, bytes]:
        parts = envelope.split(".")
        if len(parts) != 4 or parts[0] != _SCHEME:  # noqa: PLR2004 - scheme, key id, wrapped key, body
            raise ConfigurationError("The stored secret is not in a form that this version knows.")
        master = self._keys.get(parts[1])
        if master is None:
            raise ConfigurationError(
                f"The stored secret needs the master key {parts[1]}, which is not at hand. Give"
                " it as BUDGET_SYNC_RETIRED_MASTER_KEY and rotate, or store the secret anew."
            )
        try:
            wrapped, body = (base64.urlsafe_b64decode(part) for part in parts[2:])
        except (binascii.Error, ValueError) as error:
            raise ConfigurationError(_DAMAGED) from error
        return _decrypt(master, wrapped, owner), body


_DAMAGED: Final = "The stored secret was damaged or belongs to another source or webhook. Store it anew."


def _key_id(key: bytes) -> str:
    return hashlib.sha256(b"budget_sync key id\n" + key).hexdigest()[:8]


def _to_text(binary: bytes) -> str:
    return base64.urlsafe_b64encode(binary).decode()


def _encrypt(key: bytes, plain: bytes, owner: SecretRow) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, owner.associated_data)


def _decrypt(key: bytes, sealed: bytes, owner: SecretRow) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE_BYTES], sealed[_NONCE_BYTES:], owner.associated_data)
    except (InvalidTag, ValueError) as error:
        raise ConfigurationError(_DAMAGED) from error

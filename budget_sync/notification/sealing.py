"""What keeps the secrets of endpoints: a keyring that its caller brings, and the row that binds each of them."""

from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


@dataclass(frozen=True, slots=True)
class EndpointRow:
    """The endpoint that a secret belongs to."""

    customer_id: UUID
    endpoint_id: UUID

    @property
    def associated_data(self) -> bytes:
        """What binds the ciphertext to the row."""
        return b"webhook_endpoint\n" + self.customer_id.bytes + self.endpoint_id.bytes


class Sealer(Protocol):
    """The master keys of the installation."""

    def seal(self, secret: bytes, owner: EndpointRow, /) -> str:
        """The envelope."""

    def open(self, envelope: str, owner: EndpointRow, /) -> bytes:
        """The secret."""

    def rewrap(self, envelope: str, owner: EndpointRow, /) -> str:
        """The same secret under the current key."""

    def is_current(self, envelope: str, /) -> bool:
        """Whether it is under the current key."""

"""API keys as they stand on the wire."""

from datetime import UTC, datetime, timedelta
from typing import Annotated
from uuid import UUID

import msgspec

from api.patterns import PLAIN
from budget_sync.domain.errors import InvalidRequestError
from budget_sync.importing.key_records import KeyRecord, KeyTerms
from budget_sync.importing.key_text import SCOPES

_Label = Annotated[str, msgspec.Meta(max_length=200, pattern=PLAIN)]
_Scopes = Annotated[list[str], msgspec.Meta(min_length=1, max_length=len(SCOPES))]
_Expiry = Annotated[datetime, msgspec.Meta(tz=True)]
_DAY = 24 * 3600


class KeyBody(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """A new key. ``expires_at`` absent: without an end."""

    scopes: _Scopes
    label: _Label = ""
    expires_at: _Expiry | None = None
    customer_id: UUID | None = None

    def terms(self) -> KeyTerms:
        """What the key may do, checked.

        Raises:
            InvalidRequestError: it would end before it began.
        """
        return KeyTerms(_stored(self.label), self.scopes, _future(self.expires_at))


class KeyChange(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """What changes; what is absent stays. ``expires_at`` null: without an end."""

    label: _Label | msgspec.UnsetType = msgspec.UNSET
    scopes: _Scopes | msgspec.UnsetType = msgspec.UNSET
    expires_at: _Expiry | msgspec.UnsetType | None = msgspec.UNSET

    def terms(self, record: KeyRecord) -> KeyTerms:
        """What the key may do then.

        Raises:
            InvalidRequestError: it would have ended already; to end it now, delete it.
        """
        return KeyTerms(
            record.label if self.label is msgspec.UNSET else _stored(self.label),
            record.scopes if self.scopes is msgspec.UNSET else self.scopes,
            record.expires_at if self.expires_at is msgspec.UNSET else _future(self.expires_at),
        )


class RotateBody(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """For how many seconds the old key stays good beside the new one; a day where nothing is said."""

    grace_seconds: Annotated[int, msgspec.Meta(ge=0, le=30 * _DAY)] = _DAY
    customer_id: UUID | None = None

    def grace(self) -> timedelta:
        """The time of grace."""
        return timedelta(seconds=self.grace_seconds)


class KeysPage(msgspec.Struct, frozen=True, rename="camel"):
    """The newest first, revoked ones too; ``next_cursor`` None: it is the last."""

    keys: list[KeyRecord]
    count: int
    next_cursor: str | None
    success: bool = True


def _stored(label: str) -> str:
    """The label as PostgreSQL takes it.

    Raises:
        InvalidRequestError: it holds a lone surrogate.
    """
    try:
        label.encode()
    except UnicodeEncodeError as error:
        raise InvalidRequestError("label holds a character that is none.", field="label") from error
    return label


def _future(moment: datetime | None) -> datetime | None:
    if moment is not None and moment <= datetime.now(UTC):
        raise InvalidRequestError("expiresAt must lie ahead. To end a key now, delete it.", field="expiresAt")
    return moment

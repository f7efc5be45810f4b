"""API keys as they look, for the OpenAPI document."""

from typing import Any

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

from api.keys.schemas import KeysPage
from budget_sync.importing.key_records import KeyRecord, MadeKey

_RECORD: dict[str, Any] = {
    "id": "0198a9c4-0000-7000-8000-0000000000e1",
    "keyId": "5f0c1d2e3b4a",
    "label": "Purchasing",
    "scopes": ["check", "reserve"],
    "createdBy": "9d1b6c0a7e42",
    "createdAt": "2025-01-15T09:30:00Z",
    "expiresAt": None,
    "revokedAt": None,
    "version": 1,
    "useCount": 1204,
    "lastUsedAt": "2025-03-01T16:20:11Z",
}
_MADE = {"key": "bsk_5f0c1d2e3b4a_" + "0" * 48, "record": _RECORD | {"useCount": 0, "lastUsedAt": None}}

KEY_BODIES = [Example(id="purchasing", value={"label": "Purchasing", "scopes": ["check", "reserve"]})]
KEY_CHANGES = [Example(id="until", value={"expiresAt": "2027-12-31T23:59:59Z"})]
ROTATIONS = [Example(id="hour", value={"graceSeconds": 3600})]
_PAGE = Example(
    id="keys", summary="One key", value={"keys": [_RECORD], "count": 1, "nextCursor": None, "success": True}
)
KEYS = {200: ResponseSpec(KeysPage, generate_examples=False, description="The keys", examples=[_PAGE])}
KEY = {
    200: ResponseSpec(
        KeyRecord,
        generate_examples=False,
        description="The key, without its secret",
        examples=[Example(id="key", summary="The key", value=_RECORD)],
    )
}
MADE_KEY = {
    201: ResponseSpec(
        MadeKey,
        generate_examples=False,
        description="The key, this once",
        examples=[Example(id="made", summary="A new key", value=_MADE)],
    )
}

"""The audit log as it looks, for the OpenAPI document."""

from typing import Any

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

from api.audit.schemas import AuditPage

_ROW: dict[str, Any] = {
    "id": 4711,
    "at": "2025-01-15T09:30:00Z",
    "actor": "5f0c1d2e3b4a",
    "action": "key.revoke",
    "subject": "0198a9c4-0000-7000-8000-0000000000e1",
    "details": {"keyId": "9d1b6c0a7e42", "label": "Purchasing", "scopes": ["check"], "expiresAt": None},
}
_PAGE = {"entries": [_ROW], "count": 1, "nextCursor": None, "success": True}
AUDIT = {
    200: ResponseSpec(
        AuditPage,
        generate_examples=False,
        description="What was done",
        examples=[Example(id="audit", summary="One row", value=_PAGE)],
    )
}

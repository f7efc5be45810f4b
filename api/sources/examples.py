"""Sources as they look, for the OpenAPI document."""

from typing import Any

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

from api.sources.schemas import SourcesPage, SourceView, SyncAnswer, TestAnswer

_GIVEN = "what the partner gave"
_ID = "0198a9c4-0000-7000-8000-0000000000f1"
_SFTP: dict[str, Any] = {
    "type": "sftp",
    "host": "sftp.partner.example",
    "username": "acme",
    "hostKey": "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJUpE1hKiJWZVlVbPBJxqf4XhsRzTmkvKBz5WkrGUM2L",
    "folder": "out/budgets",
    "patterns": ["*.csv", "*.xlsx"],
}
_SCHEDULE = {"everySeconds": None, "cron": "0 2 * * *", "timeZone": "Europe/Berlin"}
_SOURCE: dict[str, Any] = {
    "id": _ID,
    "name": "head office",
    "type": "sftp",
    "where": "sftp://acme@sftp.partner.example:22/~/out/budgets (*.csv, *.xlsx)",
    "active": True,
    "connection": _SFTP,
    "schedule": _SCHEDULE,
    "options": {"namePeriod": "plan_{year}{month}*"},
    "lastSyncAt": "2025-01-15T02:00:03Z",
    "lastError": None,
    "consecutiveFailures": 0,
    "version": 1,
    "createdAt": "2025-01-14T09:30:00Z",
    "updatedAt": "2025-01-14T09:30:00Z",
    "success": True,
}
_BUCKET = {"type": "s3", "bucket": "acme-budgets", "region": "eu-central-1", "prefix": "out/"}
_SHEET = {"type": "sheets", "spreadsheet": "1aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789abcd", "tabId": 0}
SOURCE_BODIES = [
    Example(
        id="sftp",
        summary="A folder of an SFTP server",
        value={
            "name": "head office",
            "connection": _SFTP,
            "secrets": {"password": _GIVEN},
            "schedule": {"cron": "0 2 * * *", "timeZone": "Europe/Berlin"},
            "options": {"namePeriod": "plan_{year}{month}*"},
        },
    ),
    Example(
        id="s3",
        summary="An S3 bucket",
        value={
            "connection": _BUCKET,
            "secrets": {"accessKeyId": "AKIAIOSFODNN7EXAMPLE", "secretAccessKey": _GIVEN},
            "schedule": {"everySeconds": 300},
        },
    ),
    Example(
        id="sheets",
        summary="A Google spreadsheet",
        value={"connection": _SHEET, "secrets": {"serviceAccountKey": '{"type": "service_account", "...": "..."}'}},
    ),
]
SOURCE_CHANGES = [
    Example(id="pause", summary="Look no more", value={"active": False}),
    Example(id="secrets", summary="A new password", value={"secrets": {"password": _GIVEN}}),
]
_PAGE = {"sources": [_SOURCE], "count": 1, "nextCursor": None, "success": True}
SOURCES = {
    200: ResponseSpec(
        SourcesPage,
        generate_examples=False,
        description="The sources",
        examples=[Example(id="sources", summary="One source", value=_PAGE)],
    )
}
_PASSED = [{"step": step, "passed": True, "message": "ok"} for step in ("resolve", "connect", "host_key")]
_REFUSED = {
    "step": "login",
    "passed": False,
    "message": "sftp.partner.example does not let the user acme in with the stored password (AuthenticationException)."
    " Check the user name and the password with the partner.",
}
TESTED = {
    200: ResponseSpec(
        TestAnswer,
        generate_examples=False,
        description="The steps, up to the first that failed",
        examples=[
            Example(
                id="login",
                summary="The password is wrong",
                value={"steps": [*_PASSED, _REFUSED], "failedStep": "login", "success": False},
            )
        ],
    )
}
SYNCED = {
    202: ResponseSpec(
        SyncAnswer,
        generate_examples=False,
        description="It is due",
        examples=[Example(id="due", summary="It is due", value={"sourceId": _ID, "success": True})],
    )
}


def source_answer(status: int) -> dict[int, ResponseSpec]:
    """One source."""
    example = Example(id="source", summary="The source", value=_SOURCE)
    return {status: ResponseSpec(SourceView, generate_examples=False, description="The source", examples=[example])}

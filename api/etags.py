"""A version as an ETag, and back from If-Match: of two people who change a thing at once, the second is told."""

import re
from typing import Any

from litestar import Request

from budget_sync.domain.errors import InvalidRequestError

_CONTENT_TAG = re.compile(r'"([0-9a-f]{16})"')
_TAG = re.compile(r'"([1-9][0-9]{0,8})"')


def etag(version: int) -> dict[str, str]:
    """The header that names a version."""
    return {"ETag": f'"{version}"'}


def content_etag(tag: str) -> dict[str, str]:
    """The header that names what a thing says, where it has no version."""
    return {"ETag": f'"{tag}"'}


def wanted_tag(request: Request[Any, Any, Any]) -> str:
    """What the thing said when the caller read it.

    Raises:
        InvalidRequestError: If-Match is missing, or no ETag of ours.
    """
    match = _CONTENT_TAG.fullmatch(request.headers.get("if-match", ""))
    if match is None:
        raise _no_tag()
    return match[1]


def wanted_version(request: Request[Any, Any, Any]) -> int:
    """The version that the caller read.

    Raises:
        InvalidRequestError: If-Match is missing, or no ETag of ours.
    """
    match = _TAG.fullmatch(request.headers.get("if-match", ""))
    if match is None:
        raise _no_tag()
    return int(match[1])


def _no_tag() -> InvalidRequestError:
    return InvalidRequestError("Send If-Match with the ETag that you read.", field="If-Match")

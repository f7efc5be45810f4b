"""What a multipart form may hold, judged before the framework decodes it.

In: the body as it comes. Out: the same body, or a refusal. Litestar decodes a text member with whatever codec its part
names: 2 MB of ``charset=punycode`` kept the whole worker busy for 44 seconds.
"""

from collections.abc import AsyncGenerator
from typing import Any

from litestar import Request
from litestar.exceptions import ClientException
from multipart import MultipartError, MultipartSegment, PushMultipartParser  # type: ignore[import-untyped]  # it ships no types

from budget_sync.domain.errors import InvalidRequestError

LONGEST_MEMBER = 65_536  # bytes; files are as long as the body may be
FORM_PARTS = 10
_CHARSETS = ("utf-8", "utf8", "us-ascii")


class GuardedRequest(Request[Any, Any, Any]):
    """A request whose form holds text in UTF-8 and of bounded length, and files."""

    async def stream(self) -> AsyncGenerator[bytes, None]:
        """The body in chunks; of a form, each was looked at before it is handed on.

        Raises:
            InvalidRequestError: a text member names another charset, or is too long.
            ClientException: the form is malformed.
        """
        guard = FormGuard(self.content_type[1].get("boundary", "")) if self._is_form() else None
        async for chunk in super().stream():
            if guard is not None:
                guard.look_at(chunk)
            yield chunk

    def _is_form(self) -> bool:
        return self.content_type[0] == "multipart/form-data"


class FormGuard:
    """Follows one form, chunk after chunk."""

    def __init__(self, boundary: str) -> None:
        self._parser = PushMultipartParser(boundary.encode(), max_segment_count=FORM_PARTS) if boundary else None
        self._room = LONGEST_MEMBER
        self._in_text = False

    def look_at(self, chunk: bytes) -> None:
        """Nothing where the form so far is one that may be read.

        Raises:
            InvalidRequestError: a text member names another charset, or is too long.
            ClientException: the form is malformed.
        """
        if self._parser is None or not chunk or self._parser.closed:
            return
        try:
            for part in self._parser.parse(chunk):
                self._judge(part)
        except MultipartError as error:
            raise ClientException("Invalid multipart/form-data") from error

    def _judge(self, part: MultipartSegment | bytearray | None) -> None:
        if isinstance(part, MultipartSegment):
            self._in_text = not part.filename
            self._room = LONGEST_MEMBER
            if self._in_text and (part.charset or "utf-8").lower() not in _CHARSETS:
                raise InvalidRequestError(f"The member {part.name[:40]!r} of the form must be UTF-8.", field="charset")
        elif part and self._in_text:
            self._room -= len(part)
            if self._room < 0:
                raise InvalidRequestError(f"A text member of the form is longer than {LONGEST_MEMBER} bytes.")

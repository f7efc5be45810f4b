"""The demo's own caller of the service: over HTTP with an API key, as an approval tool would.

In: the service's address and a key. Out: the answers as the structs that the service wrote them from.
"""

from http.client import HTTPConnection, HTTPException
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID

import msgspec

from budget_sync.approval.answer import CheckAnswer
from budget_sync.approval.listing import ListedLine
from budget_sync.approval.request import CheckRequest
from budget_sync.domain.errors import ServiceAnswerError

T = TypeVar("T")
_OK = 200
_SECONDS = 10.0


class _Page(msgspec.Struct, frozen=True):
    budgets: list[ListedLine]


class ServiceClient:
    """Calls with one key; each call is a connection of its own."""

    def __init__(self, host: str, port: int, key: str) -> None:
        self._host, self._port = host, port
        self._headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/json"}

    def some_lines(self, import_id: UUID, limit: int) -> list[ListedLine]:
        """The first budget lines that this import wrote last."""
        query = urlencode({"importId": str(import_id), "limit": limit})
        return self._call("GET", f"/api/budgets?{query}", None, _Page).budgets

    def check(self, request: CheckRequest) -> CheckAnswer:
        """The answer to a check."""
        return self._call("POST", "/api/budget/check", check_body(request), CheckAnswer)

    def _call(self, method: str, path: str, body: bytes | None, answer: type[T]) -> T:
        connection = HTTPConnection(self._host, self._port, timeout=_SECONDS)
        try:
            connection.request(method, path, body, self._headers)
            response = connection.getresponse()
            content = response.read()
        except (OSError, HTTPException) as error:
            raise ServiceAnswerError(f"The service did not answer {method} {path}: {error}") from error
        finally:
            connection.close()
        if response.status != _OK:
            shown = content[:500].decode(errors="replace")
            raise ServiceAnswerError(f"The service answered {method} {path} with {response.status}: {shown}")
        return msgspec.json.decode(content, type=answer)


def check_body(request: CheckRequest) -> bytes:
    """The question as JSON; what is not said is left out."""
    question = {
        "department": request.department,
        "subCategory": request.sub_category,
        "fiscalPeriod": str(request.fiscal_period),
        "amount": request.amount,
        "currency": request.currency,
    }
    said = {name: value for name, value in question.items() if value is not None}
    return msgspec.json.Encoder(decimal_format="number").encode(said)

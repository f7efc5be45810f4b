"""Google as a source meets it: the token endpoint, Drive v3 and Sheets v4, over HTTP in a thread of its own.

Strict about what is sent: the signature and the claims of the assertion, the token, the fields, the ranges. Answers and
errors have the shapes that Google's have. One service account, one spreadsheet, and the misbehaviour one asks for.
"""

import base64
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from budget_sync.sources.sheets_configuration import SheetsConfiguration, SheetsSecrets

ACCOUNT = "budget-sync@acme.iam.gserviceaccount.com"
SPREADSHEET = "1aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789-_abcd"
_SCOPES = {
    "https://www.googleapis.com/auth/spreadsheets.readonly",
    "https://www.googleapis.com/auth/drive.metadata.readonly",
}
_TAB_FIELDS = "properties(title),sheets(properties(sheetId,title,sheetType,hidden))"

QUOTA_OF_SHEETS = (
    429,
    {
        "code": 429,
        "message": "Quota exceeded for quota metric 'Read requests' and limit 'Read requests per minute per user' of"
        " service 'sheets.googleapis.com' for consumer 'project_number:1'.",
        "status": "RESOURCE_EXHAUSTED",
        "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "RATE_LIMIT_EXCEEDED"}],
    },
)
QUOTA_OF_DRIVE = (
    403,
    {
        "code": 403,
        "message": "User Rate Limit Exceeded",
        "errors": [{"domain": "usageLimits", "reason": "userRateLimitExceeded", "message": "User Rate Limit Exceeded"}],
    },
)
NOT_SHARED = (
    403,
    {"code": 403, "message": "The caller does not have permission", "status": "PERMISSION_DENIED"},
)
NOT_ENABLED = (
    403,
    {
        "code": 403,
        "message": "Google Sheets API has not been used in project 1 before or it is disabled.",
        "status": "PERMISSION_DENIED",
        "details": [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "SERVICE_DISABLED"}],
    },
)
UNAVAILABLE = (503, {"code": 503, "message": "The service is currently unavailable.", "status": "UNAVAILABLE"})
_NO_TOKEN = (
    401,
    {"code": 401, "message": "Request had invalid authentication credentials.", "status": "UNAUTHENTICATED"},
)
_NOT_FOUND = (
    404,
    {
        "code": 404,
        "message": "File not found: x.",
        "errors": [{"domain": "global", "reason": "notFound", "message": "File not found: x."}],
    },
)


@cache
def _key() -> RSAPrivateKey:
    return generate_private_key(65537, 2048)


def key_file(email: str = ACCOUNT) -> str:
    """The key file as the console gives it; its address of tokens is somebody else's, and is not to be followed."""
    pem = _key().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    content = {"type": "service_account", "client_email": email, "private_key": pem, "private_key_id": "k1"}
    return json.dumps(content | {"token_uri": "https://attacker.example/token", "project_id": "acme"})


SECRETS = SheetsSecrets(service_account_key=key_file())


def number(value: float, kind: str = "", pattern: str = "", shown: str = "") -> dict[str, Any]:
    """A cell with a number, as the API writes it."""
    shape: dict[str, str] = {"type": kind} if kind else {}
    formats = {"effectiveFormat": {"numberFormat": shape | ({"pattern": pattern} if pattern else {})}} if kind else {}
    return {"effectiveValue": {"numberValue": value}, "formattedValue": shown} | formats


def text(value: str) -> dict[str, Any]:
    """A cell with a text."""
    return {"effectiveValue": {"stringValue": value}, "formattedValue": value}


def failed(kind: str) -> dict[str, Any]:
    """A cell whose formula came to an error."""
    return {"effectiveValue": {"errorValue": {"type": kind, "message": "x"}}, "formattedValue": "#ERROR"}


def tab(title: str, rows: list[list[dict[str, Any]]], number: int = 0, **properties: Any) -> dict[str, Any]:
    """A tab as ``spreadsheets.get`` gives it; what is zero or false is left out there."""
    shown = {"title": title, "sheetType": "GRID"} | ({"sheetId": number} if number else {}) | properties
    return {"properties": shown, "data": [{"rowData": [{"values": row} for row in rows]}]}


@dataclass
class Google:
    """The server and what one may ask of it while it runs.

    ``answers``: what the next calls of the two APIs get, before the spreadsheet itself. ``clock``: how far Google's
    clock is ahead of ours. ``lifetime``: seconds for which a token is good.
    """

    tabs: list[dict[str, Any]] = field(default_factory=list)
    title: str = "Budget 2026"
    modified: datetime = datetime(2026, 1, 2, 3, 4, 5, 678000, UTC)
    answers: list[tuple[int, dict[str, Any]]] = field(default_factory=list)
    retry_after: str | None = None
    clock: timedelta = timedelta()
    on_read: Any = None
    tokens: set[str] = field(default_factory=set)
    calls: list[str] = field(default_factory=list)
    port: int = 0

    @property
    def endpoint(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.port}"

    def configuration(self, **changes: Any) -> SheetsConfiguration:
        """A configuration that fits."""
        fitting = {"spreadsheet": SPREADSHEET, "endpoint": self.endpoint, "timeout_seconds": 5.0}
        return SheetsConfiguration(**(fitting | changes))

    def edit(self, tabs: list[dict[str, Any]]) -> None:
        """Somebody writes into the spreadsheet."""
        self.tabs, self.modified = tabs, self.modified + timedelta(minutes=1)

    def answer(self, method: str, address: str, headers: Any, body: bytes) -> tuple[int, dict[str, Any]]:
        """One call."""
        parts = urlsplit(address)
        asked = parse_qs(parts.query)
        self.calls.append(f"{method} {parts.path}")
        if (method, parts.path) == ("POST", "/token"):
            return self._token(parse_qs(body.decode()))
        if headers.get("Authorization", "").removeprefix("Bearer ") not in self.tokens:
            return _error(_NO_TOKEN)
        if self.answers:
            return _error(self.answers.pop(0))
        if (method, parts.path) == ("GET", f"/drive/v3/files/{SPREADSHEET}"):
            return self._drive(asked)
        if (method, parts.path) == ("GET", f"/v4/spreadsheets/{SPREADSHEET}"):
            return self._sheets(asked)
        return _error(_NOT_FOUND)

    def _token(self, form: dict[str, list[str]]) -> tuple[int, dict[str, Any]]:
        assert form["grant_type"] == ["urn:ietf:params:oauth:grant-type:jwt-bearer"]
        head, claims, signature = form["assertion"][0].split(".")
        try:
            _key().public_key().verify(_decoded(signature), f"{head}.{claims}".encode(), PKCS1v15(), SHA256())
        except InvalidSignature:
            return 400, {"error": "invalid_grant", "error_description": "Invalid JWT Signature."}
        said = json.loads(_decoded(claims))
        if said["iss"] != ACCOUNT:
            return 400, {"error": "invalid_grant", "error_description": "Invalid grant: account not found"}
        assert (said["aud"], set(said["scope"].split())) == ("https://oauth2.googleapis.com/token", _SCOPES)
        now = (datetime.now(UTC) + self.clock).timestamp()
        if not said["iat"] - 300 <= now <= said["exp"]:
            words = "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check"
            return 400, {"error": "invalid_grant", "error_description": f"{words} your iat and exp values."}
        token = f"ya29.{len(self.calls)}"
        self.tokens.add(token)
        return 200, {"access_token": token, "expires_in": 3599, "token_type": "Bearer"}

    def _drive(self, asked: dict[str, list[str]]) -> tuple[int, dict[str, Any]]:
        assert asked["supportsAllDrives"] == ["True"]
        shown = {"id": SPREADSHEET, "name": self.title, "createdTime": "2025-12-01T00:00:00.000Z"}
        modified = self.modified.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        everything = shown | {"modifiedTime": modified, "kind": "drive#file"}
        return 200, {name: everything[name] for name in asked["fields"][0].split(",")}

    def _sheets(self, asked: dict[str, list[str]]) -> tuple[int, dict[str, Any]]:
        if "includeGridData" not in asked:
            assert asked["fields"] == [_TAB_FIELDS]
            shown = [{"properties": each["properties"]} for each in self.tabs]
            return 200, {"properties": {"title": self.title}, "sheets": shown}
        assert "rowData(values(effectiveValue,formattedValue,effectiveFormat(numberFormat)))" in asked["fields"][0]
        titles = ["'" + each["properties"]["title"].replace("'", "''") + "'" for each in self.tabs]
        if unknown := set(asked["ranges"]) - set(titles):
            message = f"Unable to parse range: {min(unknown)}"
            return _error((400, {"code": 400, "message": message, "status": "INVALID_ARGUMENT"}))
        read = [each for each, title in zip(self.tabs, titles, strict=True) if title in asked["ranges"]]
        if self.on_read is not None:
            self.on_read()
        return 200, {"sheets": read}


def _error(answer: tuple[int, dict[str, Any]]) -> tuple[int, dict[str, Any]]:
    return answer[0], {"error": answer[1]}


def _decoded(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


@contextmanager
def running_google(google: Google) -> Iterator[Google]:
    """Serves until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self._answer()

        def do_POST(self) -> None:
            self._answer()

        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, content = google.answer(self.command, self.path, self.headers, body)
            encoded = json.dumps(content).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json; charset=UTF-8")
            self.send_header("Content-Length", str(len(encoded)))
            if status == 429 and google.retry_after is not None:
                self.send_header("Retry-After", google.retry_after)
            self.end_headers()
            self.wfile.write(encoded)

        def log_message(self, *_: Any) -> None:
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", google.port), Handler)
    google.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield google
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()

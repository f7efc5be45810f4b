"""A partner's S3 store: moto's server over HTTP in a thread of its own, with the misbehaviour one asks for."""

import re
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

import boto3
import httpx
from moto.core import DEFAULT_ACCOUNT_ID
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.s3.models import s3_backends
from werkzeug.serving import make_server

from budget_sync.sources.s3_configuration import S3Configuration, S3Secrets

BUCKET = "acme-budgets"
SECRETS = S3Secrets(access_key_id="testing", secret_access_key="testing")
_ERROR = '<?xml version="1.0"?><Error><Code>{}</Code><Message>{}</Message></Error>'
_ERROR_OF_ROLES = "<ErrorResponse><Error><Code>{}</Code><Message>{}</Message></Error></ErrorResponse>"

StartResponse = Callable[..., Any]


@dataclass
class S3Partner:
    """The store and what one may ask of it while it runs.

    ``answers``: status and code of the next answers, before the store itself is asked again. ``breaks_after``: how many
    bytes of an object go out before the connection ends.
    """

    answers: list[tuple[int, str]] = field(default_factory=list)
    breaks_after: int | None = None
    requests: list[str] = field(default_factory=list)
    port: int = 0
    certificate: tuple[str, str] | None = None

    @property
    def endpoint(self) -> str:
        """Where it answers, in the clear unless it has a certificate (file and key)."""
        return f"https://localhost:{self.port}" if self.certificate else f"http://127.0.0.1:{self.port}"

    @cached_property
    def client(self) -> Any:
        """The partner's own client."""
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name="us-east-1",
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
            verify=self.certificate[0] if self.certificate else None,
        )

    def configuration(self, **changes: Any) -> S3Configuration:
        """A configuration that fits this store."""
        return S3Configuration(**({"bucket": BUCKET, "endpoint": self.endpoint, "timeout_seconds": 5.0} | changes))

    def put(self, key: str, content: str | bytes) -> None:
        """The partner writes an object."""
        self.client.put_object(Bucket=BUCKET, Key=key, Body=content if isinstance(content, bytes) else content.encode())

    def fill(self, keys: Iterable[str], content: bytes) -> None:
        """Many objects at once: straight into the store's memory."""
        store = s3_backends[DEFAULT_ACCOUNT_ID]["aws"]
        for key in keys:
            store.put_object(BUCKET, key, content)

    def date(self, key: str, moment: datetime) -> None:
        """The store's clock stood there when the object was written."""
        s3_backends[DEFAULT_ACCOUNT_ID]["aws"].get_object(BUCKET, key).last_modified = moment

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        """One request: as the store answers it, or as it is asked to."""
        self.requests.append(f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}?{environ['QUERY_STRING']}")
        reads = environ["REQUEST_METHOD"] in ("GET", "POST")
        if reads and self.answers:
            status, code = self.answers.pop(0)
            start_response(f"{status} {code}", [("Content-Type", "application/xml")])
            shape = _ERROR_OF_ROLES if environ["REQUEST_METHOD"] == "POST" else _ERROR
            return [shape.format(code, f"{code} it is").encode()]
        answer: Iterable[bytes] = _STORE(environ, start_response)
        is_object = reads and re.fullmatch(rf"/{BUCKET}/.+", environ["PATH_INFO"]) is not None
        return _broken(answer, self.breaks_after) if is_object and self.breaks_after is not None else answer


def _broken(answer: Iterable[bytes], after: int) -> Iterator[bytes]:
    """The first bytes; the server then closes a connection that promised more."""
    yield b"".join(answer)[:after]


_STORE = DomainDispatcherApplication(create_backend_app)


@contextmanager
def running_bucket(partner: S3Partner | None = None) -> Iterator[S3Partner]:
    """Serves an empty bucket until the block ends."""
    partner = partner or S3Partner()
    server = make_server("127.0.0.1", partner.port, partner, threaded=True, ssl_context=partner.certificate)
    partner.port = server.port
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        httpx.post(f"{partner.endpoint}/moto-api/reset", verify=False)  # noqa: S501  # moto keeps its buckets for the process
        partner.client.create_bucket(Bucket=BUCKET)
        partner.requests.clear()
        yield partner
    finally:
        server.shutdown()
        thread.join(10)
        server.server_close()

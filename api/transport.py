"""Who stands before the service: proxies whose headers are believed, and https alone where an operator asks for it.

In: ``Settings``. Out: the application behind what it is asked through. Forwarded headers of anybody who is no named
proxy are left unread, so that nobody invents an address or a scheme.
"""

from litestar.config.cors import CORSConfig
from litestar.types import ASGIApp, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from api.errors import PROBLEM, problem_document
from api.request_ids import request_id_of
from budget_sync.settings import Settings

_HEALTH = ("/api/health", "/api/health/ready")  # a load balancer asks directly
_METHODS = ["GET", "POST", "PATCH", "DELETE"]
_ASKED = ["Authorization", "Content-Type", "Idempotency-Key", "If-Match", "X-API-Key", "X-Request-Id"]
_SHOWN = ["ETag", "Idempotency-Replayed", "RateLimit", "RateLimit-Policy", "Retry-After", "X-Request-Id"]


def behind_proxies(app: ASGIApp, settings: Settings) -> ASGIApp:
    """The application that believes named proxies, and takes https alone where the settings say so."""
    inner = HttpsOnly(app) if settings.https_only else app
    if not settings.trusted_proxies:
        return inner
    proxied: ASGIApp = ProxyHeadersMiddleware(inner, list(settings.trusted_proxies))  # type: ignore[arg-type, assignment]
    return proxied


def cors_of(settings: Settings) -> CORSConfig | None:
    """What browsers of other origins may do: nothing, unless origins are configured; never with cookies."""
    if not settings.cors_origins:
        return None
    return CORSConfig(
        allow_origins=list(settings.cors_origins),
        allow_methods=_METHODS,  # type: ignore[arg-type]
        allow_headers=_ASKED,
        expose_headers=_SHOWN,
        allow_credentials=False,
    )


class HttpsOnly:
    """Refuses what came in the clear: a redirect would teach callers to send their keys so again."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on, or refuse."""
        if scope["scheme"] == "https" or scope["path"] in _HEALTH:
            await self._app(scope, receive, send)
            return
        detail = "This service takes https alone. If a key was sent, it went in the clear: rotate it."
        body = problem_document("https_required", detail, request_id_of(scope))
        headers = [(b"content-type", PROBLEM.encode()), (b"content-length", str(len(body)).encode())]
        await send({"type": "http.response.start", "status": 403, "headers": headers})
        await send({"type": "http.response.body", "body": body, "more_body": False})

"""The session of a browser: a sealed cookie that names a key, never holds it. Pure.

In: the secret of the installation, a cookie. Out: ``Session``. A session without a key id is that of somebody who has
not signed in yet: its forms are protected like all others. Whether the key is still good is asked at every request.
"""

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass

from litestar import Request
from litestar.datastructures import Cookie

LIFETIME_SECONDS = 12 * 60 * 60
_SECURE_NAME = "__Host-budget_sync"
_PLAIN_NAME = "budget_sync"  # a browser takes no __Host- cookie over plain http
_SHAPE = re.compile(r"([0-9a-f]{12}|)\.([0-9]{1,12})\.([0-9a-f]{32})\.([A-Za-z0-9_-]{43})")


@dataclass(frozen=True, slots=True)
class Session:
    """``key_id`` empty: nobody signed in. ``opened_at``: seconds since 1970. ``nonce``: what makes it one of a kind."""

    key_id: str
    opened_at: int
    nonce: str


class SessionSeal:
    """Seals sessions into cookies and opens them; the same for every worker that has the same secret."""

    def __init__(self, secret: bytes) -> None:
        self._seal = hmac.digest(secret, b"budget_sync session", hashlib.sha256)
        self._form = hmac.digest(secret, b"budget_sync form", hashlib.sha256)

    def start(self, key_id: str, now: float) -> Session:
        """A new session; nothing of an earlier one goes over into it."""
        return Session(key_id, int(now), secrets.token_hex(16))

    def seal(self, session: Session) -> str:
        """The text of the cookie."""
        text = f"{session.key_id}.{session.opened_at}.{session.nonce}"
        return f"{text}.{_mac(self._seal, text)}"

    def open(self, cookie: str | None, now: float) -> Session | None:
        """The session of a cookie; None where it is not ours, was changed, or is older than twelve hours."""
        match = _SHAPE.fullmatch(cookie or "")
        if match is None:
            return None
        text, _, mac = match[0].rpartition(".")
        if not hmac.compare_digest(_mac(self._seal, text), mac):
            return None
        session = Session(match[1], int(match[2]), match[3])
        return session if session.opened_at <= now < session.opened_at + LIFETIME_SECONDS else None

    def form_token(self, session: Session) -> str:
        """What every form of this session must bear."""
        return _mac(self._form, session.nonce)

    def bears_token(self, session: Session, token: str) -> bool:
        """Whether a form was made for this session."""
        return hmac.compare_digest(self.form_token(session).encode(), token.encode())


def _mac(key: bytes, text: str) -> str:
    return base64.urlsafe_b64encode(hmac.digest(key, text.encode(), hashlib.sha256)).decode().rstrip("=")


def cookie_name(*, secure: bool) -> str:
    """The name under which the session is kept."""
    return _SECURE_NAME if secure else _PLAIN_NAME


def is_secure(request: Request) -> bool:  # type: ignore[type-arg]
    """Whether the browser came over https, directly or through the proxy that the service trusts."""
    return request.url.scheme == "https"


def session_cookie(value: str, *, secure: bool) -> Cookie:
    """The cookie that keeps a session; an empty value ends it."""
    return Cookie(
        key=cookie_name(secure=secure),
        value=value,
        path="/",
        httponly=True,
        secure=secure,
        samesite="lax",
        max_age=LIFETIME_SECONDS if value else 0,
    )

"""Standard Webhooks signatures, so that a receiver knows who sent what, and when.

In: the secrets of an endpoint, the event's id and body. Out: the three headers. While a secret is being replaced both
sign, and the receiver may check with either.
"""

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime

from standardwebhooks import Webhook

_PREFIX = "whsec_"
_SECRET_BYTES = 32


def new_secret() -> str:
    """A secret in the form that receivers' libraries take."""
    return _PREFIX + base64.b64encode(secrets.token_bytes(_SECRET_BYTES)).decode()


def signed_headers(signing: Sequence[str], message_id: str, at: datetime, body: str) -> dict[str, str]:
    """``webhook-id`` is the same at every attempt, the time and with it the signature are not."""
    signatures = [Webhook(secret).sign(message_id, at, body) for secret in signing]
    return {
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }

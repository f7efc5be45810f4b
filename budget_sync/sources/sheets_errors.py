"""What Google answers becomes the step that failed, in words for whoever owns the spreadsheet."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from typing import Final

import requests
from google.auth.exceptions import GoogleAuthError, RefreshError
from gspread.exceptions import APIError

from budget_sync.domain.errors import SourceError
from budget_sync.sources.sheets_configuration import ServiceAccount

_QUOTA_REASONS: Final = frozenset({"rateLimitExceeded", "userRateLimitExceeded", "RATE_LIMIT_EXCEEDED"})
_DISABLED_REASONS: Final = frozenset({"accessNotConfigured", "SERVICE_DISABLED"})
_LONGEST_QUOTE: Final = 300


def may_pass(error: APIError) -> bool:
    """Whether the same call can succeed a moment later: Drive answers 403 where a quota is used up."""
    status = error.response.status_code
    busy = status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.REQUEST_TIMEOUT)
    return busy or status >= HTTPStatus.INTERNAL_SERVER_ERROR or bool(_QUOTA_REASONS & _reasons(error))


@contextmanager
def failing_at(step: str, doing: str, account: ServiceAccount) -> Iterator[None]:
    """What is raised within becomes a ``SourceError``."""
    try:
        yield
    except APIError as error:
        told = f"{doing} failed: {_told(error, account)}"
        refused = error.response.status_code == HTTPStatus.UNAUTHORIZED
        raise SourceError(told, step="login" if refused else step, answer=error.response.status_code) from error
    except RefreshError as error:
        raise SourceError(
            f"Google does not accept the key of {account.client_email} ({_short(error)}). If it was deleted, store a"
            " new one; if the words are about iat and exp, set this machine's clock.",
            step="login",
        ) from error
    except (GoogleAuthError, requests.RequestException, OSError) as error:
        raise SourceError(f"{doing} failed: {_short(error)}. It is tried again.", step=step) from error


def _told(error: APIError, account: ServiceAccount) -> str:
    status, said = error.response.status_code, str(error.error.get("message", ""))[:_LONGEST_QUOTE]
    if may_pass(error):
        return (
            f"Google asks to wait ({said}). It is tried again at a later look; if it lasts, have the quota of the"
            " project raised or the source looked at less often."
        )
    if _reasons(error) & _DISABLED_REASONS:
        return (
            f"an API is switched off ({said}). Enable the Google Sheets API and the Google Drive API for the project of"
            f" {account.client_email} in Google's console."
        )
    if status in (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND):
        return (
            f"there is no such spreadsheet, or {account.client_email} may not see it. Have it shared with that address;"
            " Viewer is enough."
        )
    if status == HTTPStatus.UNAUTHORIZED:
        return f"Google does not accept the token of {account.client_email}. Store the key of the account anew."
    return f"Google answers {status} ({said})."


def _reasons(error: APIError) -> set[str]:
    """The reasons that Drive gives in ``errors`` and Sheets in ``details``."""
    entries = [*(error.error.get("errors") or ()), *(error.error.get("details") or ())]
    return {str(entry.get("reason")) for entry in entries if isinstance(entry, dict)}


def _short(error: Exception) -> str:
    text = str(error.args[0] if error.args else error)
    return " ".join(text.split()).rstrip(".")[:_LONGEST_QUOTE] or type(error).__name__

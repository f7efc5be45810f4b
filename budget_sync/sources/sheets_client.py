"""gspread's client, as patient as Google asks: a service account's key, judged addresses, quotas waited for.

In: the account and where the APIs answer. Out: answers of the Sheets and Drive APIs, each within a deadline and a size.
"""

import random
import time
from functools import partial
from typing import Any, Final

import gspread
import requests
from google.auth.transport.requests import AuthorizedSession, Request
from google.oauth2.service_account import Credentials
from gspread.exceptions import APIError
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool

from budget_sync.domain.addresses import AllowedNetworks
from budget_sync.domain.errors import SourceError
from budget_sync.sources.partner_http import judging_pools
from budget_sync.sources.sheets_configuration import ServiceAccount, SheetsConfiguration
from budget_sync.sources.sheets_errors import may_pass

_SCOPES: Final = (
    "https://www.googleapis.com/auth/spreadsheets.readonly",
    "https://www.googleapis.com/auth/drive.metadata.readonly",
)
_TOKEN: Final = "https://oauth2.googleapis.com/token"  # noqa: S105 - an address
_HOSTS: Final = ("https://sheets.googleapis.com", "https://www.googleapis.com")
_POOLS: Final = {"http": HTTPConnectionPool, "https": HTTPSConnectionPool}
_PIECE: Final = 1024 * 1024
# Google asks for exponential back-off with a random part, from one second on, at most 64.
_FIRST_WAIT: Final = 1.0
_LONGEST_WAIT: Final = 64.0


class PatientClient(gspread.HTTPClient):
    """Reads; a quota that is used up or a server that is busy is waited for within the deadline."""

    def __init__(self, account: ServiceAccount, configuration: SheetsConfiguration, allowed: AllowedNetworks) -> None:
        self._endpoint = configuration.endpoint.rstrip("/") if configuration.endpoint else None
        self._max_bytes = configuration.max_bytes
        self._deadline = 0.0
        self.credentials = _credentials(account, f"{self._endpoint}/token" if self._endpoint else _TOKEN)
        self._wait = configuration.timeout_seconds
        self._for_tokens = Request(_judging_session(requests.Session(), allowed))
        authorized: Any = AuthorizedSession
        session = authorized(self.credentials, refresh_timeout=self._wait, auth_request=self._for_tokens)
        super().__init__(self.credentials, _judging_session(session, allowed))
        self.set_timeout(self._wait)

    def log_in(self) -> None:
        """Have the key exchanged for a token; a later one is fetched when this expires."""
        self.credentials.refresh(partial(self._for_tokens, timeout=self._wait))

    def within(self, seconds: float) -> None:
        """From now on, calls and their waits end after so long."""
        self._deadline = time.monotonic() + seconds

    def request(self, method: str, endpoint: str, *arguments: Any, **named: Any) -> requests.Response:
        """As gspread's.

        Raises:
            APIError: Google refuses, or is still too busy at the deadline.
            TimeoutError: the answer was not here by then.
        """
        wait = _FIRST_WAIT
        while True:
            response = self._ask(method, self._address(endpoint), *arguments, **named)
            if response.ok:
                return response
            error = APIError(response)
            pause = max(wait * random.uniform(1, 1.5), _asked_wait(response))  # noqa: S311 # nosec B311  # jitter
            if not may_pass(error) or time.monotonic() + pause > self._deadline:
                raise error
            time.sleep(pause)
            wait = min(wait * 2, _LONGEST_WAIT)

    def close(self) -> None:
        """Close the connections."""
        self.session.close()
        self._for_tokens.session.close()

    def _address(self, endpoint: str) -> str:
        if self._endpoint is None:
            return endpoint
        host = next(host for host in _HOSTS if endpoint.startswith(f"{host}/"))
        return self._endpoint + endpoint.removeprefix(host)

    def _ask(self, method: str, address: str, params: Any = None, **named: Any) -> requests.Response:
        """One call, whose answer is read up to the limit and the deadline."""
        response = self.session.request(
            method, address, params=params, timeout=self.timeout, stream=True, allow_redirects=False, **named
        )
        content = bytearray()
        for piece in response.iter_content(_PIECE):
            content += piece
            if len(content) > self._max_bytes:
                response.close()
                raise SourceError(
                    f"The spreadsheet is larger than this source takes ({self._max_bytes} bytes of answer).",
                    step="fetch",
                    reason="too_large",
                )
            if response.ok and time.monotonic() > self._deadline:  # a refusal says more than that it is late
                response.close()
                raise TimeoutError("the answer was not here in time")
        response._content = bytes(content)  # noqa: SLF001 - requests has no other way to read with a limit
        return response


def _asked_wait(response: requests.Response) -> float:
    asked = response.headers.get("Retry-After", "")
    return float(asked) if asked.isascii() and asked.isdigit() else 0.0


def _credentials(account: ServiceAccount, token_address: str) -> Any:
    key = {
        "client_email": account.client_email,
        "private_key": account.private_key,
        "private_key_id": account.private_key_id,
        "token_uri": token_address,
    }
    credentials: Any = Credentials
    try:
        return credentials.from_service_account_info(key, scopes=_SCOPES)
    except ValueError:
        raise SourceError(
            f"The stored private key of {account.client_email} cannot be read. Store the key file anew, all of it.",
            step="login",
        ) from None


def _judging_session(session: Any, allowed: AllowedNetworks) -> Any:
    """The session, whose connections go to judged addresses alone; no proxy, no redirect, no netrc."""
    session.trust_env = False
    session.max_redirects = 0
    for scheme in _POOLS:
        session.mount(f"{scheme}://", _JudgingAdapter(allowed))
    return session


class _JudgingAdapter(HTTPAdapter):
    def __init__(self, allowed: AllowedNetworks) -> None:
        self._pools = judging_pools(_POOLS, allowed)
        super().__init__()

    def init_poolmanager(self, *arguments: Any, **named: Any) -> None:
        """As requests does, with judging pools."""
        super().init_poolmanager(*arguments, **named)
        self.poolmanager.pool_classes_by_scheme = self._pools

"""Where the program may post to on a customer's behalf: which URLs, which addresses, which ports.

In: a URL as a customer names it, and the addresses that its host resolves to. Out: nothing, or why it may not be.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from budget_sync.domain.addresses import AllowedNetworks
from budget_sync.domain.errors import ConfigurationError, InvalidRequestError, UndeliverableError
from budget_sync.settings import Settings

SETTING = "BUDGET_SYNC_ALLOWED_NETWORKS"
_SCHEMES = frozenset({"https", "http"})


@dataclass(frozen=True, slots=True)
class Reach:
    """Where the program may post to: ``networks`` beside the public internet, ``ports`` on the latter."""

    networks: AllowedNetworks
    ports: frozenset[int] = frozenset({443})

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """As the operator configured it.

        Raises:
            ConfigurationError: a port or a network is none.
        """
        try:
            ports = frozenset(int(port) for port in settings.webhook_ports.split(","))
        except ValueError as error:
            raise ConfigurationError("BUDGET_SYNC_WEBHOOK_PORTS holds port numbers with commas between.") from error
        return cls(settings.reachable_networks(), ports)

    def judge(self, host: str, port: int, addresses: Iterable[str], *, is_secure: bool) -> None:
        """Nothing where every one of these addresses may be connected to.

        Raises:
            UndeliverableError: one may not, or the port is none of the allowed.
        """
        found = list(addresses)
        refused = self.networks.first_refused(found)
        if refused is not None:
            address, kind = refused
            said = f"{host} is {address}, a {kind} address" if host != address else f"{address} is a {kind} address"
            raise UndeliverableError(f"{said}. Whoever runs this installation may allow it: {SETTING}.")
        if self._are_the_operators(found):
            return
        if port not in self.ports:
            named = ", ".join(map(str, sorted(self.ports)))
            raise UndeliverableError(f"Port {port} of {host} is not among those that webhooks may use: {named}.")
        if not is_secure:
            raise UndeliverableError(f"{host} is reached without encryption. Use https.")

    def _are_the_operators(self, addresses: Iterable[str]) -> bool:
        return all(self.networks.names(address) for address in addresses)


def check_url(url: str) -> None:
    """Nothing where the URL could be posted to.

    Raises:
        InvalidRequestError: it is none, or bears a name and password, which no receiver needs.
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InvalidRequestError("url is no URL.", field="url") from error
    if parts.scheme not in _SCHEMES or not parts.hostname or port == 0 or not url.isascii() or not url.isprintable():
        raise InvalidRequestError("url must be like https://approvals.example.com/hooks.", field="url")
    if parts.username or parts.password or parts.fragment or " " in url:
        raise InvalidRequestError("url may hold neither a name, a password, a fragment nor a space.", field="url")

"""Which addresses this program may connect to for somebody else: the public internet, and what the operator allows.

In: an address that a name was resolved to. Out: what speaks against it. Pure: whoever connects resolves the name, asks
for every address, and then connects to the very address that was judged, so that a name that changes its answer gains
nothing. Sources and webhooks share it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final, Self

from budget_sync.domain.errors import ConfigurationError

_Network = IPv4Network | IPv6Network
_Address = IPv4Address | IPv6Address

# Words for what an operator means by them.
_NAMED: Final = {
    "private": ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"),
    "loopback": ("127.0.0.0/8", "::1/128"),
}
# Python calls these global, but they lead elsewhere: translated, tunnelled and multicast addresses.
_LEADING_ELSEWHERE: Final = tuple(
    ip_network(text) for text in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32", "192.0.0.0/24")
)


@dataclass(frozen=True, slots=True)
class AllowedNetworks:
    """The networks beside the public internet that the operator lets the program reach."""

    networks: tuple[_Network, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Self:
        """Networks and addresses with commas between them; ``private`` and ``loopback`` are understood.

        Raises:
            ConfigurationError: a part is no network.
        """
        networks: list[_Network] = []
        for part in filter(None, (part.strip() for part in text.split(","))):
            try:
                networks += (ip_network(network) for network in _NAMED.get(part.lower(), (part,)))
            except ValueError as error:
                raise ConfigurationError(
                    f"{part[:60]!r} is no network. Write 10.20.0.0/16, one address, private or loopback.",
                    part=part[:60],
                ) from error
        return cls(tuple(networks))

    def refusal(self, address: str) -> str | None:
        """What kind of address it is where that speaks against it (``private``, ``loopback``...); None: go on."""
        return None if self.names(address) else _kind(_plain(address))

    def names(self, address: str) -> bool:
        """Whether the operator allowed this very address, public or not."""
        return any(_plain(address) in network for network in self.networks)

    def first_refused(self, addresses: Iterable[str]) -> tuple[str, str] | None:
        """The first address that may not be connected to, with its kind: one of them spoils the whole name."""
        for address in addresses:
            kind = self.refusal(address)
            if kind is not None:
                return address, kind
        return None


NOTHING_BESIDE: Final = AllowedNetworks()


def _plain(address: str) -> _Address:
    """The address that the packets go to: without a zone, and IPv4 where it is written within IPv6."""
    parsed = ip_address(address.partition("%")[0])
    mapped = parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else None
    return mapped or parsed


def _kind(address: _Address) -> str | None:
    if address.is_loopback:
        return "loopback"
    if address.is_link_local:
        return "link-local"
    if address.is_multicast:
        return "multicast"
    if any(address in network for network in _LEADING_ELSEWHERE) or address.is_unspecified:
        return "special"
    if address.is_global:
        return None
    return "private" if address.is_private and not address.is_reserved else "special"

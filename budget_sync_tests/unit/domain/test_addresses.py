"""Which addresses may be connected to: decided from literal addresses, no socket is opened."""

import pytest

from budget_sync.domain.addresses import AllowedNetworks
from budget_sync.domain.errors import ConfigurationError

PUBLIC = AllowedNetworks()


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_the_public_internet_may_be_reached(address: str) -> None:
    assert PUBLIC.refusal(address) is None


@pytest.mark.parametrize(
    ("address", "kind"),
    [
        ("127.0.0.1", "loopback"),
        ("127.8.9.10", "loopback"),
        ("::1", "loopback"),
        ("::ffff:127.0.0.1", "loopback"),
        ("10.1.2.3", "private"),
        ("172.31.255.255", "private"),
        ("192.168.0.1", "private"),
        ("fd00::1", "private"),
        ("::ffff:10.0.0.1", "private"),
        ("169.254.169.254", "link-local"),
        ("fe80::1%eth0", "link-local"),
        ("224.0.0.1", "multicast"),
        ("ff02::1", "multicast"),
        ("0.0.0.0", "special"),  # noqa: S104 - an address that is refused
        ("::", "special"),
        ("100.64.0.1", "special"),
        ("255.255.255.255", "special"),
        ("64:ff9b::7f00:1", "special"),
        ("2002:7f00:1::", "special"),
    ],
)
def test_what_lies_elsewhere_is_refused_by_its_kind(address: str, kind: str) -> None:
    assert PUBLIC.refusal(address) == kind


def test_the_operator_allows_what_he_names_and_nothing_beside_it() -> None:
    allowed = AllowedNetworks.parse("10.20.0.0/16, 192.168.7.7")
    assert allowed.refusal("10.20.30.40") is None
    assert allowed.refusal("::ffff:10.20.30.40") is None
    assert allowed.refusal("192.168.7.7") is None
    assert allowed.refusal("10.21.0.1") == "private"
    assert allowed.refusal("169.254.169.254") == "link-local"


def test_private_and_loopback_are_words_that_allow_no_link_local_address() -> None:
    allowed = AllowedNetworks.parse("private,Loopback")
    assert [allowed.refusal(address) for address in ("10.0.0.1", "fd12::1", "127.0.0.1", "::1")] == [None] * 4
    assert allowed.refusal("169.254.169.254") == "link-local"


def test_one_refused_address_spoils_the_name() -> None:
    assert PUBLIC.first_refused(["8.8.8.8", "10.0.0.1"]) == ("10.0.0.1", "private")
    assert PUBLIC.first_refused(["8.8.8.8"]) is None


@pytest.mark.parametrize("text", ["10.0.0.0/33", "intranet", "10.0.0.1/8"])
def test_what_is_no_network_is_named(text: str) -> None:
    with pytest.raises(ConfigurationError, match="no network"):
        AllowedNetworks.parse(text)

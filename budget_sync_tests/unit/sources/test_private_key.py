"""Private keys as partners' administrators paste them."""

import asyncssh
import pytest

from budget_sync.domain.errors import SourceError
from budget_sync.sources.private_key import read_private_key

LOCKED = asyncssh.generate_private_key("ssh-ed25519").export_private_key("openssh", passphrase="right").decode()


@pytest.mark.parametrize(
    ("text", "passphrase", "reason"),
    [
        (LOCKED, None, "no passphrase"),
        (LOCKED, "wrong", "does not open"),
        ("ssh-ed25519 AAAA a public key", None, "BEGIN and END"),
        (LOCKED[:-80], "right", "cannot be read|does not open"),
        ("", None, "cannot be read"),
    ],
)
def test_a_key_that_cannot_be_used_says_why(text: str, passphrase: str | None, reason: str) -> None:
    with pytest.raises(SourceError, match=reason) as caught:
        read_private_key(text, passphrase)
    assert caught.value.step == "login"


def test_a_passphrase_that_is_not_needed_is_not_minded() -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")
    read = read_private_key(key.export_private_key("openssh").decode(), "not needed")
    assert read.asbytes() == key.public_data


def test_every_ecdsa_key_is_read() -> None:
    for _ in range(20):
        key = asyncssh.generate_private_key("ecdsa-sha2-nistp256")
        assert read_private_key(key.export_private_key("openssh").decode(), None).asbytes() == key.public_data

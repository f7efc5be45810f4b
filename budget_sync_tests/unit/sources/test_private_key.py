"""Private keys as partners' administrators paste them."""

import binascii

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


def test_a_key_that_takes_years_to_unlock_is_refused_at_once() -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")
    lines = key.export_private_key("openssh", passphrase="right", rounds=50).decode().splitlines()
    inside = binascii.a2b_base64("".join(lines[1:-1]))
    endless = inside.replace(b"\0\0\0\x32\0\0\0\x01", b"\xff\xff\xff\xff\0\0\0\x01", 1)
    assert endless != inside
    text = "\n".join([lines[0], binascii.b2a_base64(endless).decode(), lines[-1]])
    with pytest.raises(SourceError, match="rounds"):
        read_private_key(text, "right")


def test_a_passphrase_that_is_not_needed_is_not_minded() -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")
    read = read_private_key(key.export_private_key("openssh").decode(), "not needed")
    assert read.asbytes() == key.public_data


def test_every_ecdsa_key_is_read() -> None:
    for _ in range(20):
        key = asyncssh.generate_private_key("ecdsa-sha2-nistp256")
        assert read_private_key(key.export_private_key("openssh").decode(), None).asbytes() == key.public_data

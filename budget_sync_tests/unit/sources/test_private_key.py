"""Private keys as partners' administrators paste them."""

import base64
import binascii
import shutil
import subprocess

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


NEEDS_OPENSSL = pytest.mark.skipif(shutil.which("openssl") is None, reason="needs openssl (package openssl)")


def _pem(inside: bytes) -> str:
    kind = "ENCRYPTED PRIVATE KEY"
    return f"-----BEGIN {kind}-----\n{base64.encodebytes(inside).decode()}-----END {kind}-----"


def _locked(*options: str) -> str:
    """A key that openssl locks as these options say."""
    key = asyncssh.generate_private_key("ecdsa-sha2-nistp256").export_private_key("pkcs8-pem")
    command = ["openssl", "pkcs8", "-topk8", "-passout", "pass:right", *options]
    return subprocess.run(command, input=key, capture_output=True, check=True).stdout.decode()


@NEEDS_OPENSSL
@pytest.mark.parametrize(
    "options",
    [
        ("-v2", "aes-256-cbc", "-iter", "600000"),
        ("-scrypt",),
        ("-v1", "PBE-SHA1-3DES", "-iter", "2048"),
    ],
    ids=" ".join,
)
def test_a_key_that_openssl_locked_as_people_do_is_opened(options: tuple[str, ...]) -> None:
    assert read_private_key(_locked(*options), "right").get_name() == "ecdsa-sha2-nistp256"
    with pytest.raises(SourceError, match="does not open"):
        read_private_key(_locked(*options), "wrong")


@NEEDS_OPENSSL
@pytest.mark.parametrize(
    ("options", "asked", "endless"),
    [
        (("-v2", "aes-256-cbc", "-iter", "1000000"), b"\x02\x03\x0f\x42\x40", b"\x02\x03\x7f\xff\xff"),
        (("-scrypt",), b"\x02\x02\x40\x00\x02\x01\x08", b"\x02\x02\x40\x00\x02\x01\x7f"),
        (("-v1", "PBE-SHA1-3DES", "-iter", "1000000"), b"\x02\x03\x0f\x42\x40", b"\x02\x03\x7f\xff\xff"),
    ],
    ids=["PBKDF2", "scrypt", "PKCS#12"],
)
def test_a_pkcs8_key_that_takes_minutes_to_unlock_is_refused_at_once(
    options: tuple[str, ...], asked: bytes, endless: bytes
) -> None:
    lines = _locked(*options).splitlines()
    inside = binascii.a2b_base64("".join(lines[1:-1]))
    assert inside.count(asked) == 1
    with pytest.raises(SourceError, match="2,000,000 steps"):
        read_private_key(_pem(inside.replace(asked, endless)), "right")


@pytest.mark.parametrize("inside", [b"", b"\x30\x00", b"\x30\x80" * 500, b"\x30\x04\x30\x02\x05\x00"])
def test_a_locked_key_of_nonsense_is_refused(inside: bytes) -> None:
    with pytest.raises(SourceError, match="cannot be read"):
        read_private_key(_pem(inside), "right")


def test_a_passphrase_that_is_not_needed_is_not_minded() -> None:
    key = asyncssh.generate_private_key("ssh-ed25519")
    read = read_private_key(key.export_private_key("openssh").decode(), "not needed")
    assert read.asbytes() == key.public_data


def test_every_ecdsa_key_is_read() -> None:
    for _ in range(20):
        key = asyncssh.generate_private_key("ecdsa-sha2-nistp256")
        assert read_private_key(key.export_private_key("openssh").decode(), None).asbytes() == key.public_data

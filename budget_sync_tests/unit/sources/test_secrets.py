"""The envelope opens in its own row, with its own key, and nowhere else."""

import base64
import os
from uuid import UUID

import pytest

from budget_sync.domain.errors import ConfigurationError
from budget_sync.sources.secrets import Keyring, Owner

OWNER = Owner(UUID(int=1), UUID(int=2))
OLD, NEW = os.urandom(32), os.urandom(32)


def test_what_was_sealed_opens_again() -> None:
    ring = Keyring((NEW,))
    assert ring.open(ring.seal(b"secret", OWNER), OWNER) == b"secret"


def test_the_same_secret_never_looks_the_same_twice() -> None:
    ring = Keyring((NEW,))
    assert ring.seal(b"secret", OWNER) != ring.seal(b"secret", OWNER)


@pytest.mark.parametrize("other", [Owner(UUID(int=1), UUID(int=3)), Owner(UUID(int=3), UUID(int=2))])
def test_a_ciphertext_moved_to_another_row_does_not_open(other: Owner) -> None:
    ring = Keyring((NEW,))
    with pytest.raises(ConfigurationError, match="another source"):
        ring.open(ring.seal(b"secret", OWNER), other)


def test_a_changed_ciphertext_does_not_open() -> None:
    ring = Keyring((NEW,))
    head, _, body = ring.seal(b"secret", OWNER).rpartition(".")
    damaged = bytearray(base64.urlsafe_b64decode(body))
    damaged[-1] ^= 1
    with pytest.raises(ConfigurationError, match="damaged"):
        ring.open(f"{head}.{base64.urlsafe_b64encode(bytes(damaged)).decode()}", OWNER)


@pytest.mark.parametrize("envelope", ["", "plain", "bsv1.x.y", "bsv2.a.b.c"])
def test_text_that_is_no_envelope_is_refused(envelope: str) -> None:
    with pytest.raises(ConfigurationError):
        Keyring((NEW,)).open(envelope, OWNER)


def test_after_a_rotation_the_old_key_can_go() -> None:
    sealed = Keyring((OLD,)).seal(b"secret", OWNER)
    both = Keyring((NEW, OLD))
    rewrapped = both.rewrap(sealed, OWNER)
    assert not both.is_current(sealed)
    assert both.is_current(rewrapped)
    assert Keyring((NEW,)).open(rewrapped, OWNER) == b"secret"
    with pytest.raises(ConfigurationError, match="master key"):
        Keyring((NEW,)).open(sealed, OWNER)


@pytest.mark.parametrize("keys", [(), (b"short",)])
def test_a_master_key_that_is_none_is_refused(keys: tuple[bytes, ...]) -> None:
    with pytest.raises(ConfigurationError):
        Keyring(keys)


def test_a_keyring_shows_no_key() -> None:
    assert NEW.hex() not in repr(Keyring((NEW,)))
    assert repr(NEW) not in repr(Keyring((NEW,)))

"""A private key as text becomes a key that paramiko signs with.

`cryptography` does the reading: it takes PKCS#8, which paramiko does not, and OpenSSH's ECDSA keys, of which paramiko
refuses about one in two that asyncssh wrote. How much work a passphrase costs is written in the key, and so in the
hands of whoever stored it: a key that asks for more than people's keys do is refused before any of it is done.
"""

import binascii
import io
import math
import re

import paramiko
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
    load_ssh_private_key,
)
from pyasn1.codec.der.decoder import decode
from pyasn1.error import PyAsn1Error
from pyasn1.type.univ import Integer

from budget_sync.domain.errors import SourceError

_OPENSSH = re.compile(b"-----BEGIN OPENSSH PRIVATE KEY-----(.*?)-----END OPENSSH PRIVATE KEY-----", re.DOTALL)
_MAGIC = len(b"openssh-key-v1\0")
_MOST_ROUNDS = 500  # of bcrypt: some 20 ms each; ssh-keygen writes 16 or 24, and 2**32 would take a year
_PKCS8 = re.compile(b"-----BEGIN ENCRYPTED PRIVATE KEY-----(.*?)-----END ENCRYPTED PRIVATE KEY-----", re.DOTALL)
_PBES2 = "1.2.840.113549.1.5.13"
_SCRYPT = "1.3.6.1.4.1.11591.4.11"
_MOST_STEPS = 2_000_000  # openssl writes 2,048 of PBKDF2, careful people 600,000; of scrypt 131,072, at 128 bytes each
_UNREADABLE = "The stored private key cannot be read. Store the whole of it, with its BEGIN and END lines."


def read_private_key(text: str, passphrase: str | None) -> paramiko.PKey:
    """The key; a passphrase that an unlocked key does not need is not minded.

    Raises:
        SourceError: at the step login, with what is wrong with the key; never with any of its text.
    """
    key = _load(text.strip().encode() + b"\n", passphrase)
    if isinstance(key, Ed25519PrivateKey):
        plain = key.private_bytes(Encoding.PEM, PrivateFormat.OpenSSH, NoEncryption()).decode()
        return paramiko.Ed25519Key.from_private_key(io.StringIO(plain))
    if isinstance(key, EllipticCurvePrivateKey):
        return paramiko.ECDSAKey(vals=(key, key.public_key()))
    if isinstance(key, RSAPrivateKey):
        return paramiko.RSAKey(key=key)
    raise SourceError("The stored private key is of a kind that is not used for SFTP here: use Ed25519.", step="login")


def _load(text: bytes, passphrase: str | None) -> object:
    load = load_ssh_private_key if b"BEGIN OPENSSH PRIVATE KEY" in text else load_pem_private_key
    try:
        return load(text, None)
    except TypeError:
        pass  # it is locked
    except (ValueError, UnsupportedAlgorithm) as error:
        raise SourceError(_UNREADABLE, step="login") from error
    _affordable(text)
    if not passphrase:
        raise SourceError("The stored private key is locked and no passphrase is stored with it.", step="login")
    try:
        return load(text, passphrase.encode())
    except (ValueError, UnsupportedAlgorithm) as error:
        raise SourceError("The stored passphrase does not open the stored private key.", step="login") from error


def _affordable(text: bytes) -> None:
    """Let a locked key pass that a second opens.

    Raises:
        SourceError: it asks for more.
    """
    try:
        openssh, pkcs8 = _OPENSSH.search(text), _PKCS8.search(text)
        if openssh is not None and _bcrypt_rounds(openssh[1]) > _MOST_ROUNDS:
            asked = f"more than {_MOST_ROUNDS} rounds"
        elif pkcs8 is not None and _derivation_steps(pkcs8[1]) > _MOST_STEPS:
            asked = f"more than {_MOST_STEPS:,} steps"
        else:
            return
    except (ValueError, IndexError, PyAsn1Error) as error:
        raise SourceError(_UNREADABLE, step="login") from error
    raise SourceError(
        f"The stored private key asks for {asked} to unlock it. Lock it anew with ssh-keygen -p -a 100.", step="login"
    )


def _bcrypt_rounds(inside: bytes) -> int:
    """How often the passphrase of a locked OpenSSH key is hashed."""
    key = paramiko.Message(binascii.a2b_base64(inside)[_MAGIC:])
    _cipher, _function, options = key.get_binary(), key.get_binary(), paramiko.Message(key.get_binary())
    options.get_binary()  # the salt
    return options.get_int()


def _derivation_steps(inside: bytes) -> int:
    """How much an ENCRYPTED PRIVATE KEY asks for: the iterations of PBKDF2 or of PKCS#12, the N * r * p of scrypt."""
    encrypted, _ = decode(binascii.a2b_base64(inside))
    function, parameters = encrypted[0][0], encrypted[0][1]
    if str(function) == _PBES2:
        function, parameters = parameters[0][0], parameters[0][1]
    numbers = [int(each) for each in parameters.values() if isinstance(each, Integer)]
    return math.prod(numbers[:3]) if str(function) == _SCRYPT else numbers[0]

"""A host is resolved once, its addresses judged, the judged one connected to; names in certificates count."""

import datetime as dt
import socket
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from budget_sync.domain.addresses import NOTHING_BESIDE, AllowedNetworks
from budget_sync.domain.errors import SourceError
from budget_sync.sources.partner_socket import connect
from budget_sync.sources.s3 import S3Source
from budget_sync_tests.bucket import SECRETS, S3Partner, running_bucket
from budget_sync_tests.partner import LOCAL


class Names:
    """A name service that gives its answers in turn, and the addresses that are then connected to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> None:
        self.asked = 0
        self.connected: list[str] = []
        self._answers = answers
        monkeypatch.setattr(socket, "getaddrinfo", self._answer)
        monkeypatch.setattr(socket, "socket", self._socket)

    def _answer(self, _: str, port: int, **__: Any) -> list[Any]:
        addresses = self._answers[min(self.asked, len(self._answers) - 1)]
        self.asked += 1
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    def _socket(self, *_: Any) -> Any:
        names = self

        class Unconnected:
            def settimeout(self, _: float) -> None:
                """Nothing to wait for."""

            def connect(self, address: tuple[str, int]) -> None:
                names.connected.append(address[0])

            def close(self) -> None:
                """Nothing to close."""

        return Unconnected()


def reach(allowed: AllowedNetworks = NOTHING_BESIDE) -> None:
    connect("sftp.partner.example", 22, timeout_seconds=1.0, allowed=allowed)


def test_the_address_that_was_judged_is_the_one_that_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    names = Names(monkeypatch, ["8.8.8.8"], ["127.0.0.1"])
    reach()
    assert (names.asked, names.connected) == (1, ["8.8.8.8"])


def test_a_name_that_changes_its_answer_is_judged_by_the_new_one(monkeypatch: pytest.MonkeyPatch) -> None:
    names = Names(monkeypatch, ["8.8.8.8"], ["169.254.169.254"])
    reach()
    with pytest.raises(SourceError, match="link-local") as caught:
        reach()
    assert (caught.value.step, names.connected) == ("resolve", ["8.8.8.8"])


def test_one_private_address_among_public_ones_spoils_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    names = Names(monkeypatch, ["8.8.8.8", "10.1.2.3"])
    with pytest.raises(SourceError, match=r"BUDGET_SYNC_ALLOWED_NETWORKS=10\.1\.2\.3"):
        reach()
    assert names.connected == []
    reach(AllowedNetworks.parse("10.1.0.0/16"))
    assert names.connected == ["8.8.8.8"]


def certificate(folder: Path, name: str) -> tuple[str, str]:
    """A certificate of this name that vouches for itself, and its key, as files."""
    key = generate_private_key(SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = dt.datetime.now(dt.UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, SHA256())
    )
    public, private = folder / f"{name}.pem", folder / f"{name}.key"
    public.write_bytes(signed.public_bytes(Encoding.PEM))
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return str(public), str(private)


def test_a_certificate_that_nobody_vouches_for_is_refused_and_a_known_one_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = certificate(tmp_path, "localhost")
    with running_bucket(S3Partner(certificate=made)) as bucket:
        source = S3Source(bucket.configuration(), SECRETS, LOCAL)
        assert "CERTIFICATE_VERIFY_FAILED" in source.test()[-1].message
        monkeypatch.setenv("AWS_CA_BUNDLE", made[0])
        assert all(step.passed for step in source.test())
        by_address = bucket.configuration(endpoint=f"https://127.0.0.1:{bucket.port}")
        assert "match" in S3Source(by_address, SECRETS, LOCAL).test()[-1].message

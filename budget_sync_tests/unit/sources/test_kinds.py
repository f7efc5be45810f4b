"""The kinds of sources as configurations: told apart by their type, cheap to import, silent about secrets."""

import subprocess
import sys
from typing import Any

import msgspec
import pytest

from budget_sync.domain.errors import ConfigurationError
from budget_sync.sources.kinds import S3, SFTP, SHEETS, ConnectionConfiguration, kind_of
from budget_sync_tests.google import SPREADSHEET

_LOADED = """
import sys
import budget_sync.sources.administration, budget_sync.sources.looks, budget_sync.cli.source
print(*{"paramiko", "boto3", "gspread", "openpyxl", "urllib3", "requests"} & set(sys.modules))
"""
FEWEST: dict[str, dict[str, Any]] = {
    "sftp": {"host": "sftp.partner.example", "username": "acme"},
    "s3": {"bucket": "acme-budgets"},
    "sheets": {"spreadsheet": SPREADSHEET},
}


def read(kind: str, **changes: Any) -> ConnectionConfiguration:
    return msgspec.convert(FEWEST[kind] | {"type": kind} | changes, ConnectionConfiguration)


def test_no_library_of_a_partner_is_imported_before_it_is_used() -> None:
    loaded = subprocess.run([sys.executable, "-c", _LOADED], check=True, capture_output=True, text=True).stdout
    assert loaded.strip() == ""


@pytest.mark.parametrize("kind", [SFTP, S3, SHEETS])
def test_a_configuration_is_told_by_its_type(kind: str) -> None:
    connection = read(kind)
    assert kind_of(connection) == kind
    assert connection.suggested_name
    assert "://" in connection.describe()


@pytest.mark.parametrize(
    ("kind", "changes"),
    [
        ("sftp", {"port": 0}),
        ("sftp", {"patterns": []}),
        ("sftp", {"password": "x"}),
        ("s3", {"bucket": "No_Bucket"}),
        ("s3", {"endpoint": "http://store.example/path"}),
        ("s3", {"endpoint": "file:///etc/passwd"}),
        ("s3", {"endpoint": "http://user:pass@store.example"}),
        ("s3", {"roleArn": "reader"}),
        ("sheets", {"spreadsheet": "../drive"}),
        ("sheets", {"endpoint": "http://gateway.example/?x=1"}),
        ("sheets", {"maxBytes": 2**40}),
    ],
)
def test_what_cannot_be_is_refused(kind: str, changes: dict[str, Any]) -> None:
    with pytest.raises(msgspec.ValidationError):
        read(kind, **changes)


@pytest.mark.parametrize("kind", [SFTP, S3, SHEETS])
@pytest.mark.parametrize("stored", [b"{}", b'{"passphrase": "canary"}', b'{"accessKeyId": "canary"}'])
def test_secrets_that_do_not_fit_are_refused_without_a_word_of_them(kind: str, stored: bytes) -> None:
    with pytest.raises(ConfigurationError) as caught:
        read(kind).secrets_from(stored)
    assert "canary" not in str(caught.value)


@pytest.mark.parametrize("kind", [SFTP, S3, SHEETS])
def test_where_secrets_go_is_part_of_what_a_configuration_says(kind: str) -> None:
    elsewhere = {"sftp": {"host": "attacker.example"}}.get(kind, {"endpoint": "https://attacker.example"})
    assert read(kind).destination != read(kind, **elsewhere).destination

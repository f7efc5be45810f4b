"""Keys of files: made by us, and nothing else taken for one."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from budget_sync.domain.errors import InvalidRequestError
from budget_sync.orchestration.partitions import FileKey, remote_file_key, upload_key
from budget_sync.sources.configuration import SourceConfiguration
from budget_sync.sources.protocol import RemoteFile
from budget_sync.sources.sftp_configuration import SftpConfiguration

IMPORT = UUID(int=0x1234)


def source(name: str = "Head Office", source_id: int = 1) -> SourceConfiguration:
    connection = SftpConfiguration(host="sftp.partner.example", username="acme")
    return SourceConfiguration(UUID(int=source_id), UUID(int=2), "acme", name, connection, 60)


def remote(name: str, version: str = "1", path: str = "/out/budget.csv") -> RemoteFile:
    return RemoteFile(name, path, 1, datetime(2026, 1, 1, tzinfo=UTC), version)


def test_a_key_says_whose_file_from_where_and_which() -> None:
    key = remote_file_key(source(), remote("budget 2026.csv"))
    assert key.startswith("acme/head-office/budget 2026.csv~")
    assert FileKey.parse(key) == ("acme", "head-office", "budget 2026.csv", None)


def test_keys_differ_where_version_path_or_source_do() -> None:
    keys = {
        remote_file_key(source(), remote("b.csv")),
        remote_file_key(source(), remote("b.csv", version="2")),
        remote_file_key(source(), remote("b.csv", path="/other/b.csv")),
        remote_file_key(source(source_id=9), remote("b.csv")),
    }
    assert len(keys) == 4


@pytest.mark.parametrize(
    ("name", "in_key"),
    [
        ("../../etc/passwd", "._._etc_passwd"),
        ("a,b|c~d.csv", "a_b_c_d.csv"),
        ("a...b.csv", "a.b.csv"),
        ("预算.xlsx", "预算.xlsx"),
        ("x" * 300 + ".csv", "x" * 60 + "_" + "x" * 55 + ".csv"),
        ("   ", "file"),
    ],
)
def test_whatever_the_name_the_key_is_one_that_parses(name: str, in_key: str) -> None:
    key = remote_file_key(source(), remote(name))
    assert FileKey.parse(key).name == in_key


@pytest.mark.parametrize("name", ["upload", "Upload", "!!!"])
def test_a_source_cannot_be_called_what_uploads_are_called(name: str) -> None:
    assert FileKey.parse(remote_file_key(source(name), remote("b.csv"))).source == "source"


def test_an_upload_bears_its_import() -> None:
    assert FileKey.parse(upload_key("acme", "budget.csv", IMPORT)) == ("acme", "upload", "budget.csv", IMPORT)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "budget.csv",
        "acme/s/budget.csv",
        "acme/s/budget.csv~xyz",
        "acme/s/../b.csv~0123abcd",
        "acme/upload/budget.csv~0123abcd",
        f"acme/s/budget.csv~{IMPORT.hex}",
        "ACME/s/b.csv~0123abcd",
        "acme/s/b\n.csv~0123abcd",
    ],
)
def test_what_is_no_key_of_ours_is_refused(key: str) -> None:
    with pytest.raises(InvalidRequestError, match="no key of a file"):
        FileKey.parse(key)

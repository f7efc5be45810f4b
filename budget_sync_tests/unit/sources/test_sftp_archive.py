"""Loaded files are moved into the archive folder: nothing is overwritten, nothing else goes there."""

import os
from pathlib import Path

import pytest

from budget_sync.domain.errors import SourceError
from budget_sync.sources.protocol import RemoteFile
from budget_sync.sources.sftp import SftpSource
from budget_sync_tests.openssh import NEEDS_SSHD, running_openssh
from budget_sync_tests.partner import LOCAL, SftpPartner

BUDGET = "Department;Amount\nMarketing;1.000,50\n"


def archive(partner: SftpPartner, file: RemoteFile, folder: str = "done") -> None:
    with SftpSource(partner.configuration(archive_folder=folder), partner.secrets, LOCAL) as source:
        source.archive(file)


def listed(partner: SftpPartner, **changes: object) -> list[RemoteFile]:
    with SftpSource(partner.configuration(**changes), partner.secrets, LOCAL) as source:
        return [*source.list()]


def archived(partner: SftpPartner) -> dict[str, str]:
    folder = partner.folder / "done"
    return {path.name: path.read_text() for path in sorted(folder.iterdir())} if folder.exists() else {}


def test_a_file_is_moved_and_the_folder_made_where_it_is_missing(partner: SftpPartner) -> None:
    partner.drop("budget.csv", BUDGET)
    (file,) = listed(partner)
    archive(partner, file)
    assert archived(partner) == {"budget.csv": BUDGET}
    assert listed(partner) == []


def test_the_archive_within_a_folder_that_is_walked_is_left_alone(partner: SftpPartner) -> None:
    (partner.folder / "done").mkdir()
    partner.drop("done/old.csv", BUDGET)
    partner.drop("new.csv", BUDGET)
    assert [file.name for file in listed(partner, recursive=True, archive_folder="done/")] == ["new.csv"]
    assert len(listed(partner, recursive=True)) == 2


def test_an_earlier_file_of_the_name_is_not_overwritten(partner: SftpPartner) -> None:
    for content in (BUDGET, BUDGET + "Sales;2,00\n"):
        partner.drop("budget.csv", content)
        (file,) = listed(partner)
        archive(partner, file)
    assert list(archived(partner).values()) == [BUDGET, BUDGET + "Sales;2,00\n"]
    assert f"budget~{file.version[:8]}.csv" in archived(partner)


def test_a_file_that_was_replaced_meanwhile_stays_to_be_taken(partner: SftpPartner) -> None:
    partner.drop("budget.csv", BUDGET)
    (file,) = listed(partner)
    partner.drop("budget.csv", BUDGET + "Sales;2,00\n")
    archive(partner, file)
    assert archived(partner) == {}
    assert [each.name for each in listed(partner)] == ["budget.csv"]


def test_a_file_that_is_gone_is_no_error(partner: SftpPartner) -> None:
    path = partner.drop("budget.csv", BUDGET)
    (file,) = listed(partner)
    path.unlink()
    archive(partner, file)


def test_an_archive_that_cannot_be_is_named(partner: SftpPartner) -> None:
    partner.drop("budget.csv", BUDGET)
    (file,) = listed(partner)
    with pytest.raises(SourceError, match=r"budget\.csv to no/such/place") as caught:
        archive(partner, file, "no/such/place")
    assert caught.value.step == "archive"


@NEEDS_SSHD
def test_openssh_moves_it_too_under_whatever_name(tmp_path: Path) -> None:
    with running_openssh(tmp_path) as server:
        Path(os.fsdecode(os.fsencode(server.folder) + b"/b\xfcdget.csv")).write_text(BUDGET)
        with SftpSource(server.configuration(archive_folder="done"), server.secrets, LOCAL) as source:
            (file,) = source.list()
            source.archive(file)
            assert [*source.list()] == []
    assert os.listdir(os.fsencode(server.folder) + b"/done") == [b"b\xfcdget.csv"]  # noqa: PTH208 - names in bytes

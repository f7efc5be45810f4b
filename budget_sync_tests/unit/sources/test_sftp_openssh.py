"""The SFTP source against OpenSSH's own server, which most partners run."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from budget_sync.sources.sftp import SftpSource
from budget_sync_tests.openssh import NEEDS_SSHD, OpenSsh, running_openssh
from budget_sync_tests.partner import LOCAL

pytestmark = NEEDS_SSHD


@pytest.fixture(params=["ssh-ed25519", "ssh-rsa"])
def openssh(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[OpenSsh]:
    with running_openssh(tmp_path, request.param) as server:
        yield server


def test_lists_and_fetches_from_openssh(openssh: OpenSsh) -> None:
    content = os.urandom(1_000_000)
    (openssh.folder / "budget.csv").write_bytes(content)
    (openssh.folder / "budget.csv.part").write_bytes(b"half")
    with SftpSource(openssh.configuration(), openssh.secrets, LOCAL) as source:
        (file,) = source.list()
        assert (file.name, source.fetch(file)) == ("budget.csv", content)


def test_names_in_any_bytes_come_from_openssh(openssh: OpenSsh) -> None:
    raw = os.fsencode(openssh.folder) + b"/b\xfcdget\n\xe2\x80\xae.csv"
    Path(os.fsdecode(raw)).write_bytes(b"x")
    with SftpSource(openssh.configuration(), openssh.secrets, LOCAL) as source:
        (file,) = source.list()
        assert source.fetch(file) == b"x"
    assert file.name == "b\ufffddget__.csv"

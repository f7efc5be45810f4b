"""The SFTP source against OpenSSH's own server, which most partners run."""

import getpass
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import asyncssh
import pytest

from budget_sync.sources.sftp import SftpSource
from budget_sync.sources.sftp_configuration import SftpConfiguration, SftpSecrets
from budget_sync_tests.partner import LOCAL
from budget_sync_tests.waiting import wait_until

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")

pytestmark = pytest.mark.skipif(SSHD is None, reason="needs OpenSSH's server (package openssh-server)")


@dataclass(frozen=True)
class OpenSsh:
    """A running sshd, and what lets us in."""

    configuration: SftpConfiguration
    secrets: SftpSecrets
    folder: Path


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(params=["ssh-ed25519", "ssh-rsa"])
def openssh(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[OpenSsh]:
    assert SSHD is not None
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where sshd puts its unprivileged half
    folder = tmp_path / "outbox"
    folder.mkdir()
    host_key, user_key = asyncssh.generate_private_key(request.param), asyncssh.generate_private_key(request.param)
    host_file, allowed, port = tmp_path / "host_key", tmp_path / "authorized_keys", _free_port()
    host_file.touch(mode=0o600)
    host_file.write_bytes(host_key.export_private_key())
    allowed.write_bytes(user_key.export_public_key())
    options = tmp_path / "sshd_config"
    options.write_text(
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {host_file}\nAuthorizedKeysFile {allowed}\nStrictModes no\n"
        f"PidFile none\nUsePAM no\nPasswordAuthentication no\nPermitRootLogin yes\nSubsystem sftp internal-sftp\n"
    )
    with subprocess.Popen([SSHD, "-D", "-e", "-f", str(options)], stderr=subprocess.DEVNULL) as server:
        try:
            wait_until(lambda: _answers(port), "sshd answers")
            configuration = SftpConfiguration(
                host="127.0.0.1",
                port=port,
                username=getpass.getuser(),
                host_key=host_key.export_public_key().decode(),
                folder=str(folder),
            )
            yield OpenSsh(configuration, SftpSecrets(private_key=user_key.export_private_key().decode()), folder)
        finally:
            server.terminate()


def test_lists_and_fetches_from_openssh(openssh: OpenSsh) -> None:
    content = os.urandom(1_000_000)
    (openssh.folder / "budget.csv").write_bytes(content)
    (openssh.folder / "budget.csv.part").write_bytes(b"half")
    with SftpSource(openssh.configuration, openssh.secrets, LOCAL) as source:
        (file,) = source.list()
        assert (file.name, source.fetch(file)) == ("budget.csv", content)


def test_names_in_any_bytes_come_from_openssh(openssh: OpenSsh) -> None:
    raw = os.fsencode(openssh.folder) + b"/b\xfcdget\n\xe2\x80\xae.csv"
    Path(os.fsdecode(raw)).write_bytes(b"x")
    with SftpSource(openssh.configuration, openssh.secrets, LOCAL) as source:
        (file,) = source.list()
        assert source.fetch(file) == b"x"
    assert file.name == "b\ufffddget__.csv"


def test_the_test_walks_every_step_on_openssh(openssh: OpenSsh) -> None:
    (openssh.folder / "budget.csv").write_bytes(b"x")
    assert all(step.passed for step in SftpSource(openssh.configuration, openssh.secrets, LOCAL).test())

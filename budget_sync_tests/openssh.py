"""OpenSSH's own server, which most partners run: a real sshd over one folder."""

import getpass
import os
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncssh
import msgspec
import pytest

from budget_sync.sources.sftp_configuration import SftpConfiguration, SftpSecrets
from budget_sync_tests.waiting import wait_until

SSHD = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
NEEDS_SSHD = pytest.mark.skipif(SSHD is None, reason="needs OpenSSH's server (package openssh-server)")


@dataclass(frozen=True)
class OpenSsh:
    """A running sshd, and what lets us in."""

    fitting: SftpConfiguration
    secrets: SftpSecrets
    folder: Path

    def configuration(self, **changes: Any) -> SftpConfiguration:
        """A configuration that fits this server."""
        return msgspec.structs.replace(self.fitting, **changes)


@contextmanager
def running_openssh(home: Path, kind: str = "ssh-ed25519") -> Iterator[OpenSsh]:
    """Serves the folder ``outbox`` of ``home`` until the block ends, with keys of this kind."""
    assert SSHD is not None
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)  # where sshd puts its unprivileged half
    folder = home / "outbox"
    folder.mkdir()
    host_key, user_key = asyncssh.generate_private_key(kind), asyncssh.generate_private_key(kind)
    host_file, allowed, port = home / "host_key", home / "authorized_keys", _free_port()
    host_file.touch(mode=0o600)
    host_file.write_bytes(host_key.export_private_key())
    allowed.write_bytes(user_key.export_public_key())
    options = home / "sshd_config"
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
                host_key=host_key.export_public_key().decode().strip(),
                folder=str(folder),
            )
            yield OpenSsh(configuration, SftpSecrets(private_key=user_key.export_private_key().decode()), folder)
        finally:
            server.terminate()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0

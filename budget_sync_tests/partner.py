"""A partner's SFTP server: a real asyncssh server in a thread of its own, with the misbehaviour one asks for."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import asyncssh

from budget_sync.domain.addresses import AllowedNetworks
from budget_sync.sources.sftp_configuration import SftpConfiguration, SftpSecrets

USER = "acme"
PASSWORD = "partner-password"
LOCAL = AllowedNetworks.parse("loopback")


class _Login(asyncssh.SSHServer):
    def __init__(self, partner: "SftpPartner") -> None:
        self._partner = partner

    def password_auth_supported(self) -> bool:
        return True

    async def validate_password(self, username: str, password: str) -> bool:
        self._partner.login_attempts += 1
        if self._partner.hangs_at_login:
            await asyncio.Event().wait()
        return username == USER and password == PASSWORD and not self._partner.refuses_logins

    def public_key_auth_supported(self) -> bool:
        return self._partner.user_key is not None

    def validate_public_key(self, username: str, key: asyncssh.SSHKey) -> bool:
        user_key = self._partner.user_key
        return username == USER and user_key is not None and key.public_data == user_key.public_data


class _Files(asyncssh.SFTPServer):
    """The folder, behind a root of its own."""

    def __init__(self, chan: Any, partner: "SftpPartner") -> None:
        super().__init__(chan, chroot=str(partner.folder).encode())
        self._partner = partner

    async def scandir(self, path: bytes) -> Any:
        self._partner.listings += 1
        async for entry in super().scandir(path):
            yield entry
        number = 0
        while self._partner.lists_without_end:
            await asyncio.sleep(0.01)
            number += 1
            yield asyncssh.SFTPName(f"{number}.csv".encode(), attrs=asyncssh.SFTPAttrs(size=1, mtime=1, atime=1))
        for name in self._partner.invented_names:
            attributes = asyncssh.SFTPAttrs(
                size=self._partner.invented_size, permissions=0o100644, mtime=1, atime=1, type=1
            )
            yield asyncssh.SFTPName(name, attrs=attributes)

    def open(self, path: bytes, pflags: int, attrs: Any) -> Any:
        opened = super().open(path, pflags, attrs)
        self._partner.opened.append(path)
        if self._partner.on_open is not None:
            self._partner.on_open(Path(self._partner.folder, Path(path.decode(errors="replace")).name))
        return opened

    async def read(self, file_obj: Any, offset: int, size: int) -> bytes:
        if self._partner.drops_after is not None and offset >= self._partner.drops_after:
            self._partner.drops_after = self._partner.drops_after if self._partner.drops_always else None
            self.channel.get_connection().abort()
        return super().read(file_obj, offset, size)


@dataclass
class SftpPartner:
    """The server and what one may ask of it while it runs."""

    folder: Path
    host_key: asyncssh.SSHKey = field(default_factory=lambda: asyncssh.generate_private_key("ssh-ed25519"))
    user_key: asyncssh.SSHKey | None = None
    port: int = 0
    hangs_at_login: bool = False
    refuses_logins: bool = False
    lists_without_end: bool = False
    drops_after: int | None = None
    drops_always: bool = True
    invented_names: tuple[bytes, ...] = ()
    invented_size: int = 1
    on_open: Any = None
    opened: list[bytes] = field(default_factory=list)
    login_attempts: int = 0
    listings: int = 0

    @property
    def host_key_line(self) -> str:
        """What a source pins."""
        return " ".join(self.host_key.export_public_key().decode().split()[:2])

    def configuration(self, **changes: Any) -> SftpConfiguration:
        """A configuration that fits this server."""
        fitting = {"host": "127.0.0.1", "port": self.port, "username": USER, "host_key": self.host_key_line}
        return SftpConfiguration(**(fitting | {"folder": "/", "timeout_seconds": 5.0} | changes))

    @property
    def secrets(self) -> SftpSecrets:
        """The password that lets us in."""
        return SftpSecrets(password=PASSWORD)

    def drop(self, name: str, content: str | bytes) -> Path:
        """The partner writes a file into the folder."""
        path = self.folder / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    async def _listen(self) -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            "127.0.0.1",
            self.port,
            server_host_keys=[self.host_key],
            server_factory=lambda: _Login(self),
            sftp_factory=lambda chan: _Files(chan, self),
            login_timeout=0,
        )


@contextmanager
def running(partner: SftpPartner) -> Iterator[SftpPartner]:
    """Serves until the block ends; a second time on the same port."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    server = asyncio.run_coroutine_threadsafe(partner._listen(), loop).result(10)
    partner.port = server.get_port()
    try:
        yield partner
    finally:
        asyncio.run_coroutine_threadsafe(_close(server), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _close(server: asyncssh.SSHAcceptor) -> None:
    server.close()
    await server.wait_closed()
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        task.cancel()
    await asyncio.sleep(0)

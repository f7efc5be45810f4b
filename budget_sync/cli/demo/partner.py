"""The demo's partner: a real SFTP server over one folder, with a host key and a password made for this run.

It runs in a thread of its own and listens on the loopback address alone.
"""

import asyncio
import secrets
import threading
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import asyncssh

_START_SECONDS = 10
USER = "partner"
HOST = "127.0.0.1"


class _Door(asyncssh.SSHServer):
    """Lets in the one user with the one password."""

    def __init__(self, password: str) -> None:
        self._password = password

    def password_auth_supported(self) -> bool:
        """A password is all that there is."""
        return True

    def validate_password(self, username: str, password: str) -> bool:
        """Whether these are the demo's."""
        return username == USER and secrets.compare_digest(password.encode(), self._password.encode())


@dataclass(frozen=True, slots=True)
class Login:
    """How to reach the partner: ``host_key`` is the line to pin (``ssh-ed25519 AAAA...``)."""

    host: str
    port: int
    user: str
    password: str
    host_key: str


class Partner:
    """The server over ``folder``, used within ``with``; its clients see the folder as ``/``."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._password = secrets.token_urlsafe(18)
        self._key = asyncssh.generate_private_key("ssh-ed25519")
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="sftp-partner", daemon=True)
        self._listener: Any = None

    @property
    def login(self) -> Login:
        """How to reach it, once it runs."""
        host_key = " ".join(self._key.export_public_key().decode().split()[:2])
        return Login(HOST, self._listener.get_port(), USER, self._password, host_key)

    def __enter__(self) -> Self:
        self._thread.start()
        self._listener = asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(_START_SECONDS)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(_START_SECONDS)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(_START_SECONDS)
        self._loop.close()

    async def _listen(self) -> Any:
        return await asyncssh.listen(
            HOST,
            0,
            server_host_keys=[self._key],
            server_factory=lambda: _Door(self._password),
            sftp_factory=lambda channel: asyncssh.SFTPServer(channel, chroot=str(self._folder).encode()),
        )

    async def _close(self) -> None:
        self._listener.close()
        for task in asyncio.all_tasks() - {asyncio.current_task()}:
            task.cancel()
        await asyncio.sleep(0)

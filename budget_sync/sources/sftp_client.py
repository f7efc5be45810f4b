"""paramiko's SFTP client, but names stay bytes.

paramiko takes every name for UTF-8 and gives up a whole folder over one that is not; partners' servers hold names in
any bytes. The few lines that read a listing are therefore ours, over paramiko's own (private) request and decoder.
"""

import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Self

import paramiko
from paramiko.sftp import CMD_CLOSE, CMD_HANDLE, CMD_NAME, CMD_OPENDIR, CMD_READDIR


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a listing: the name as bytes, and what the server says of it.

    ``longname`` is the line as ``ls -l`` writes it: some servers say there alone what is a folder.
    """

    name: bytes
    longname: bytes
    attributes: paramiko.SFTPAttributes

    @property
    def is_file(self) -> bool:
        """A regular file; links are not followed."""
        return self._is(stat.S_ISREG, b"-")

    @property
    def is_folder(self) -> bool:
        """A folder other than this one and the one above."""
        return self.name not in (b".", b"..") and self._is(stat.S_ISDIR, b"d")

    def _is(self, by_mode: Callable[[int], bool], by_mark: bytes) -> bool:
        mode = self.attributes.st_mode
        return by_mode(mode) if mode else self.longname.startswith(by_mark)


class RawNamesClient(paramiko.SFTPClient):
    """One SFTP session; every wait within it is bounded."""

    @classmethod
    def within(cls, transport: paramiko.Transport, timeout_seconds: float) -> Self:
        """A session over a transport that is logged in.

        Raises:
            paramiko.SSHException: the server has no SFTP for this user.
        """
        channel = transport.open_session(timeout=timeout_seconds)
        channel.settimeout(timeout_seconds)
        channel.invoke_subsystem("sftp")
        return cls(channel)

    def entries(self, folder: bytes) -> Iterator[Entry]:
        """The entries of a folder, names untouched."""
        kind, message = self._ask(CMD_OPENDIR, folder)
        if kind != CMD_HANDLE:
            raise paramiko.SFTPError("the server gave no handle for the folder")
        handle = message.get_binary()
        while True:
            try:
                kind, message = self._ask(CMD_READDIR, handle)
            except EOFError:
                break
            if kind != CMD_NAME:
                raise paramiko.SFTPError("the server answered the listing with something else")
            for _ in range(message.get_int()):
                name, longname = message.get_binary(), message.get_binary()
                yield Entry(name, longname, _attributes(message))
        self._ask(CMD_CLOSE, handle)

    def _ask(self, command: int, argument: bytes) -> tuple[int, paramiko.Message]:
        answer: tuple[int, paramiko.Message] = self._request(command, argument)  # type: ignore[attr-defined]  # not in the stubs
        return answer


def _attributes(message: paramiko.Message) -> paramiko.SFTPAttributes:
    decoder: Any = paramiko.SFTPAttributes
    attributes: paramiko.SFTPAttributes = decoder._from_msg(message)  # noqa: SLF001 - the only decoder there is
    return attributes

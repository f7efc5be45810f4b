"""The SFTP source: the files of one folder of a partner's server, listed and fetched over a pinned connection.

Nothing is resumed: a broken transfer starts over. Remote names are metadata; the path travels percent-encoded,
because servers hold names in any bytes and a table holds text.
"""

import errno
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from types import TracebackType
from typing import Self
from urllib.parse import quote_from_bytes, unquote_to_bytes

import paramiko

from budget_sync.domain.addresses import AllowedNetworks
from budget_sync.domain.errors import SourceError
from budget_sync.sources.protocol import RemoteFile, StepResult, too_large, walk_steps
from budget_sync.sources.selection import LONGEST_PATH, is_wanted, shown_name
from budget_sync.sources.sftp_archive import archive_path, move_to_archive
from budget_sync.sources.sftp_client import Entry, RawNamesClient
from budget_sync.sources.sftp_configuration import SftpConfiguration, SftpSecrets
from budget_sync.sources.sftp_connection import open_transport
from budget_sync.sources.sftp_version import version_of

STEPS = ("resolve", "connect", "host_key", "login", "list", "fetch")
_PIECE = 256 * 1024
_REQUESTS_AHEAD = 64
_LARGEST_SIZE = 2**63 - 1  # a server may say more, a bigint holds no more


class SftpSource:
    """One configured folder. Connects on entering; not to be shared between threads."""

    def __init__(self, configuration: SftpConfiguration, secrets: SftpSecrets, allowed: AllowedNetworks) -> None:
        self._configuration = configuration
        self._secrets = secrets
        self._allowed = allowed
        self._archive = archive_path(configuration)
        self._transport: paramiko.Transport | None = None
        self._client: RawNamesClient | None = None

    def __enter__(self) -> Self:
        self._transport = open_transport(self._configuration, self._secrets, self._allowed)
        try:
            with self._failing_at("login", f"opening SFTP on {self._configuration.host}"):
                self._client = RawNamesClient.within(self._transport, self._configuration.timeout_seconds)
        except BaseException:
            self._transport.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._transport is not None:
            self._transport.close()
        self._transport = self._client = None

    def list(self) -> Iterable[RemoteFile]:
        """The wanted regular files of the folder, by name."""
        with self._failing_at("list", f"listing the folder {self._configuration.folder}"):
            return sorted(self._walk(self._configuration.folder.encode()), key=lambda file: file.path)

    def fetch(self, file: RemoteFile) -> bytes:
        """The whole file; its size and time of change are compared again when it is here.

        Raises:
            SourceError: too large, gone, changed while it was read, or the connection broke.
        """
        if file.size > self._configuration.max_bytes:
            raise too_large(file, self._configuration.max_bytes)
        path = unquote_to_bytes(file.path)
        with self._failing_at("fetch", f"reading {file.name}"):
            content = self._read(path, file)
            after = self._open_client().stat(path)
        if len(content) != file.size or version_of(file.path, after.st_size or 0, after.st_mtime or 0) != file.version:
            raise SourceError(
                f"{file.name} changed while it was read ({len(content)} bytes came, {file.size} were listed). It is"
                " taken at a later look, when it stands still.",
                step="fetch",
                reason="changed",
            )
        return content

    @property
    def archives(self) -> bool:
        """Whether files are moved away once they are loaded."""
        return self._archive is not None

    def archive(self, file: RemoteFile) -> None:
        """Move it into the archive folder, if it is still there in this state."""
        if self._archive is not None:
            with self._failing_at("archive", f"moving {file.name} to {self._configuration.archive_folder}"):
                move_to_archive(self._open_client(), self._archive, file)

    def describe(self) -> str:
        """As a URL, with the patterns where there are any."""
        return self._configuration.describe()

    def test(self) -> Sequence[StepResult]:
        """Connects, lists and reads the smallest file; each step with its outcome."""
        return walk_steps(self, STEPS)

    def _walk(self, top: bytes) -> Iterator[RemoteFile]:
        """A server may answer each request in time and yet never come to an end: the whole has a limit, too."""
        deadline = time.monotonic() + self._configuration.list_seconds
        folders = [top]
        while folders:
            folder = folders.pop()
            for entry in self._open_client().entries(folder):
                if time.monotonic() > deadline:
                    raise TimeoutError(f"not listed after {self._configuration.list_seconds:.0f} s")
                path = folder.rstrip(b"/") + b"/" + entry.name
                if len(quote_from_bytes(path)) > LONGEST_PATH:
                    continue
                if entry.is_file and is_wanted(_as_text(entry.name), self._configuration.patterns):
                    yield _remote_file(path, entry)
                elif self._is_walked(path, entry):
                    folders.append(path)

    def _is_walked(self, path: bytes, entry: Entry) -> bool:
        visible = entry.is_folder and is_wanted(_as_text(entry.name), ("*",))
        return self._configuration.recursive and visible and path != self._archive

    def _read(self, path: bytes, file: RemoteFile) -> bytes:
        """At most one byte more than was listed, within the time that a transfer may take."""
        deadline = time.monotonic() + self._configuration.fetch_seconds
        content = bytearray()
        with self._open_client().open(path) as remote:
            remote.prefetch(file.size, max_concurrent_requests=_REQUESTS_AHEAD)
            while piece := remote.read(min(_PIECE, file.size + 1 - len(content))):
                content += piece
                if time.monotonic() > deadline:
                    raise TimeoutError(f"not here after {self._configuration.fetch_seconds:.0f} s")
        return bytes(content)

    def _open_client(self) -> RawNamesClient:
        if self._client is None:
            raise RuntimeError("an SFTP source is used within `with`")
        return self._client

    @contextmanager
    def _failing_at(self, step: str, doing: str) -> Iterator[None]:
        try:
            yield
        except (paramiko.SSHException, OSError, EOFError) as error:
            reason = str(error) or type(error).__name__
            if step == "list" and isinstance(error, OSError) and error.errno == errno.ENOENT:
                cure = (
                    f"Check its name; it begins in the folder that the user {self._configuration.username} comes into"
                )
            else:
                cure = f"If it lasts, ask the partner to check the rights of the user {self._configuration.username}"
            raise SourceError(f"{doing[0].upper()}{doing[1:]} failed: {reason}. {cure}.", step=step) from error


def _remote_file(path: bytes, entry: Entry) -> RemoteFile:
    size, modified = min(entry.attributes.st_size or 0, _LARGEST_SIZE), entry.attributes.st_mtime or 0
    quoted = quote_from_bytes(path)
    return RemoteFile(
        name=shown_name(_as_text(entry.name)),
        path=quoted,
        size=size,
        modified_at=datetime.fromtimestamp(modified, UTC),
        version=version_of(quoted, size, modified),
    )


def _as_text(name: bytes) -> str:
    return name.decode("utf-8", errors="replace")

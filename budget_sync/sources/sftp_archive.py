"""A file that was loaded goes into the partner's archive folder, if it still is the file that was loaded.

In: an open session, the configuration, the file. Nothing is overwritten there, and nothing that was not loaded goes
there: a file that was replaced at this very moment is put back, and taken at a later look.
"""

from urllib.parse import unquote_to_bytes

from budget_sync.sources.protocol import RemoteFile
from budget_sync.sources.sftp_client import RawNamesClient
from budget_sync.sources.sftp_configuration import SftpConfiguration
from budget_sync.sources.sftp_version import version_of

_TOLD_APART = 8


def archive_path(configuration: SftpConfiguration) -> bytes | None:
    """The archive folder as the server knows it; None: there is none."""
    if configuration.archive_folder is None:
        return None
    folder = configuration.archive_folder.rstrip("/").encode()
    return folder if folder.startswith(b"/") else configuration.folder.encode().rstrip(b"/") + b"/" + folder


def move_to_archive(client: RawNamesClient, folder: bytes, file: RemoteFile) -> None:
    """Move it, where it is still there in the state that was loaded.

    Raises:
        OSError: the server does not let us.
    """
    path = unquote_to_bytes(file.path)
    if not _is_still(client, path, file):
        return
    try:
        client.stat(folder)
    except FileNotFoundError:
        client.mkdir(folder)
    target = _free_name(client, folder, path.rpartition(b"/")[2], file)
    client.rename(path, target)
    if not _is_still(client, target, file):
        client.rename(target, path)


def _is_still(client: RawNamesClient, path: bytes, file: RemoteFile) -> bool:
    try:
        now = client.stat(path)
    except FileNotFoundError:
        return False
    return version_of(file.path, now.st_size or 0, now.st_mtime or 0) == file.version


def _free_name(client: RawNamesClient, folder: bytes, name: bytes, file: RemoteFile) -> bytes:
    """The name, with something of its version where an earlier file took it."""
    try:
        client.stat(folder + b"/" + name)
    except FileNotFoundError:
        return folder + b"/" + name
    stem, dot, ending = name.rpartition(b".")
    mark = b"~" + file.version[:_TOLD_APART].encode()
    return folder + b"/" + (stem + mark + dot + ending if stem else name + mark)

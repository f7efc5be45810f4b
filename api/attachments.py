"""A file that is written once and sent in pieces: memory stays flat however long it is.

In: what writes the file. Out: a streamed answer that a browser saves under the file's name. The file is written whole
before the first byte goes out, so that a slow reader holds neither a connection nor a snapshot of the database.
"""

from collections.abc import AsyncIterator, Callable
from tempfile import SpooledTemporaryFile
from typing import IO
from urllib.parse import quote

import anyio
from litestar.response import Stream

from budget_sync.domain.fields import FileFormat

ATTACHMENT = "attachment"  # the opt of a route that can answer with a file of each format
_IN_MEMORY = 1024 * 1024
_PIECE = 64 * 1024
MEDIA_TYPES = {
    FileFormat.CSV: "text/csv",  # Litestar adds the charset
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


async def attachment(
    write: Callable[[IO[bytes]], str], file_format: FileFormat, places: anyio.CapacityLimiter
) -> Stream:
    """What ``write`` writes, under the name that it returns; it runs in a thread, one of ``places``."""
    file = SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115 - closed when the last piece is sent
    try:
        name = await anyio.to_thread.run_sync(write, file, limiter=places)
        file.seek(0)
    except BaseException:
        file.close()
        raise
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Stream(_pieces(file), media_type=MEDIA_TYPES[file_format], headers=headers)


async def _pieces(file: "SpooledTemporaryFile[bytes]") -> AsyncIterator[bytes]:
    with file:
        while piece := await anyio.to_thread.run_sync(file.read, _PIECE):
            yield piece

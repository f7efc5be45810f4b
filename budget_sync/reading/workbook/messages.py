"""What goes through the pipes between the service and the child that parses: frames of MessagePack.

A frame is its length in four bytes, big-endian, then one message. A request is answered by ``WorkbookOpened``,
any number of ``SheetOpened``, each followed by its ``SheetRows``, and one ``Finished``; or at any point by ``Refused``.
"""

from typing import TypeAlias

import msgspec

from budget_sync.reading.document import MergedRange, Note
from budget_sync.reading.limits import Limits

LENGTH_BYTES = 4
TOO_LARGE = (
    "The workbook needs more memory than one file may take. Delete unused rows, columns and sheets, split it, or send "
    "the table as .csv."
)


class ParseRequest(msgspec.Struct, frozen=True, array_like=True):
    """Parse this workbook. ``is_archive``: a zip archive (xlsx, ods), else an OLE file (xls)."""

    content: bytes
    is_archive: bool
    limits: Limits


class WorkbookOpened(msgspec.Struct, frozen=True, array_like=True, tag="workbook"):
    """The workbook may be parsed. ``file_format``: xlsx, xls or ods."""

    file_format: str


class SheetOpened(msgspec.Struct, frozen=True, array_like=True, tag="opened"):
    """A sheet begins; see ``Grid`` for what the fields mean."""

    name: str
    hidden: bool
    merges: list[MergedRange]
    hidden_rows: list[int]
    number_units: dict[int, str]
    notes: list[Note]


class SheetRows(msgspec.Struct, frozen=True, array_like=True, tag="rows"):
    """The next rows of the sheet that was opened last."""

    rows: list[list[str]]
    kinds: list[str]


class Finished(msgspec.Struct, frozen=True, array_like=True, tag="finished"):
    """All sheets were sent. ``retire``: this child has grown large and should not be asked again."""

    retire: bool = False


class Refused(msgspec.Struct, frozen=True, array_like=True, tag="refused"):
    """The workbook is not read; the members of an ``UnreadableFileError``."""

    reason: str
    message: str
    details: dict[str, str | int]


Answer: TypeAlias = WorkbookOpened | SheetOpened | SheetRows | Finished | Refused

_encoder = msgspec.msgpack.Encoder()
_request_decoder = msgspec.msgpack.Decoder(ParseRequest)
_answer_decoder: msgspec.msgpack.Decoder[Answer] = msgspec.msgpack.Decoder(Answer)


def frame(message: ParseRequest | Answer) -> bytes:
    """One message as it goes through the pipe."""
    body = _encoder.encode(message)
    return len(body).to_bytes(LENGTH_BYTES, "big") + body


def decode_request(body: bytes) -> ParseRequest:
    """The request in a frame's body."""
    return _request_decoder.decode(body)


def decode_answer(body: bytes) -> Answer:
    """The answer in a frame's body."""
    return _answer_decoder.decode(body)

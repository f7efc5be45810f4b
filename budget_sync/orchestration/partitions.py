"""One dynamic partition a file: ``customer/source/file-name~8 hex of the version``, validated by us.

Dagster's storage accepts anything as a key; what the UI, its links and its range syntax cannot carry is kept out here.
"""

import hashlib
import re
import unicodedata
from typing import NamedTuple
from uuid import UUID

from dagster import DynamicPartitionsDefinition

from budget_sync.domain.errors import InvalidRequestError
from budget_sync.sources.configuration import SourceConfiguration
from budget_sync.sources.protocol import RemoteFile

BUDGET_FILES = DynamicPartitionsDefinition(name="budget_files")
UPLOADS = "upload"

_KEY = re.compile(
    r"(?P<customer>[a-z0-9-]{1,48})/(?P<source>[a-z0-9-]{1,60})/(?P<name>[^/~\x00-\x1f]{1,120})~(?P<tail>[0-9a-f]{8}|[0-9a-f]{32})"
)
_LONGEST_NAME = 120
_NOT_IN_SOURCE = re.compile(r"[^a-z0-9]+")


class FileKey(NamedTuple):
    """The parts of a key; ``import_id`` is that of an upload, None for a file of a source."""

    customer: str
    source: str
    name: str
    import_id: UUID | None

    @classmethod
    def parse(cls, key: str) -> "FileKey":
        """The parts.

        Raises:
            InvalidRequestError: the key is none of ours, for instance one that was typed into the UI.
        """
        match = _KEY.fullmatch(key)
        if match is None or ".." in key or (len(match["tail"]) == 32) != (match["source"] == UPLOADS):  # noqa: PLR2004 - a UUID in hex
            raise InvalidRequestError(
                f"{key[:200]!r} is no key of a file. Keys are made by the sensors and look like"
                " customer/source/budget.csv~1a2b3c4d."
            )
        upload = match["source"] == UPLOADS
        return cls(match["customer"], match["source"], match["name"], UUID(match["tail"]) if upload else None)


def remote_file_key(source: SourceConfiguration, file: RemoteFile) -> str:
    """The key of one state of one remote file."""
    version = hashlib.sha256(f"{source.id}\n{file.path}\n{file.version}".encode()).hexdigest()[:8]
    name = _NOT_IN_SOURCE.sub("-", source.name.lower()).strip("-")[:60] or "source"
    return f"{source.customer}/{'source' if name == UPLOADS else name}/{_name_in_key(file.name)}~{version}"


def upload_key(customer: str, file_name: str, import_id: UUID) -> str:
    """The key of a file that a person sent."""
    return f"{customer}/{UPLOADS}/{_name_in_key(file_name)}~{import_id.hex}"


def _name_in_key(name: str) -> str:
    """Letters and digits of any script, and what is harmless in an address and in Dagster's own syntax."""
    text = unicodedata.normalize("NFC", name)
    kept = "".join(mark if mark.isalnum() or mark in " ._-+()" else "_" for mark in text)
    single = re.sub(r"\.{2,}", ".", kept).strip()
    return (single if len(single) <= _LONGEST_NAME else single[:60] + "_" + single[-59:]) or "file"

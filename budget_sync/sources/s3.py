"""The S3 source: the objects of a bucket below a prefix, of Amazon's or a compatible store.

An object is there as a whole or not at all; its version is its ETag with the time of its last change, and it is fetched
only if it still bears that ETag. Nothing is resumed: a broken transfer starts over. Keys are metadata.
"""

import time
from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import quote, unquote

from budget_sync.domain.addresses import AllowedNetworks
from budget_sync.domain.errors import SourceError
from budget_sync.sources.protocol import RemoteFile, StepResult, too_large, walk_steps
from budget_sync.sources.s3_client import failing_at, open_client
from budget_sync.sources.s3_configuration import S3Configuration, S3Secrets
from budget_sync.sources.selection import LONGEST_PATH, is_wanted, shown_name

STEPS: Final = ("resolve", "connect", "login", "list", "fetch")
_PIECE: Final = 1024 * 1024
_GONE: Final = frozenset({"NoSuchKey", "404"})
_CHANGED: Final = frozenset({"PreconditionFailed", "412"})


class S3Source:
    """One configured prefix. Used within ``with``; not to be shared between threads."""

    def __init__(self, configuration: S3Configuration, secrets: S3Secrets, allowed: AllowedNetworks) -> None:
        self._configuration = configuration
        self._secrets = secrets
        self._allowed = allowed
        self._client: Any = None

    def __enter__(self) -> Self:
        self._client = open_client(self._configuration, self._secrets, self._allowed)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client is not None:
            self._client.close()
        self._client = None

    def list(self) -> Iterable[RemoteFile]:
        """The wanted objects, by key."""
        with failing_at("list", f"Listing {self.describe()}", self._configuration):
            return sorted(self._walk(), key=lambda file: file.path)

    def fetch(self, file: RemoteFile) -> bytes:
        """The whole object, in pieces; its length is compared when it is here.

        Raises:
            SourceError: too large, gone, changed since it was listed, or the connection broke.
        """
        if file.size > self._configuration.max_bytes:
            raise too_large(file, self._configuration.max_bytes)
        etag = file.version.partition("@")[0]
        try:
            with failing_at("fetch", f"Reading {file.name}", self._configuration):
                content = self._read(unquote(file.path), f'"{etag}"', file.size)
        except SourceError as error:
            raise _as_seen(error, file) from error.__cause__
        if len(content) != file.size:
            raise SourceError(
                f"Reading {file.name} ended after {len(content)} of {file.size} bytes. It starts over at a later look.",
                step="fetch",
            )
        return content

    def describe(self) -> str:
        """As a URL, with the patterns where there are any."""
        return self._configuration.describe()

    def test(self) -> Sequence[StepResult]:
        """Connects, lists and reads the smallest object; each step with its outcome."""
        return walk_steps(self, STEPS)

    def _walk(self) -> Iterator[RemoteFile]:
        deadline = time.monotonic() + self._configuration.list_seconds
        asked = {"Bucket": self._configuration.bucket, "Prefix": self._configuration.prefix}
        if not self._configuration.recursive:
            asked["Delimiter"] = "/"
        for page in self._open_client().get_paginator("list_objects_v2").paginate(**asked):
            for item in page.get("Contents", ()):
                if self._is_offered(item["Key"]):
                    yield _remote_file(item)
            if time.monotonic() > deadline:
                raise TimeoutError(f"not listed after {self._configuration.list_seconds:.0f} s")

    def _is_offered(self, key: str) -> bool:
        *folders, name = key.removeprefix(self._configuration.prefix).split("/")
        if len(quote(key, safe="/")) > LONGEST_PATH or not all(is_wanted(folder, ("*",)) for folder in folders):
            return False
        return is_wanted(name, self._configuration.patterns)

    def _read(self, key: str, etag: str, size: int) -> bytes:
        """At most one byte more than was listed, within the time that a transfer may take."""
        deadline = time.monotonic() + self._configuration.fetch_seconds
        answer = self._open_client().get_object(Bucket=self._configuration.bucket, Key=key, IfMatch=etag)
        content = bytearray()
        with answer["Body"] as body:
            while piece := body.read(min(_PIECE, size + 1 - len(content))):
                content += piece
                if time.monotonic() > deadline:
                    raise TimeoutError(f"not here after {self._configuration.fetch_seconds:.0f} s")
        return bytes(content)

    def _open_client(self) -> Any:
        if self._client is None:
            raise RuntimeError("an S3 source is used within `with`")
        return self._client


def _remote_file(item: dict[str, Any]) -> RemoteFile:
    etag, modified = item["ETag"].strip('"'), item["LastModified"]
    return RemoteFile(
        name=shown_name(item["Key"].rpartition("/")[2]),
        path=quote(item["Key"], safe="/"),
        size=item["Size"],
        modified_at=modified,
        version=f"{etag}@{modified.isoformat()}",
    )


def _as_seen(error: SourceError, file: RemoteFile) -> SourceError:
    """What a store answers where the object is another by now, in words."""
    answer = error.details.get("answer")
    if answer in _CHANGED:
        return SourceError(
            f"{file.name} was replaced after it was listed. The new one is taken at a later look.",
            step="fetch",
            reason="changed",
        )
    if answer in _GONE:
        return SourceError(f"{file.name} was removed after it was listed.", step="fetch", reason="gone")
    return error

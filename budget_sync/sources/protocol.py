"""What every kind of source can do: list, fetch, describe itself, test itself. A new kind is one file."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Protocol, Self


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file as the partner's server shows it; nothing of it is ever used as a path of ours.

    ``name`` is for people: one line of printable text. ``path`` is what ``fetch`` needs, in printable ASCII.
    ``size`` in bytes. ``version`` tells one state of the file from another: two states of one path never share it
    as far as the server lets us see.
    """

    name: str
    path: str
    size: int
    modified_at: datetime
    version: str


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step of ``test``: resolve, connect, host_key, login, list, fetch; ``message`` says why, for people."""

    step: str
    passed: bool
    message: str


class Source(Protocol):
    """A partner's server, used within ``with``; every call ends within the source's time limits.

    ``list``, ``fetch`` and entering raise ``SourceError`` with the step that failed.
    """

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def list(self) -> Iterable[RemoteFile]:
        """The files that this source offers now, by path; unfinished and hidden ones are left out."""

    def fetch(self, file: RemoteFile) -> bytes:
        """The whole of one file, in exactly the state that was listed."""

    def describe(self) -> str:
        """Where it is, for people, without anything secret."""

    def test(self) -> Sequence[StepResult]:
        """Walks the steps in order and stops at the first that fails; never raises ``SourceError``."""

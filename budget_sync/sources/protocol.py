"""What every kind of source can do: list, fetch, describe itself, test itself.

A new kind is a configuration that opens it (``kinds`` lists them) and a ``Source``.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Final, Protocol, Self, runtime_checkable

from budget_sync.domain.addresses import NOTHING_BESIDE, AllowedNetworks
from budget_sync.domain.errors import SourceError

MEBIBYTE: Final = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Allowed:
    """What whoever runs the installation lets sources do: which networks, and whether with the machine's identity."""

    networks: AllowedNetworks = NOTHING_BESIDE
    environment_identity: bool = False


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file as the partner's server shows it; nothing of it is ever used as a path of ours.

    ``name`` is for people: one line of printable text. ``path`` is what ``fetch`` needs, in printable ASCII.
    ``size`` in bytes, 0 where the server does not say. ``version`` tells one state of the file from another: two states
    of one path never share it as far as the server lets us see.
    """

    name: str
    path: str
    size: int
    modified_at: datetime
    version: str


@dataclass(frozen=True, slots=True)
class StepResult:
    """One step of ``test``: resolve, connect, host_key, login, list, fetch; ``message`` says why, for people.

    A source that has no such step leaves it out.
    """

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


@runtime_checkable
class Archives(Protocol):
    """A source that can also move a file out of the way once it is loaded."""

    @property
    def archives(self) -> bool:
        """Whether this one is to."""

    def archive(self, file: RemoteFile) -> None:
        """Move it, if it is still there in this state.

        Raises:
            SourceError: at the step ``archive``.
        """


def walk_steps(source: Source, steps: Sequence[str]) -> Sequence[StepResult]:
    """Connects, lists and reads the smallest file; each of ``steps`` up to the first that fails, with its outcome."""
    try:
        with source:
            files = sorted(source.list(), key=lambda file: file.size)
            if files:
                content = source.fetch(files[0])
    except SourceError as error:
        failed = steps.index(error.step)
        return (*_passed(steps[:failed]), StepResult(error.step, passed=False, message=error.message))
    number = "1 file" if len(files) == 1 else f"{len(files)} files"
    read = f"{files[0].name}, {len(content)} bytes" if files else "no file there to read"
    return (
        *_passed(steps[:-2]),
        StepResult("list", passed=True, message=f"{number} in {source.describe()}"),
        StepResult("fetch", passed=True, message=read),
    )


def too_large(file: RemoteFile, max_bytes: int) -> SourceError:
    """The refusal of a file above the limit of its source."""
    return SourceError(
        f"{file.name} has {file.size / MEBIBYTE:.0f} MiB; this source takes files of up to {max_bytes / MEBIBYTE:.0f}"
        " MiB.",
        step="fetch",
        reason="too_large",
    )


def _passed(steps: Sequence[str]) -> Iterator[StepResult]:
    return (StepResult(step, passed=True, message="ok") for step in steps)

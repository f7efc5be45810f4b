"""The lines of a large file, prepared in a thread of their own while PostgreSQL writes those before them.

In: what checks a file part by part. Out: ``PartsAhead``, which a load takes as it takes lines that are all prepared.
A load waits for PostgreSQL most of the time, and lets the thread work meanwhile.
"""

import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from threading import Event
from typing import Self

from budget_sync.importing.checked_lines import CheckedLines
from budget_sync.loading import PreparedLines, PreparedPart

TakePart = Callable[[PreparedPart], None]
# How soon threads let each other on. At the usual 5 ms the load, which goes to PostgreSQL and back many times a part,
# waited for the thread at each return: 0.13 s of 100,000 rows.
_SWITCH_SECONDS = 0.0005


class _NobodyWaitsError(Exception):
    """Ends the thread at its next part: the load has ended before it."""


class PartsAhead:
    """Parts as they come, once and in order; ``checked`` and ``whole`` wait for the last of them.

    ``accept`` looks at the whole before a load keeps any of it, and raises what speaks against it. What is waiting is
    as small as what is kept: parts far behind the first are packed.
    """

    def __init__(self, check: Callable[[TakePart], CheckedLines], accept: Callable[[CheckedLines], None]) -> None:
        self._check = check
        self._accept = accept
        self._waiting: SimpleQueue[PreparedPart | None] = SimpleQueue()
        self._ended = Event()
        sys.setswitchinterval(_SWITCH_SECONDS)
        self._thread = ThreadPoolExecutor(1, "parts-ahead")
        self._checked = self._thread.submit(self._work)

    def unpacked(self) -> Iterator[PreparedPart]:
        """The parts in the order of the file, unpacked one after the other."""
        while (part := self._waiting.get()) is not None:
            yield part.unpack()

    def checked(self) -> CheckedLines:
        """All lines, and what must be asked of them.

        Raises:
            Exception: whatever ended the check.
        """
        return self._checked.result()

    def whole(self) -> PreparedLines:
        """All lines, once they are accepted."""
        checked = self.checked()
        self._accept(checked)
        return checked.prepared

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.shutdown()

    def _work(self) -> CheckedLines:
        try:
            return self._check(self._take)
        finally:
            self._waiting.put(None)

    def _take(self, part: PreparedPart) -> None:
        if self._ended.is_set():
            raise _NobodyWaitsError
        self._waiting.put(part)

"""Functions of one short text that is asked about again and again remember their answers, but keep no pages of prose.

A cache of functools would: after a file of 26 MB of prose was gone, 200 MB of its cells were still held.
"""

from collections.abc import Callable
from typing import Generic, TypeVar

LONGEST_TEXT = 500  # characters; a longer one is prose
_Answer = TypeVar("_Answer")


class _Remembered(dict[str, _Answer], Generic[_Answer]):
    """Looked up as fast as a dict; begun anew when it is full."""

    def __init__(self, function: Callable[[str], _Answer], most: int) -> None:
        super().__init__()
        self._function, self._most = function, most

    def __missing__(self, text: str) -> _Answer:
        answer = self._function(text)
        if len(text) <= LONGEST_TEXT:
            if len(self) >= self._most:
                self.clear()
            self[text] = answer
        return answer


def remembers(most: int) -> Callable[[Callable[[str], _Answer]], Callable[[str], _Answer]]:
    """Remember the answers to at most so many texts."""

    def decorate(function: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
        return _Remembered(function, most).__getitem__

    return decorate

r"""The physical lines of a text, cut from it when they are asked for.

In: the text of a file. Out: its lines, each with ``\n`` as its end, blank ones behind the last filled one left out.
A list of them would take as much memory again as the text, and more.
"""

import re
from array import array
from collections.abc import Iterator, Sequence
from itertools import chain
from operator import sub
from typing import overload

_END = re.compile("\n")


class TextLines(Sequence[str]):
    r"""Line ends may be LF, CRLF, a lone CR, or the CR CR LF of a file converted twice. NULs are dropped."""

    def __init__(self, text: str) -> None:
        if "\0" in text:
            text = text.replace("\0", "")
        if "\r" in text:
            text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
        self._text = text
        self._ends = array("Q", map(re.Match.end, _END.finditer(text)))
        if text and not text.endswith("\n"):
            self._ends.append(len(text))
        while self._ends and not self[-1].strip():
            self._ends.pop()

    def __len__(self) -> int:
        return len(self._ends)

    @overload
    def __getitem__(self, at: int) -> str: ...

    @overload
    def __getitem__(self, at: slice) -> list[str]: ...

    def __getitem__(self, at: int | slice) -> str | list[str]:
        if isinstance(at, slice):
            return [self[line] for line in range(*at.indices(len(self._ends)))]
        end = self._ends[at]
        line = at % len(self._ends)
        return self._text[self._ends[line - 1] if line else 0 : end]

    def __iter__(self) -> Iterator[str]:
        return self.from_line(0)

    def from_line(self, first: int) -> Iterator[str]:
        """The lines from ``first`` on; faster than asking for one after the other."""
        text, start = self._text, self._ends[first - 1] if first else 0
        for end in memoryview(self._ends)[first:]:
            yield text[start:end]
            start = end

    def text_of(self, first: int, end: int) -> str:
        """The lines ``first`` to ``end`` (not included) in one piece, without the end of the last of them."""
        last = min(end, len(self._ends)) - 1
        return self._text[self._ends[first - 1] if first else 0 : self._ends[last]].removesuffix("\n")

    def may_hold_cells_of(self, length: int, quote: str) -> bool:
        """Whether a cell could be longer than so many characters: in one line, or within quotes over several."""
        ends = memoryview(self._ends)
        return quote in self._text or any(map(length.__lt__, map(sub, ends, chain((0,), ends))))

    def without_first(self) -> "TextLines":
        """The same lines with nothing in the first one."""
        return TextLines("\n" + self._text[self._ends[0] :])

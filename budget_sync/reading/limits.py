"""How much a single file may cost to read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may take; whatever passes a limit is refused with a sentence that names it.

    Of a workbook, which is read in a child process:
    ``seconds``: wall time of the whole reading, the way to the child and back included.
    ``address_space``, ``memory``: bytes that the child process may map, and that it may fill.
    ``unpacked``: bytes of all parts of the archive.
    ``cells``: rows times columns of all sheets, empty cells between filled ones included.
    ``text``: bytes of what the cells hold, numbers as they are written.

    Of a text file, which is read in the process itself and given no time: what follows, and what mending may take
    for each line (``text.effort``), bound the work.
    ``lines``: as many as a sheet has rows.
    ``cell``: characters, as many as a cell of a sheet holds; a longer one is cut, and marked as such.
    ``block_rows``: a file with more lines is kept packed, in blocks of as many rows.
    """

    seconds: float = 60.0
    address_space: int = 3 * 1024**3
    memory: int = 1792 * 1024**2
    unpacked: int = 600 * 1024**2
    cells: int = 15_000_000
    text: int = 256 * 1024**2
    lines: int = 1_048_576
    cell: int = 32_767
    block_rows: int = 50_000


DEFAULT_LIMITS = Limits()

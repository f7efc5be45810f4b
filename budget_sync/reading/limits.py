"""How much a single file may cost to read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one workbook may take; whatever passes a limit is refused with a sentence that names it.

    ``seconds``: wall time of the whole reading.
    ``address_space``, ``memory``: bytes that the child process may map, and that it may fill.
    ``unpacked``: bytes of all parts of the archive.
    ``cells``: rows times columns of all sheets, empty cells between filled ones included.
    ``text``: bytes of what the cells hold, numbers as they are written.
    """

    seconds: float = 60.0
    address_space: int = 3 * 1024**3
    memory: int = 1792 * 1024**2
    unpacked: int = 600 * 1024**2
    cells: int = 15_000_000
    text: int = 256 * 1024**2


DEFAULT_LIMITS = Limits()

"""How much a single file may cost to read."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What one workbook may take; whatever passes a limit is refused with a sentence that names it.

    ``seconds``: wall time of the whole reading. ``address_space``: bytes of the child process. ``unpacked``: bytes
    of all parts of the archive. ``cells``: rows times columns of one sheet, empty cells between filled ones included.
    """

    seconds: float = 60.0
    address_space: int = 3 * 1024**3
    unpacked: int = 600 * 1024**2
    cells: int = 40_000_000


DEFAULT_LIMITS = Limits()

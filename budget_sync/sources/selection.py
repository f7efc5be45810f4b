"""Which of the listed files are offered, and how their names are shown.

In: remote names. Out: names for people, and whether a file of that name is wanted. Whether the partner has finished
writing it is decided in ``claims``.
"""

import fnmatch
import unicodedata
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import Annotated

import msgspec

UNFINISHED = (".part", ".tmp", ".filepart")
_LONGEST_NAME = 200
# Percent-encoded; an index of PostgreSQL holds 2,704 bytes, and one longer path would hide all other files.
LONGEST_PATH = 2000

# Shell patterns of file names, at least one.
Patterns = Annotated[
    tuple[Annotated[str, msgspec.Meta(min_length=1, max_length=200)], ...], msgspec.Meta(min_length=1, max_length=50)
]


def shown_name(name: str) -> str:
    r"""A remote name as one line of printable text: control, direction and other invisible characters become ``_``.

    >>> shown_name("budget\u202efdp.csv")
    'budget_fdp.csv'
    """
    text = unicodedata.normalize("NFC", name)
    shown = "".join("_" if unicodedata.category(mark)[0] == "C" or mark in "\u2028\u2029" else mark for mark in text)
    if len(shown) <= _LONGEST_NAME:
        return shown
    ending = PurePosixPath(shown).suffix[:16]
    return shown[: _LONGEST_NAME - len(ending)] + ending


def is_wanted(name: str, patterns: Iterable[str]) -> bool:
    """Whether a file of this name is offered: visible, finished, of one of the patterns, and a name at all.

    A name with a slash or a NUL in it is none that a server can hold; it is left alone.
    """
    folded = name.casefold()
    if not name or name.startswith(".") or "/" in name or "\x00" in name or folded.endswith(UNFINISHED):
        return False
    return any(fnmatch.fnmatchcase(folded, pattern.casefold()) for pattern in patterns)


def patterns_shown(patterns: Patterns) -> str:
    """The patterns behind a place, where they leave something out."""
    return "" if patterns == ("*",) else f" ({', '.join(patterns)})"

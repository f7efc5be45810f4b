"""Which of the listed files are taken: by name, and only when the partner has finished writing them.

In: names and listings. Out: names for people, whether a file is wanted, and what has stood still between two looks.
"""

import fnmatch
import hashlib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from budget_sync.sources.protocol import RemoteFile

UNFINISHED = (".part", ".tmp", ".filepart")
_LONGEST_NAME = 200


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


@dataclass(frozen=True, slots=True)
class Looks:
    """After a look: the files to take now, and the fingerprints to hold the others against at the next look."""

    settled: tuple[RemoteFile, ...]
    waiting: Mapping[str, str]


def settled(files: Iterable[RemoteFile], seen_before: Mapping[str, str], *, at_first_sight: bool = False) -> Looks:
    """The files whose size and time of change are as the look before saw them.

    The partner's clock is not asked: one that is an hour off would make a half-written file look old.
    ``seen_before`` is ``waiting`` of the look before; ``at_first_sight`` is for files that arrive by rename.
    """
    taken: list[RemoteFile] = []
    waiting: dict[str, str] = {}
    for file in files:
        key = hashlib.sha256(file.path.encode()).hexdigest()[:16]
        if at_first_sight or seen_before.get(key) == file.version:
            taken.append(file)
        else:
            waiting[key] = file.version
    return Looks(tuple(taken), waiting)

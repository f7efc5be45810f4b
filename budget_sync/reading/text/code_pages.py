"""Bytes that are not UTF-8: which code page wrote them?

In: the bytes. Out: the name of the encoding. cp1252 is taken unless another explains the bytes clearly better:
statistics over bytes alone took £500m for Ł500m in most British files.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

DEFAULT_CODE_PAGE = "cp1252"
_SAMPLE_BYTES = 65_536
_CLEARLY_BETTER = 0.15
_CONVINCING = 0.75
_LEFT_OPEN = 0.6  # of what cp1252 leaves unexplained, a better code page leaves no more
_LEAST_MORE = 2  # characters that it explains beyond cp1252; fewer may be chance
_TELLS = 2
_SEVERAL = 5
_MOST_SELDOM = 0.2
_FEWEST_PAIRS = 4  # two-byte characters; fewer may be chance
_HIGH = re.compile(rb"[\x80-\xff]")
_NON_ASCII = re.compile(r"[^\x00-\x7f]")
_LAST_ASCII = 0x7F
_FIRST_BEYOND_LATIN = "\u0370"
_SINGLE = 0.3  # of the runs of wide characters; Latin text read as wide gives single ones between its letters


@dataclass(frozen=True, slots=True)
class _Language:
    """The accented letters of a language; ``only_before``: where some stand; ``seldom``: which are few among them."""

    letters: frozenset[str]
    only_before: Mapping[str, str]
    seldom: frozenset[str]

    def explains(self, pairs: Counter[tuple[str, str]]) -> int:
        """How many of the letters, each with the one behind it, are of the language."""
        own = Counter[str]()
        for (letter, after), count in pairs.items():
            if letter in self.letters and after.lower() in self.only_before.get(letter.lower(), after.lower()):
                own[letter] += count
        few = sum(count for letter, count in own.items() if letter in self.seldom)
        return own.total() - few if few > _MOST_SELDOM * own.total() else own.total()


@dataclass(frozen=True, slots=True)
class _Alphabets:
    """``alphabets.toml``: the letters of the languages of each code page, and marks that any language may use."""

    code_pages: dict[str, list[_Language]]
    marks: frozenset[str]
    marks_inside_words: frozenset[str]
    marks_before_words: frozenset[str]
    east_asian: dict[str, tuple[int, int, float]]

    def misplaced(self, before: str, mark: str, after: str) -> bool:
        """Whether a mark stands where people write none."""
        if mark in self.marks_before_words:
            return before.isalpha()
        return before.isalpha() and after.isalpha() and mark not in self.marks_inside_words


@cache
def _alphabets() -> _Alphabets:
    source = resources.files(__package__).joinpath("alphabets.toml").read_text("utf-8")
    tables = tomllib.loads(source)
    known = {
        language: _Language(
            frozenset(text + text.upper()),
            tables["only_before"].get(language, {}),
            frozenset(tables["seldom"].get(language, "")),
        )
        for language, text in tables["alphabets"].items()
    }
    return _Alphabets(
        {page: [known[language] for language in languages] for page, languages in tables["code_pages"].items()},
        frozenset(tables["marks"]),
        frozenset(tables["marks_inside_words"]),
        frozenset(tables["marks_before_words"]),
        {name: (first, last, share) for name, (first, last, share) in tables["east_asian"].items()},
    )


def guess_code_page(content: bytes) -> str:
    """The encoding that explains the bytes above 127 best, cp1252 among equals."""
    sample = _sample(content)
    if wide := _east_asian(sample):
        return wide
    neighbourhoods = _neighbourhoods(sample)
    usual = _likeness(neighbourhoods, DEFAULT_CODE_PAGE)
    rivals = {page: _likeness(neighbourhoods, page) for page in _alphabets().code_pages if page != DEFAULT_CODE_PAGE}
    best = max(rivals, key=lambda page: rivals[page])  # the first of equals
    return best if _beats(rivals[best], usual, neighbourhoods.total()) else DEFAULT_CODE_PAGE


def _beats(best: float, usual: float, count: int) -> bool:
    """By a share that chance does not reach; or by a few letters of many that are marks, where it leaves few open.

    Several letters that one language of it explains without a remainder are no chance, either.
    """
    if best == 1.0 > usual and count >= _SEVERAL:
        return True
    more = round((best - usual) * count) >= _LEAST_MORE and 1.0 - best <= _LEFT_OPEN * (1.0 - usual)
    return best >= _CONVINCING and (best >= usual + _CLEARLY_BETTER or more)


def _sample(content: bytes) -> bytes:
    """Lines that hold bytes above 127, from wherever in the file they stand."""
    lines: list[bytes] = []
    size = 0
    for line in content.splitlines():
        if _HIGH.search(line):
            lines.append(line)
            size += len(line)
            if size > _SAMPLE_BYTES:
                break
    return b"\n".join(lines)


def _neighbourhoods(sample: bytes) -> Counter[bytes]:
    """Each byte above 127 with the bytes before and after it, counted.

    A neighbourhood counts a few times at most: a unit behind every amount says no more than behind the first ones.
    """
    padded = b"\n" + sample + b"\n"
    counts = Counter(padded[found.start() - 1 : found.end() + 1] for found in _HIGH.finditer(padded))
    return Counter({neighbourhood: min(count, _TELLS) for neighbourhood, count in counts.items()})


def _likeness(neighbourhoods: Counter[bytes], page: str) -> float:
    """The share of the characters above 127 that one language of the code page explains, 0 to 1."""
    alphabets = _alphabets()
    letters: Counter[tuple[str, str]] = Counter()
    marks = others = 0
    for encoded, count in neighbourhoods.items():
        try:
            decoded = encoded.decode(page)
        except UnicodeDecodeError:
            return 0.0
        before, character, after = decoded[0], decoded[1], decoded[2]
        if character in alphabets.marks and not alphabets.misplaced(before, character, after):
            marks += count
        elif character.isalpha() and _fits_word(character, before, after):
            letters[character, after] += count
        else:
            others += count
    explained = max(language.explains(letters) for language in alphabets.code_pages[page])
    return (explained + marks) / max(1, letters.total() + marks + others)


def _fits_word(letter: str, before: str, after: str) -> bool:
    """Whether a letter stands as letters do.

    Beside another letter; no capital behind a small one; and no Greek, Cyrillic, Hebrew or Arabic beside Latin.
    """
    if letter.isupper() and before.islower():
        return False
    if letter >= _FIRST_BEYOND_LATIN and any(other.isascii() and other.isalpha() for other in (before, after)):
        return False
    return before.isalpha() or after.isalpha() or not (before + after).strip(" ,;\t\"'\n")


def _east_asian(sample: bytes) -> str | None:
    for name, (first, last, share) in _alphabets().east_asian.items():
        try:
            text = sample.decode(name)
        except UnicodeDecodeError:
            continue
        pairs = [
            encoded
            for character in _NON_ASCII.findall(text)
            if (encoded := character.encode(name)) and len(encoded) > 1 and encoded[0] > _LAST_ASCII
        ]
        usual = sum(first <= pair[0] <= last for pair in pairs)
        if len(pairs) >= _FEWEST_PAIRS and usual >= share * len(pairs) and _whole_words(text):
            return name
    return None


def _whole_words(text: str) -> bool:
    """Whether wide characters stand among their like, as in East Asian text, and not singly between Latin letters."""
    wide: list[str] = re.findall(r"[A-Za-z]?[^\x00-\x7f]+[A-Za-z]?", text)
    mixed = sum(run[0].isascii() or run[-1].isascii() for run in wide)
    return mixed <= _SINGLE * len(wide)

"""A sample of a text file becomes its dialect: delimiter, quote, escape, expected width.

Each candidate delimiter parses the same sample; the one whose rows agree in width, and whose cells look like
values people write, wins. Agreement weighs most, because a wrong delimiter rarely splits every row alike.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from budget_sync.reading.text.dialect import Dialect
from budget_sync.reading.text.effort import Effort
from budget_sync.reading.text.records import tolerant_records

_SAMPLE_LINES = 400
_SAMPLE_CHARACTERS = 60_000
_SAMPLE_EFFORT = 3_000_000
_SAMPLE_CELLS = 4_000
# The last two are a tab as programs write it that do not know it, and a tab doubled.
_PRIORS = {",": 1.0, ";": 1.0, "\t": 1.0, "|": 1.0, ":": 0.5, "^": 0.9, "~": 0.9, " ": 0.6, "  ": 0.7, "\\t": 0.9}
_MOST = 0.55
_NEARLY_ALL = 0.9
_NEEDS_AGREEMENT = " :"  # split any prose: believed only where nine rows in ten agree
_SEPARATOR_LINE = re.compile(r"\"?sep=(.)\"?\s*\Z")
_NUMBER = re.compile(r"[\s$€£¥+\-(]*[0-9][0-9.,' \u00a0]*(?:[eE][+-]?[0-9]+)?[\s%)€$£-]*\Z")
_MOMENT = re.compile(
    r"[0-9]{1,4}[-/.]\w{1,9}[-/.][0-9]{1,4}([ T].*)?\Z|[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?(\.[0-9]+)?( ?[AaPp][Mm])?\Z"
)
_TABS = re.compile(r"\t+")
_LONGEST_VALUE = 80
_PLAUSIBLE = 0.08  # below this the file has one column
_PHRASE = re.compile(r"[^\t;|]{1,60}\Z")


def declared_delimiter(line: str) -> str | None:
    """The delimiter that a first line such as ``sep=;`` names, as Excel writes and reads it."""
    found = _SEPARATOR_LINE.match(line)
    return found.group(1) if found else None


def detect_dialect(lines: Sequence[str], delimiter: str | None = None) -> Dialect:
    """The dialect of a file from its first lines; a ``delimiter`` that the file declares is taken as it is."""
    sample = _sample(lines)
    text = "".join(sample)
    scored = [
        found
        for candidate in ([delimiter] if delimiter else _PRIORS)
        if candidate in text
        for quote in _quotes(text, candidate)
        if (found := _score(sample, text, candidate, quote))
    ]
    if not scored:
        return Dialect(delimiter or ",")
    score, dialect = max(scored, key=lambda pair: pair[0])
    if delimiter is None and score < _PLAUSIBLE:
        return Dialect(quote=dialect.quote)
    if dialect.delimiter == "\t" and all(len(run) % 2 == 0 for run in _TABS.findall(text)):
        return replace(dialect, delimiter="\t\t", width=dialect.width // 2 + 1)
    return dialect


def _sample(lines: Sequence[str]) -> list[str]:
    sample: list[str] = []
    size = 0
    for line in lines[:_SAMPLE_LINES]:
        if line.strip():
            sample.append(line)
            size += len(line)
            if size > _SAMPLE_CHARACTERS:
                break
    return sample


def _quotes(text: str, delimiter: str) -> Iterator[str]:
    yield '"'
    edge = re.escape(delimiter)
    enclosed = rf"(^|{edge} ?)'(?:[^'\\]|''|\\.)*'( ?{edge}|$)"
    if "'" in text and text.count("'") >= text.count('"') and re.search(enclosed, text, re.MULTILINE):
        yield "'"


def _score(sample: list[str], text: str, delimiter: str, quote: str) -> tuple[float, Dialect] | None:
    escape = "\\" if "\\" + quote in text else None
    draft = Dialect(delimiter, quote, escape, strips_spaces=False, width=0)
    rows = _strict_rows(sample, draft)
    if rows is None:
        rows = [record.cells for record in tolerant_records(sample, draft, Effort(_SAMPLE_EFFORT))]
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return None
    width = max(widths, key=lambda each: widths[each] * each**0.3)
    agreeing = [row for row in rows if len(row) == width]
    agreement = len(agreeing) / len(rows)
    cells = [cell.strip() for row in agreeing for cell in row]
    cells = cells[:: len(cells) // _SAMPLE_CELLS + 1]
    likeness = sum(map(_value_likeness, cells)) / len(cells)
    score = agreement**1.5 * likeness * (1 - 0.55 / width) * _PRIORS.get(delimiter, 1.0)
    if quote == "'":
        score *= 1.15
    if delimiter in _NEEDS_AGREEMENT and agreement < _NEARLY_ALL:
        score *= 0.2
    return score, Dialect(delimiter, quote, escape, _spaces_follow(agreeing, text, delimiter, quote), width)


def _strict_rows(sample: list[str], dialect: Dialect) -> list[list[str]] | None:
    """The sample's records, where the strict reader finds nothing wrong with them; it knows cells of any length.

    The sample may end within a cell over many lines, though not within one that would be most of it.
    """
    if len(dialect.delimiter) > 1 or dialect.escape:
        return None
    records = csv.reader(sample, delimiter=dialect.delimiter, quotechar=dialect.quote, strict=True)
    rows: list[list[str]] = []
    good_lines = 0
    try:
        for row in records:
            rows.append(row)
            good_lines = records.line_num
    except csv.Error:
        cut_within_cell = records.line_num == len(sample) and good_lines > len(sample) / 2
        return rows if cut_within_cell else None
    return rows


def _spaces_follow(rows: list[list[str]], text: str, delimiter: str, quote: str) -> bool:
    """Whether most cells after a delimiter begin with a space, which then belongs to the delimiter."""
    if delimiter == " ":
        return False
    if text.count(f"{delimiter} {quote}") > text.count(delimiter + quote):
        return True
    later = [cell for row in rows for cell in row[1:] if cell]
    spaced = sum(cell.startswith(" ") for cell in later)
    return spaced >= _MOST * max(1, len(later))


def _value_likeness(cell: str) -> float:
    cell = cell[:_LONGEST_VALUE]
    if not cell or _NUMBER.match(cell) or _MOMENT.match(cell):
        return 1.0
    if cell.isalnum():
        return 0.6
    return 0.5 if _PHRASE.match(cell) else 0.2

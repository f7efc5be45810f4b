"""A sample of a text file becomes its dialect: delimiter, quote, escape, expected width.

Each candidate delimiter parses the same sample; the one whose rows agree in width, and whose cells look like
values people write, wins. Agreement weighs most, because a wrong delimiter rarely splits every row alike.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from budget_sync.reading.text.dialect import Dialect
from budget_sync.reading.text.records import tolerant_records

SAMPLE_LINES = 400
_PRIORS = {",": 1.0, ";": 1.0, "\t": 1.0, "|": 1.0, ":": 0.5, "^": 0.9, "~": 0.9, " ": 0.6, "  ": 0.7}
_NEARLY_ALL = 0.9
_NEEDS_AGREEMENT = " :"  # split any prose: believed only where nine rows in ten agree
_SEPARATOR_LINE = re.compile(r"\"?sep=(.)\"?\s*\Z")
_NUMBER = re.compile(r"[\s$€£¥+\-(]*[0-9][0-9.,' \u00a0]*(?:[eE][+-]?[0-9]+)?[\s%)€$£-]*\Z")
_MOMENT = re.compile(
    r"[0-9]{1,4}[-/.]\w{1,9}[-/.][0-9]{1,4}([ T].*)?\Z|[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?(\.[0-9]+)?( ?[AaPp][Mm])?\Z"
)
_PLAUSIBLE = 0.08  # below this the file has one column
_PHRASE = re.compile(r"[^\t;|]{1,60}\Z")


def declared_delimiter(line: str) -> str | None:
    """The delimiter that a first line such as ``sep=;`` names, as Excel writes and reads it."""
    found = _SEPARATOR_LINE.match(line)
    return found.group(1) if found else None


def detect_dialect(lines: Sequence[str], delimiter: str | None = None) -> Dialect:
    """The dialect of a file from its first lines; a ``delimiter`` that the file declares is taken as it is."""
    sample = [line for line in lines[:SAMPLE_LINES] if line.strip()]
    text = "\n".join(sample)
    scored = [
        _score(sample, text, candidate, quote)
        for candidate in ([delimiter] if delimiter else _PRIORS)
        if candidate in text
        for quote in _quotes(text, candidate)
    ]
    best = max((found for found in scored if found), key=lambda pair: pair[0], default=None)
    if best is None:
        return Dialect(delimiter or ",")
    score, dialect = best
    if delimiter is None and score < _PLAUSIBLE:
        return Dialect(quote=dialect.quote)
    return dialect


def _quotes(text: str, delimiter: str) -> Iterator[str]:
    yield '"'
    edge = re.escape(delimiter)
    enclosed = rf"(^|{edge} ?)'[^']*'( ?{edge}|$)"
    if "'" in text and text.count("'") >= text.count('"') and re.search(enclosed, text, re.MULTILINE):
        yield "'"


def _score(sample: list[str], text: str, delimiter: str, quote: str) -> tuple[float, Dialect] | None:
    escape = "\\" if "\\" + quote in text else None
    draft = Dialect(delimiter, quote, escape, strips_spaces=False, width=0)
    rows = [record.cells for record in tolerant_records(sample, draft)]
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return None
    width = max(widths, key=lambda each: widths[each] * each**0.3)
    agreeing = [row for row in rows if len(row) == width]
    agreement = len(agreeing) / len(rows)
    cells = [cell.strip() for row in agreeing for cell in row]
    likeness = sum(map(_value_likeness, cells)) / len(cells)
    score = agreement**1.5 * likeness * (1 - 0.55 / width) * _PRIORS.get(delimiter, 1.0)
    if quote == "'":
        score *= 1.15
    if delimiter in _NEEDS_AGREEMENT and agreement < _NEARLY_ALL:
        score *= 0.2
    return score, Dialect(delimiter, quote, escape, _spaces_follow(agreeing, delimiter), width)


def _spaces_follow(rows: list[list[str]], delimiter: str) -> bool:
    """Whether most cells after a delimiter begin with a space, which then belongs to the delimiter."""
    later = [cell for row in rows for cell in row[1:] if cell]
    spaced = sum(cell.startswith(" ") for cell in later)
    return delimiter != " " and spaced >= 0.55 * max(1, len(later))


def _value_likeness(cell: str) -> float:
    if not cell or _NUMBER.match(cell) or _MOMENT.match(cell):
        return 1.0
    if cell.isalnum():
        return 0.6
    return 0.5 if _PHRASE.match(cell) else 0.2

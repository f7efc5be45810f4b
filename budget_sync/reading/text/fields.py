"""One record becomes its fields, with quotes and escapes as people and programs write them."""

from collections.abc import Container

from budget_sync.reading.text.dialect import Dialect


def split_fields(
    text: str, dialect: Dialect, *, literal: Container[int] = (), doubled: bool = True
) -> tuple[list[str], bool]:
    """The fields of one record, and whether a quote is left open at its end.

    ``literal``: numbers of the fields whose opening quote is a plain character. ``doubled`` False: two quotes
    before a delimiter are a quote as text and a closing one, not an escaped quote.
    """
    if dialect.quote not in text:
        cells = text.split(dialect.delimiter)
        return ([cell.strip(" ") for cell in cells] if dialect.strips_spaces else cells), False
    scanner = _Scanner(text, dialect, doubled=doubled)
    cells = []
    while scanner.position is not None:
        if scanner.at_quote() and len(cells) not in literal:
            cells.append(scanner.quoted())
        else:
            cells.append(scanner.plain())
    return cells, scanner.left_open


class _Scanner:
    """Walks over one record; ``position`` is None once its end is reached."""

    def __init__(self, text: str, dialect: Dialect, *, doubled: bool) -> None:
        self.text, self.dialect, self.doubled = text, dialect, doubled
        self.position: int | None = 0
        self.left_open = False

    def at_quote(self) -> bool:
        """Whether the field begins with a quote, after the one space that people type or the spaces that belong."""
        start = self._start()
        quote = self.dialect.quote
        spaced = start
        if self.dialect.strips_spaces or self.text.startswith(" " + quote, start):
            spaced = self._after_spaces(start)
        if not self.text.startswith(quote, spaced):
            return False
        self.position = spaced
        return True

    def plain(self) -> str:
        """The field up to the next delimiter, as it is written."""
        start = self._start()
        end = self.text.find(self.dialect.delimiter, start)
        cell = self.text[start:] if end < 0 else self.text[start:end]
        self._move(end)
        return cell.strip(" ") if self.dialect.strips_spaces else cell

    def quoted(self) -> str:
        """The field within its quotes; a quote in it that no delimiter follows is text."""
        text, quote = self.text, self.dialect.quote
        pieces: list[str] = []
        start = self._start() + 1
        while (at := self._next_mark(start)) >= 0:
            pieces.append(text[start:at])
            start = at + 1
            if text[at] != quote:  # an escape: the character behind it is text
                pieces.append(text[start])
                start += 1
            elif self._is_doubled(at):
                pieces.append(quote)
                start += 1
            else:
                end = start if self.dialect.delimiter.isspace() else self._after_spaces(start)
                if end >= len(text) or text.startswith(self.dialect.delimiter, end):
                    self._move(end if end < len(text) else -1)
                    return "".join(pieces)
                pieces.append(quote)
        pieces.append(text[start:])
        self.left_open, self.position = True, None
        return "".join(pieces)

    def _next_mark(self, start: int) -> int:
        """Where the next quote or the next escape of a quote or of itself stands, -1 for nowhere."""
        quote, escape = self.dialect.quote, self.dialect.escape
        at = self.text.find(quote, start)
        if not escape:
            return at
        escaped = self.text.find(escape, start)
        while escaped >= 0 and (at < 0 or escaped < at):
            if self.text[escaped + 1 : escaped + 2] in (quote, escape):
                return escaped
            escaped = self.text.find(escape, escaped + 1)
        return at

    def _is_doubled(self, at: int) -> bool:
        if not self.text.startswith(self.dialect.quote, at + 1):
            return False
        closes = at + 2 >= len(self.text) or self.text.startswith(self.dialect.delimiter, at + 2)
        return self.doubled or not closes

    def _start(self) -> int:
        assert self.position is not None  # noqa: S101 - the loop ends with None
        return self.position

    def _after_spaces(self, at: int) -> int:
        while at < len(self.text) and self.text[at] == " ":
            at += 1
        return at

    def _move(self, delimiter_at: int) -> None:
        self.position = None if delimiter_at < 0 else delimiter_at + len(self.dialect.delimiter)

"""How one amount, one month, one year is written. In: values and the plan. Out: the text of a cell."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from budget_sync_tests.unit.understanding.generator.languages import SYMBOLS, Language
from budget_sync_tests.unit.understanding.generator.plan import Plan

_ROMAN = ("", "I", "II", "III", "IV")
_DECIMAL_POINT = {"en", "ja"}
_MARKS = ("-", "\u2013", "n/a", "")


@dataclass(frozen=True)
class AmountStyle:
    """One style a file: as a column of one program has it."""

    thousands: str
    point: str
    places: int
    before: str = ""
    behind: str = ""
    negative: str = "-{}"
    nil: str = ""

    def text(self, amount: Decimal | None) -> str:
        """The cell of an amount; a file has one way to say nothing."""
        if amount is None:
            return self.nil
        digits = f"{abs(amount):,.{self.places}f}".replace(",", "\0").replace(".", self.point)
        digits = digits.replace("\0", self.thousands)
        if amount < 0:
            digits = self.negative.format(digits)
        return f"{self.before}{digits}{self.behind}"


def amount_style(plan: Plan, currency: str, random: Random) -> AmountStyle:
    """The style of the plan; the same for every amount of the file."""
    english = plan.language in _DECIMAL_POINT
    point = "." if english else ","
    separators = ("", "", "," if english else ".", "," if english else ".", "\u00a0", " ", "'", "\u2009")
    before = behind = ""
    if plan.currency_in == "symbol":
        symbol = SYMBOLS[currency]
        if english or currency == "BRL":
            before = symbol + ("" if english else " ")
        else:
            behind = f" {symbol}"
    return AmountStyle(
        separators[plan.number_style],
        point,
        2 if plan.with_cents else 0,
        before,
        behind,
        random.choice(("-{}", "({})", "-{}", "{}-")),
        random.choice(_MARKS) if plan.gaps == "mark" else "",
    )


@dataclass(frozen=True)
class PeriodStyle:
    """``with_year``: the year stands in the period itself, not elsewhere."""

    words: Language
    form: int
    with_year: bool

    def text(self, code: str) -> str:
        """``FY2025-Q1`` as this file writes it."""
        year, part = int(code[:6].removeprefix("FY")[:4]), code.split("-")[1:]
        if not part:
            return self._of(self.words.years).format(year=year, short=f"{year % 100:02d}", last=year - 1)
        if part[0].startswith("Q"):
            return self._part(self.words.quarters, int(part[0][1:]), year)
        if part[0].startswith("H"):
            return self._part(self.words.halves, int(part[0][1:]), year)
        return self._month(int(part[0]), year)

    def _of(self, texts: list[str]) -> str:
        return texts[self.form % len(texts)]

    def _part(self, texts: list[str], number: int, year: int) -> str:
        text = self._of(texts).format(n=number, roman=_ROMAN[number])
        return f"{text} {year}" if self.with_year else text

    def _month(self, month: int, year: int) -> str:
        long, short = self.words.months[month - 1], self.words.short_months[month - 1]
        if not self.with_year:
            return (long, short, short.upper(), long)[self.form % 4]
        if long[0].isdigit():  # months of the east are numbers
            return f"{year}年{long}"
        return (
            f"{long} {year}",
            f"{short} {year}",
            f"{short}-{year % 100:02d}",
            f"{year}-{month:02d}",
            f"{month:02d}/{year}",
        )[self.form % 5]

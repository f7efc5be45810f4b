"""Which of the synonyms one file uses: chosen once, the same on every row.

In: plan, budget, words. Out: ``Wording``.
"""

from dataclasses import dataclass, field
from random import Random

from budget_sync.domain.fields import Layout
from budget_sync_tests.unit.understanding.generator.known_lines import Budget
from budget_sync_tests.unit.understanding.generator.languages import SYMBOLS, Language
from budget_sync_tests.unit.understanding.generator.plan import TIME_LAYOUTS, Plan
from budget_sync_tests.unit.understanding.generator.writing import AmountStyle, PeriodStyle, amount_style

_OWN_MONEY = {"€": "EUR", "R$": "BRL", "zł": "PLN", "Kč": "CZK", "TL": "TRY", "円": "JPY", "kr": "SEK"}
_SCALE_WORDS = {1000: "thousands", 1_000_000: "millions"}


@dataclass
class Wording:
    """The words of one file. ``prior`` words name the year before."""

    plan: Plan
    budget: Budget
    words: Language
    random: Random
    _chosen: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.amount: AmountStyle = amount_style(self.plan, self.budget.currency, self.random)
        form = self.random.randrange(60)
        self.period = PeriodStyle(self.words, form, with_year=self.plan.period_in == "header")
        self._cells = PeriodStyle(self.words, form, with_year=True)

    def word(self, kind: str) -> str:
        """The header or label of a kind; the amount's bears its year, scale and currency where the plan says so."""
        if kind not in self._chosen:
            self._chosen[kind] = self._choose(kind)
        return self._chosen[kind]

    def _choose(self, kind: str) -> str:
        texts: list[str] = getattr(self.words, kind)
        if self.plan.period_in in {"default", "header"}:  # another year in a header would be the only one, or a second
            texts = [text for text in texts if "{prior}" not in text]
        text = self.random.choice(texts)
        if kind == "subtotal":
            return text
        text = text.format(prior=self.budget.year - 1)
        return self._amount_header(text) if kind == "amount" else text

    def _amount_header(self, text: str) -> str:
        if self.plan.layout is Layout.LONG and self.plan.period_in == "header":
            text = f"{text} {self.budget.year}"
        marks = []
        if self.plan.scale != 1 and self.plan.scale_in == "header":
            marks.append(self.scale_words())
        if self.plan.currency_in == "header":
            marks.append(self.random.choice((self.budget.currency, SYMBOLS[self.budget.currency])))
        return f"{text} ({', '.join(marks)})" if marks else text

    def scale_words(self) -> str:
        """``in thousands``, in words that name no other currency than the file's."""
        texts: list[str] = getattr(self.words, _SCALE_WORDS[self.plan.scale])
        fitting = [
            text
            for text in texts
            if all(code == self.budget.currency for mark, code in _OWN_MONEY.items() if mark in text)
        ]
        return self.random.choice(fitting).strip("()")

    def amount_levels(self, code: str) -> tuple[str, ...]:
        """The header of one amount column; a year above it where the plan puts it there."""
        if self.plan.layout is Layout.LONG:
            own = self.word("amount")
        elif self.plan.layout is Layout.WIDE_DEPARTMENTS:
            own = code
        elif self.plan.layout is Layout.WIDE_VERSIONS:
            own = self.word(code)
            own = f"{own} {self.budget.year}" if self.plan.period_in == "header" else own
        else:
            own = self.period.text(code)
        if self.plan.period_in == "above" and self.plan.layout in (*TIME_LAYOUTS, Layout.WIDE_VERSIONS):
            return (str(self.budget.year), own)
        return (own,)

    def period_cell(self, code: str) -> str:
        """A period in a column of its own: a bare year, or a part with its year."""
        if "-" in code:
            return self._cells.text(code)
        year = int(code.removeprefix("FY"))
        return (str(year), f"FY{year}", f"{year - 1}/{year % 100:02d}")[self._cells.form % 3]

    def free_text(self, kind: str) -> str:
        """What people write beside the figures, or nothing."""
        texts = self.words.people if kind == "owner" else ["", "", *self.words.remarks]
        return self.random.choice(texts)

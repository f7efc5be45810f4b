"""The words that people of one language write into budget files. In: ``languages/*.toml``. Out: ``Language``."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).resolve().parent.parent / "languages"


@dataclass(frozen=True)
class Language:
    """Each a list of synonyms; ``{year}``, ``{prior}``, ``{name}``, ``{n}`` are filled in where they are used.

    The first of ``amount`` is the word budget itself.
    """

    department: list[str]
    category: list[str]
    period: list[str]
    amount: list[str]
    currency: list[str]
    line_type: list[str]
    department_code: list[str]
    category_code: list[str]
    number: list[str]
    remark: list[str]
    owner: list[str]
    actual: list[str]
    prior: list[str]
    difference: list[str]
    total: list[str]
    subtotal: list[str]
    row_total: list[str]
    requested: list[str]
    proposed: list[str]
    adopted: list[str]
    revised: list[str]
    revenue: list[str]
    expense: list[str]
    title: list[str]
    plain_title: list[str]
    organisation: list[str]
    note: list[str]
    thousands: list[str]
    millions: list[str]
    amounts_in: list[str]
    months: list[str]
    short_months: list[str]
    quarters: list[str]
    halves: list[str]
    years: list[str]
    departments: list[str]
    categories: list[str]
    income_categories: list[str]
    people: list[str]
    remarks: list[str]


NAMES = tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))
CURRENCIES = {
    "cs": ("CZK", "EUR"),
    "de": ("EUR", "CHF"),
    "en": ("USD", "GBP", "EUR"),
    "es": ("EUR", "USD"),
    "fr": ("EUR", "CHF"),
    "it": ("EUR",),
    "ja": ("JPY",),
    "nl": ("EUR",),
    "pl": ("PLN", "EUR"),
    "pt": ("BRL", "EUR"),
    "sv": ("SEK",),
    "tr": ("TRY",),
}
SYMBOLS = {
    "USD": "$",
    "GBP": "£",
    "EUR": "€",
    "CHF": "CHF",
    "CZK": "Kč",
    "PLN": "zł",
    "BRL": "R$",
    "SEK": "kr",
    "TRY": "₺",
    "JPY": "¥",
}
CODE_PAGES = {"cs": "cp1250", "pl": "cp1250", "tr": "cp1254"}
"""How text files of a language were written before UTF-8; cp1252 where not named, UTF-8 where that has no letters."""


@cache
def language(name: str) -> Language:
    """The words of one language."""
    return Language(**tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8")))

"""The lines that a file is made of. In: ``Plan``. Out: ``Budget``: rows of names with one amount a column."""

from dataclasses import dataclass
from decimal import Decimal
from random import Random

from budget_sync.domain.fields import Layout
from budget_sync_tests.unit.understanding.generator.languages import CURRENCIES, Language
from budget_sync_tests.unit.understanding.generator.plan import Plan

VERSIONS = ("requested", "proposed", "adopted", "revised")


@dataclass(frozen=True)
class KnownLine:
    """One line as it must come back; ``amount`` with the scale applied."""

    department: str
    sub_category: str
    fiscal_period: str
    amount: Decimal
    currency: str
    line_type: str


@dataclass(frozen=True)
class Row:
    """One row of the table: ``amounts`` has one cell an amount column, None for an empty one.

    ``period`` is the code that a period column names, '' where there is none.
    """

    department: str
    category: str
    line_type: str
    period: str
    amounts: tuple[Decimal | None, ...]


@dataclass(frozen=True)
class Budget:
    """``columns``: what each amount column stands for: a period code, a version, a name, '' for the one of a long file.

    ``year``: the year that the file is for; of several the first.
    """

    year: int
    currency: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def known_budget(plan: Plan, words: Language, random: Random) -> Budget:
    """The same plan gives the same lines."""
    year = random.randint(2022, 2027)
    currency = random.choice(CURRENCIES[plan.language])
    departments = random.sample(words.departments, random.randint(2, 4))
    if plan.department_in in {"title", "default"}:
        departments = departments[:1]
    if plan.layout is Layout.WIDE_DEPARTMENTS:
        names = random.sample(words.categories, random.randint(3, 6))
        columns = tuple(random.sample(words.departments, random.randint(3, 5)))
        if plan.transposed:
            names, columns = list(columns), tuple(names)
        period = _row_periods(plan, year)[0]
        labels = [(name, "") if plan.transposed else ("", name) for name in names]
        rows = [_row(plan, random, columns, *label, period=period) for label in labels]
        return Budget(year, currency, columns, tuple(rows))
    columns = _columns(plan, random, year)
    rows: list[Row] = []
    for line_type in ("revenue", "expense") if plan.types_in != "none" else ("expense",):
        pool = words.income_categories if line_type == "revenue" else words.categories
        for department in departments:
            for category in random.sample(pool, random.randint(2, 5)):
                for period in _row_periods(plan, year):
                    rows.append(_row(plan, random, columns, department, category, line_type, period))
    return Budget(year, currency, columns, tuple(rows))


def _columns(plan: Plan, random: Random, year: int) -> tuple[str, ...]:
    match plan.layout:
        case Layout.WIDE_MONTHS:
            return tuple(f"{year}-{month:02d}" for month in range(1, 13))
        case Layout.WIDE_QUARTERS:
            return tuple(f"FY{year}-Q{number}" for number in range(1, 5))
        case Layout.WIDE_HALVES:
            return tuple(f"FY{year}-H{number}" for number in range(1, 3))
        case Layout.WIDE_YEARS:
            return tuple(f"FY{year + number}" for number in range(random.randint(2, 4)))
        case Layout.WIDE_VERSIONS:
            first = random.randint(0, 2)
            return VERSIONS[first : first + random.randint(2, 3)]
    return ("",)


def _row_periods(plan: Plan, year: int) -> list[str]:
    if plan.period_in != "column":
        return [""]
    if plan.layout is not Layout.LONG:
        return [f"FY{year}"]
    choices = (
        [f"FY{year}"],
        [f"FY{year}", f"FY{year + 1}"],
        [f"FY{year}-Q{number}" for number in range(1, 5)],
        [f"{year}-{month:02d}" for month in range(1, 7)],
    )
    return choices[plan.seed % len(choices)]


def _row(
    plan: Plan,
    random: Random,
    columns: tuple[str, ...],
    department: str,
    category: str,
    line_type: str = "expense",
    period: str = "",
) -> Row:
    base = random.choice((900, 9_000, 90_000, 900_000))
    amounts = [_amount(plan, random, base) for _ in columns]
    if plan.gaps != "none" and len(amounts) > 2:
        kept = random.randrange(len(amounts))
        amounts = [None if place != kept and random.random() < 0.15 else one for place, one in enumerate(amounts)]
    if plan.negative and random.random() < 0.08:
        amounts = [None if one is None else -one for one in amounts]
    return Row(department, category, line_type, period, tuple(amounts))


def _amount(plan: Plan, random: Random, base: int) -> Decimal | None:
    if plan.with_cents:
        return Decimal(random.randint(base // 10 * 100, base * 100)) / 100
    step = random.choice((1, 1, 10, 50))
    return Decimal(random.randint(base // 10, base) // step * step)

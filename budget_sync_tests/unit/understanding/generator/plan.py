"""What a messy file looks like, from a number drawn by Hypothesis; choices that contradict each other are mended.

In: nothing. Out: ``plans``, a strategy of ``Plan``.
"""

from dataclasses import dataclass, replace
from random import Random

from hypothesis import strategies as st

from budget_sync.domain.fields import Layout
from budget_sync_tests.unit.understanding.generator.languages import NAMES

TIME_LAYOUTS = (Layout.WIDE_MONTHS, Layout.WIDE_QUARTERS, Layout.WIDE_HALVES)


@dataclass(frozen=True)
class Plan:
    """``seed`` decides the words and the amounts; everything else says how they are laid out.

    ``department_in``: column, once (on the first row of its group only), sections, title, default.
    ``period_in``: column, header, above (a row over the header), title, sheet, file name, default.
    ``currency_in``: column, header, symbol, title, default. ``types_in``: none, column, sections.
    ``subtotals``: none, after, before (the section row bears the sum). ``grand_total``: none, last, first, unnamed.
    """

    seed: int
    language: str
    layout: Layout
    department_in: str
    period_in: str
    currency_in: str
    types_in: str
    subtotals: str
    grand_total: str
    row_total: bool
    transposed: bool
    paired: bool
    codes: bool
    beside: frozenset[str]
    repeated_header: bool
    blank_rows: bool
    titles: int
    notes: int
    number_style: int
    with_cents: bool
    scale: int
    scale_in: str
    gaps: str
    negative: bool
    file_format: str
    dialect: int
    encoding: str


def _drawn(seed: int) -> Plan:
    """Every choice independent of the others."""
    random = Random(seed)  # noqa: S311 - messy files, not secrets
    beside = ["actual", "prior", "difference", "remark", "owner", "number"]
    return Plan(
        seed=seed,
        language=random.choice(NAMES),
        layout=random.choice(tuple(Layout)),
        department_in=random.choice(("column", "column", "column", "once", "sections", "sections", "title", "default")),
        period_in=random.choice(("column", "header", "above", "title", "sheet", "file name", "default")),
        currency_in=random.choice(("column", "header", "symbol", "title", "default", "default")),
        types_in=random.choice(("none", "none", "none", "column", "sections")),
        subtotals=random.choice(("none", "none", "after", "after", "before")),
        grand_total=random.choice(("none", "last", "last", "first", "unnamed")),
        row_total=random.random() < 0.5,
        transposed=random.random() < 0.5,
        paired=random.random() < 0.3,
        codes=random.random() < 0.4,
        beside=frozenset(random.sample(beside, random.randint(0, 3))),
        repeated_header=random.random() < 0.25,
        blank_rows=random.random() < 0.5,
        titles=random.randint(0, 3),
        notes=random.randint(0, 2),
        number_style=random.randint(0, 7),
        with_cents=random.random() < 0.5,
        scale=random.choice((1, 1, 1, 1, 1000, 1_000_000)),
        scale_in=random.choice(("title", "header")),
        gaps=random.choice(("none", "none", "empty", "mark")),
        negative=random.random() < 0.2,
        file_format=random.choice(("csv", "csv", "xlsx")),
        dialect=random.randint(0, 5),
        encoding=random.choice(("utf-8", "utf-8", "utf-8-sig", "utf-16", "code page")),
    )


def _mended(plan: Plan) -> Plan:
    """The nearest plan that a person could read without asking."""
    for mend in (_mended_names, _mended_periods, _mended_totals):
        plan = mend(plan)
    return plan


def _mended_names(plan: Plan) -> Plan:
    if plan.layout is Layout.WIDE_DEPARTMENTS:
        plan = replace(plan, department_in="column", types_in="none", paired=False, beside=plan.beside & {"remark"})
    if plan.layout is Layout.WIDE_VERSIONS or plan.layout not in TIME_LAYOUTS:
        plan = replace(plan, paired=False)
    if plan.paired:
        plan = replace(plan, beside=plan.beside & {"remark", "owner", "number"}, row_total=False)
    if plan.types_in == "sections" and plan.department_in == "sections":
        plan = replace(plan, types_in="column")
    if plan.department_in == "once" and plan.types_in == "sections":
        plan = replace(plan, department_in="column")
    return plan


def _mended_periods(plan: Plan) -> Plan:
    if plan.layout is Layout.WIDE_YEARS:
        plan = replace(plan, period_in="header")
    if plan.layout is Layout.WIDE_DEPARTMENTS and plan.period_in == "header":
        plan = replace(plan, period_in="title")
    if plan.period_in == "sheet" and plan.file_format != "xlsx":
        plan = replace(plan, period_in="file name")
    if plan.period_in == "default":
        plan = replace(plan, beside=plan.beside - {"prior", "actual", "difference"})
    if plan.period_in == "above" and plan.paired:
        plan = replace(plan, period_in="title")
    if plan.period_in == "title" or plan.department_in == "title":
        plan = replace(plan, titles=max(plan.titles, 1))
    return plan


def _mended_totals(plan: Plan) -> Plan:
    if plan.subtotals == "before" and plan.department_in != "sections":
        plan = replace(plan, subtotals="after")
    grouped = plan.department_in in {"column", "once", "sections"} or plan.types_in == "sections"
    if plan.layout is Layout.WIDE_DEPARTMENTS or not grouped:
        plan = replace(plan, subtotals="none")
    if plan.subtotals == "before" and plan.layout is Layout.LONG:  # the sums alone tell the rows apart
        plan = replace(plan, with_cents=True)
    if plan.types_in != "none":
        plan = replace(plan, grand_total="none")
    return plan


plans = st.integers(0, 2**64 - 1).map(_drawn).map(_mended)

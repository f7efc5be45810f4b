"""The whole file: titles, table, notes, written as text or as a workbook, with the lines it holds.

In: ``Plan``. Out: ``MessyFile``.
"""

import csv
import io
from dataclasses import dataclass
from decimal import Decimal
from random import Random

from openpyxl import Workbook
from openpyxl.cell import Cell as SheetCell

from budget_sync.domain.defaults import Defaults
from budget_sync.domain.fields import Layout
from budget_sync_tests.unit.understanding.generator.known_lines import Budget, KnownLine, Row, known_budget
from budget_sync_tests.unit.understanding.generator.languages import CODE_PAGES, Language, language
from budget_sync_tests.unit.understanding.generator.plan import Plan
from budget_sync_tests.unit.understanding.generator.table import Cell, table_of
from budget_sync_tests.unit.understanding.generator.wording import Wording

_DIALECTS = ((",", "\r\n"), (";", "\r\n"), (";", "\n"), ("\t", "\n"), (",", "\n"), ("|", "\r"))


@dataclass(frozen=True)
class MessyFile:
    """``text``: the rows as a person would see them, for a failure's message."""

    name: str
    content: bytes
    lines: list[KnownLine]
    defaults: Defaults
    text: str


def messy_file(plan: Plan) -> MessyFile:
    """The same plan gives the same bytes."""
    random = Random(plan.seed)  # noqa: S311 - messy files, not secrets
    words = language(plan.language)
    budget = known_budget(plan, words, random)
    wording = Wording(plan, budget, words, random)
    table = table_of(plan, budget, words, random)
    rows = [*_above(plan, budget, wording), *table.header, *table.body, *_below(plan, words, random)]
    shown = [[_text(cell, wording) for cell in row] for row in rows]
    name, sheet = _file_name(plan, budget, words, random), _sheet_name(plan, budget, words)
    content = _workbook(rows, sheet, plan, wording) if plan.file_format == "xlsx" else _csv(shown, plan)
    text = f"{name} [{sheet}]\n" + "\n".join(" | ".join(row) for row in shown)
    return MessyFile(name, content, _lines(plan, budget), _defaults(plan, budget), text)


def _lines(plan: Plan, budget: Budget) -> list[KnownLine]:
    lines: list[KnownLine] = []
    in_force = len(budget.columns) - 1 if plan.layout is Layout.WIDE_VERSIONS else None
    for row in budget.rows:
        for place, (code, amount) in enumerate(zip(budget.columns, row.amounts, strict=True)):
            if amount is None or (in_force is not None and place != in_force):
                continue
            lines.append(_line(plan, budget, row, code, amount))
    return lines


def _line(plan: Plan, budget: Budget, row: Row, code: str, amount: Decimal) -> KnownLine:
    department, category, period = row.department, row.category, row.period or f"FY{budget.year}"
    if plan.layout is Layout.WIDE_DEPARTMENTS:
        department, category = (department, code) if plan.transposed else (code, category)
    elif code and plan.layout is not Layout.WIDE_VERSIONS:
        period = code
    return KnownLine(department, category, period, amount * plan.scale, budget.currency, row.line_type)


def _defaults(plan: Plan, budget: Budget) -> Defaults:
    """What the import says where the file is silent."""
    return Defaults(
        department=budget.rows[0].department if plan.department_in == "default" else None,
        fiscal_period=f"FY{budget.year}" if plan.period_in == "default" else None,
        currency=budget.currency if plan.currency_in == "default" else None,
    )


def _above(plan: Plan, budget: Budget, wording: Wording) -> list[list[Cell]]:
    """Titles; and in their words what the table does not say itself."""
    words, random = wording.words, wording.random
    year_in_title = plan.period_in == "title" or (
        plan.period_in == "above" and plan.layout in {Layout.LONG, Layout.WIDE_DEPARTMENTS, Layout.WIDE_YEARS}
    )
    titles: list[str] = []
    if plan.titles or year_in_title:
        pool = words.title if year_in_title else words.plain_title
        titles.append(random.choice(pool).format(year=budget.year))
    if plan.titles > 1:
        titles.insert(random.randrange(2), random.choice(words.organisation))
    if plan.department_in == "title":
        titles.append(f"{words.department[0]}: {budget.rows[0].department}")
    if plan.currency_in == "title" or (plan.currency_in == "header" and plan.layout is not Layout.LONG):
        titles.append(random.choice(words.amounts_in).format(currency=budget.currency))
    if plan.scale != 1 and (plan.scale_in == "title" or plan.layout is not Layout.LONG):
        titles.append(wording.scale_words())
    rows: list[list[Cell]] = [[title] for title in titles]
    return [*rows, []] if rows and plan.blank_rows else rows


def _below(plan: Plan, words: Language, random: Random) -> list[list[Cell]]:
    notes: list[list[Cell]] = [[note] for note in random.sample(words.note, plan.notes)]
    return [[], *notes] if notes and plan.blank_rows else notes


def _file_name(plan: Plan, budget: Budget, words: Language, random: Random) -> str:
    """A name that says budget, so that nobody need ask what the file is."""
    word = words.amount[0].lower()
    if plan.period_in == "file name":
        stem = random.choice((f"{word}_{budget.year}", f"{word} FY{budget.year} v2", f"{budget.year}-{word}-final"))
    else:
        stem = random.choice((word, f"{word}_final", f"{word} (2)"))
    return f"{stem}.{plan.file_format}"


def _sheet_name(plan: Plan, budget: Budget, words: Language) -> str:
    word = words.amount[0]
    if plan.period_in == "sheet":
        return (f"{word} {budget.year}", str(budget.year), f"FY{budget.year}")[plan.seed % 3]
    return ("Sheet1", word, words.plain_title[0][:31])[plan.seed % 3]


def _text(cell: Cell, wording: Wording) -> str:
    return cell if isinstance(cell, str) else wording.amount.text(cell)


def _csv(rows: list[list[str]], plan: Plan) -> bytes:
    delimiter, end = _DIALECTS[plan.dialect]
    width = max(map(len, rows))
    out = io.StringIO(newline="")
    quoting = csv.QUOTE_ALL if plan.seed % 5 == 0 else csv.QUOTE_MINIMAL
    writer = csv.writer(out, delimiter=delimiter, lineterminator=end, quoting=quoting)
    ragged = plan.seed % 3 == 0
    writer.writerows(row if ragged else [*row, *[""] * (width - len(row))] for row in rows)
    encoding = CODE_PAGES.get(plan.language, "cp1252") if plan.encoding == "code page" else plan.encoding
    try:
        return out.getvalue().encode(encoding)
    except UnicodeEncodeError:
        return out.getvalue().encode("utf-8")


def _workbook(rows: list[list[Cell]], sheet: str, plan: Plan, wording: Wording) -> bytes:
    book = Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for number, row in enumerate(rows, start=1):
        for place, value in enumerate(row, start=1):
            if value != "":
                cell = page.cell(number, place, value)
                if isinstance(value, Decimal):
                    _format(cell, plan, wording)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _format(cell: SheetCell, plan: Plan, wording: Wording) -> None:
    """Numbers with a format that shows the currency, where the plan has symbols."""
    digits = "#,##0.00" if plan.with_cents else "#,##0"
    before, behind = wording.amount.before.strip(), wording.amount.behind.strip()
    marked = f'"{before}"{digits}' if before else f'{digits} "{behind}"' if behind else digits
    cell.number_format = marked if plan.number_style else "General" if not (before or behind) else marked

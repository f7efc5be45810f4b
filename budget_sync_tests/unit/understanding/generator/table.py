"""The rows of a messy file: header, sections, lines, totals, as cells of text, numbers and dates.

In: ``Plan``, ``Budget``. Out: ``Table``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby
from random import Random

from budget_sync.domain.fields import Layout
from budget_sync_tests.unit.understanding.generator.known_lines import Budget, Row
from budget_sync_tests.unit.understanding.generator.languages import Language
from budget_sync_tests.unit.understanding.generator.plan import TIME_LAYOUTS, Plan
from budget_sync_tests.unit.understanding.generator.wording import Wording

Cell = str | Decimal


@dataclass(frozen=True)
class Column:
    """``levels``: the header from top to bottom; ``kind`` says what its cells are, ``place`` which amount column."""

    kind: str
    levels: tuple[str, ...]
    place: int = 0


@dataclass(frozen=True)
class Table:
    """``header``: its rows, of one or two levels; ``body``: every row below it."""

    columns: list[Column]
    header: list[list[Cell]]
    body: list[list[Cell]]


def table_of(plan: Plan, budget: Budget, words: Language, random: Random) -> Table:
    """The table itself, without what stands above and below it."""
    wording = Wording(plan, budget, words, random)
    columns = _columns(plan, budget, wording)
    depth = max(len(column.levels) for column in columns)
    header = [_header_row(columns, level, depth) for level in range(depth)]
    body = _Body(plan, budget, wording, columns, header, random).rows()
    return Table(columns, header, body)


def _header_row(columns: Sequence[Column], level: int, depth: int) -> list[Cell]:
    """A word of an upper level stands over the first of its columns only, as merged cells are written."""
    cells: list[Cell] = []
    for column in columns:
        levels = ("",) * (depth - len(column.levels)) + column.levels
        cells.append(levels[level])
    if level < depth - 1:
        named = ""
        for place, cell in enumerate(cells):
            if cell and cell == named:
                cells[place] = ""
            named = str(cell) or named
    return cells


def _columns(plan: Plan, budget: Budget, wording: Wording) -> list[Column]:
    columns = _label_columns(plan, wording)
    before = [kind for kind in ("actual", "prior") if kind in plan.beside and plan.seed % 2]
    behind = [kind for kind in ("actual", "prior") if kind in plan.beside and kind not in before]
    columns += [Column(kind, (wording.word(kind),)) for kind in before]
    for place, code in enumerate(budget.columns):
        levels = wording.amount_levels(code)
        if plan.paired:
            columns.append(Column("amount", (levels[-1], wording.word("amount")), place))
            columns.append(Column("actual", (levels[-1], wording.word("actual")), place))
        else:
            columns.append(Column("amount", levels, place))
    wide = plan.layout in TIME_LAYOUTS or plan.layout is Layout.WIDE_DEPARTMENTS
    if wide and plan.row_total and not plan.paired:
        columns.append(Column("row_total", (wording.word("row_total"),)))
    columns += [Column(kind, (wording.word(kind),)) for kind in behind]
    if "difference" in plan.beside and "actual" in plan.beside:
        columns.append(Column("difference", (wording.word("difference"),)))
    columns += [Column(kind, (wording.word(kind),)) for kind in ("owner", "remark") if kind in plan.beside]
    return columns


def _label_columns(plan: Plan, wording: Wording) -> list[Column]:
    kinds = ["number"] if "number" in plan.beside else []
    has_department = plan.department_in in {"column", "once"}
    has_category = True
    if plan.layout is Layout.WIDE_DEPARTMENTS:
        has_department, has_category = plan.transposed, not plan.transposed
    if has_department:
        kinds += ["department_code"] if plan.codes and plan.department_in == "column" else []
        kinds.append("department")
    if has_category:
        kinds += ["category_code"] if plan.codes else []
        kinds.append("category")
    kinds += ["line_type"] if plan.types_in == "column" else []
    kinds += ["period"] if plan.period_in == "column" else []
    kinds += ["currency"] if plan.currency_in == "column" else []
    return [Column(kind, (wording.word(kind),)) for kind in kinds]


class _Body:
    """Lays the rows out, group by group."""

    def __init__(
        self,
        plan: Plan,
        budget: Budget,
        wording: Wording,
        columns: list[Column],
        header: list[list[Cell]],
        random: Random,
    ) -> None:
        self._plan = plan
        self._budget = budget
        self._wording = wording
        self._columns = columns
        self._header = header
        self._random = random
        self._codes: dict[str, str] = {}
        self._number = 0

    def rows(self) -> list[list[Cell]]:
        """Every row below the header."""
        rows = list(self._budget.rows)
        body: list[list[Cell]] = []
        if self._plan.grand_total == "first":
            body.append(self._total(rows, self._wording.word("total")))
        for place, (name, members) in enumerate(groupby(rows, key=self._group)):
            if place and self._plan.repeated_header and self._sectioned:
                body += [*([[]] * self._plan.blank_rows), *self._header]
            elif place and self._plan.blank_rows and (self._sectioned or self._plan.subtotals != "none"):
                body.append([])
            body += self._grouped(name, list(members))
        if self._plan.grand_total == "last":
            body.append(self._total(rows, self._wording.word("total")))
        if self._plan.grand_total == "unnamed":
            body.append(self._total(rows, ""))
        return body

    @property
    def _sectioned(self) -> bool:
        return "sections" in {self._plan.department_in, self._plan.types_in}

    def _group(self, row: Row) -> str:
        if self._plan.types_in == "sections":
            return self._wording.word(row.line_type)
        return row.department

    def _grouped(self, name: str, members: list[Row]) -> list[list[Cell]]:
        body: list[list[Cell]] = []
        if self._plan.subtotals == "before":
            body.append(self._total(members, name))
        elif self._sectioned:
            body.append(self._labelled(name))
        body += [self._line(row, first=place == 0) for place, row in enumerate(members)]
        if self._plan.subtotals == "after" and len(members) > 1:
            body.append(self._total(members, self._wording.word("subtotal").format(name=name)))
        return body

    def _labelled(self, text: str) -> list[Cell]:
        """A row with nothing but a text in the first column of names."""
        place = next(index for index, column in enumerate(self._columns) if column.kind in {"department", "category"})
        return ["" if index != place else text for index in range(len(self._columns))]

    def _total(self, rows: list[Row], label: str) -> list[Cell]:
        cells = self._labelled(label)
        for index, column in enumerate(self._columns):
            if column.kind in {"amount", "row_total", "actual", "prior", "difference"}:
                cells[index] = sum((self._figure(column, row) or Decimal(0) for row in rows), Decimal(0))
        return cells

    def _line(self, row: Row, *, first: bool) -> list[Cell]:
        self._number += 1
        return [self._cell(column, row, first=first) for column in self._columns]

    def _cell(self, column: Column, row: Row, *, first: bool) -> Cell:
        texts = {
            "department": row.department if first or self._plan.department_in != "once" else "",
            "category": row.category,
            "number": str(self._number),
            "currency": self._budget.currency,
        }
        if column.kind in texts:
            return texts[column.kind]
        if column.kind in {"owner", "remark"}:
            return self._wording.free_text(column.kind)
        if column.kind in {"line_type", "period"}:
            return (
                self._wording.word(row.line_type)
                if column.kind == "line_type"
                else self._wording.period_cell(row.period)
            )
        if column.kind.endswith("_code"):
            return self._code_of(column.kind, row)
        figure = self._figure(column, row)
        return self._wording.amount.text(None) if figure is None else figure

    def _figure(self, column: Column, row: Row) -> Decimal | None:
        """The number of a cell; those that stand beside the budget follow from the row itself."""
        own = [amount or Decimal(0) for amount in row.amounts]
        match column.kind:
            case "amount":
                return row.amounts[column.place]
            case "row_total":
                return sum(own, Decimal(0))
            case "actual":
                return self._spent(row, own[column.place] if self._plan.paired else own[0])
            case "prior":
                return self._spent(row, own[0]) + 7
            case "difference":
                return own[0] - self._spent(row, own[0])
        return None

    def _spent(self, row: Row, planned: Decimal) -> Decimal:
        share = Decimal(60 + sum(map(ord, row.department + row.category)) % 37) / 100
        return (planned * share).quantize(Decimal("0.01") if self._plan.with_cents else Decimal(1))

    def _code_of(self, kind: str, row: Row) -> str:
        """One code a name, in the order in which they come."""
        name, base = (row.department, 100) if kind == "department_code" else (row.category, 61000)
        return self._codes.setdefault(f"{base}{name}", str(base + 10 * (1 + len(self._codes))))

"""Small files for the walks, each for one situation."""

from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

SAMPLES = Path(__file__).parents[2] / "test_data"


def written(folder: Path, name: str, text: str) -> Path:
    """A file of this name with this text."""
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def two_amounts(folder: Path, name: str = "plans_2026.csv") -> Path:
    """Two columns that could as well be the budget."""
    rows = "Sales,1200.5,1300.5\nFinance,310,320\nResearch,95,90\n"
    return written(folder, name, f"Department,Amount A,Amount B\n{rows}")


def without_period(folder: Path) -> Path:
    """Nothing in it says a year."""
    rows = "".join(f"Team {n},Travel,{1000 * n}\n" for n in range(1, 9))
    return written(folder, "team_budget.csv", f"Department,Category,Budget\n{rows}")


def bad_cells(folder: Path) -> Path:
    """Ten rows; the amount of one is no number."""
    rows = "".join(f"Team {n},FY2026,{1000 * n if n != 4 else 'tbd'}\n" for n in range(1, 11))
    return written(folder, "corrections.csv", f"Department,Fiscal Year,Budget\n{rows}")


def many_rows(folder: Path, count: int) -> Path:
    """As many lines as asked for, each one of its own."""
    rows = "".join(f"Department {n // 500},Item {n},FY2026,{n * 7 % count + 1}\n" for n in range(count))
    return written(folder, "large.csv", f"Department,Category,Fiscal Year,Budget\n{rows}")


def many_columns(folder: Path, count: int) -> Path:
    """A budget with so many columns, most of which are none of its business."""
    extra = [f"Attribute {n}" for n in range(count - 4)]
    header = ",".join(["Department", "Category", "Fiscal Year", "Budget", *extra])
    rows = "".join(
        ",".join([f"Team {n}", "Travel", "FY2026", str(1000 * n), *(f"v{n}.{m}" for m in range(len(extra)))]) + "\n"
        for n in range(1, 20)
    )
    return written(folder, "wide.csv", f"{header}\n{rows}")


def hostile_workbook(folder: Path, script: str) -> Path:
    """A workbook whose name, sheet, headers and cells are script."""
    workbook = Workbook()
    sheet = workbook.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "<img onerror=alert(4)>"
    sheet.append([f"Department {script}", "Category", "Fiscal Year", f"Budget {script}"])
    for number in range(1, 9):
        sheet.append([f"{script} {number}", script, "FY2026", number * 1000])
    file = folder / "<img src=x onerror=alert(3)>.xlsx"
    workbook.save(file)
    return file

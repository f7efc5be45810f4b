"""What a person is asked about new names, and what the answer would change."""

from budget_sync.domain.fields import TargetField
from budget_sync.mapping import understand
from budget_sync.mapping.analysis import Question
from budget_sync.mapping.name_questions import KnownNames, name_questions
from budget_sync.reading.document import Grid
from budget_sync_tests.unit.mapping.tables import document_of, rows_of, understood

KNOWN = KnownNames(("Engineering", "Sales"), ("Travel", "Software"))
LONG = """
Department  | Category | Year | Budget
Enginerring | Travel   | 2025 | 1200
Enginerring | Softwre  | 2025 | 800
Sales       | Travel   | 2025 | 40
"""


def asked(text: str, known: KnownNames = KNOWN) -> list[Question]:
    """The questions about the names of a drawn table."""
    return name_questions(understood(text), known)


def test_each_near_name_is_one_question_that_holds_nothing_up() -> None:
    questions = asked(LONG)
    assert [(one.field, one.answers[0].value, one.answers[1].value) for one in questions] == [
        (TargetField.DEPARTMENT, "Engineering", "Enginerring"),
        (TargetField.SUB_CATEGORY, "Software", "Softwre"),
    ]
    assert not any(one.blocking for one in questions)


def test_it_says_how_much_would_join_the_known_name() -> None:
    assert asked(LONG)[0].answers[0].effect == "2 amounts, 2,000 together, join it, here and in later files"
    assert asked(LONG)[1].answers[0].effect == "1 amount, 800 together, join it, here and in later files"


def test_the_scale_of_the_file_counts() -> None:
    assert "2,000,000 together" in asked(f"Plan (in thousands) |\n{LONG.lstrip()}")[0].answers[0].effect


def test_every_column_of_a_wide_table_counts() -> None:
    header = "Department | Category | Jan 2025 | Feb 2025 | Mar 2025"
    text = f"{header}\nEnginerring | Travel | 10 | 20 | 30\nSales | Travel | 1 | 2 | 3\n"
    assert "3 amounts, 60 together" in asked(text)[0].answers[0].effect


def test_the_numbers_of_a_workbook_count_as_they_are() -> None:
    rows = rows_of(LONG)
    kinds = ["tttt", *["ttnn"] * 3]
    questions = name_questions(understand(document_of(Grid(rows, "Plan", kinds))), KNOWN)
    assert "2,000 together" in questions[0].answers[0].effect


def test_what_a_person_decided_is_not_asked_again() -> None:
    settled = frozenset({(TargetField.DEPARTMENT, "enginerring"), (TargetField.SUB_CATEGORY, "softwre")})
    assert asked(LONG, KnownNames(KNOWN.departments, KNOWN.sub_categories, settled)) == []


def test_a_customer_without_names_is_asked_nothing() -> None:
    assert asked(LONG, KnownNames()) == []


def test_not_more_than_twenty_are_asked() -> None:
    names = [
        f"Department {letters}ington" for letters in ("Al", "Bu", "Co", "Du", "El", "Fo", "Ga", "Ha", "Il", "Jo", "Ku")
    ]
    names += [name.replace("ington", "ingham") for name in names]
    table = "Department | Year | Budget\n" + "".join(f"{name}m | 2025 | 10\n" for name in names)
    assert len(asked(table, KnownNames(tuple(names)))) == 20

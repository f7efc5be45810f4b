"""What the program says of files, in German: every sentence of the rooms has its form, and names stay as they are."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.pages.said import is_known, said
from api.pages.texts import Language
from budget_sync.mapping.amounts import FACTOR
from budget_sync.mapping.left_out import REASONS
from budget_sync.mapping.other_years import LATER

_ROOMS = Path(__file__).parents[3] / "budget_sync"
_SPEAKERS = (
    "mapping/reasons.py",
    "mapping/chosen_place.py",
    "mapping/context.py",
    "mapping/summary.py",
    "mapping/layout.py",
    "mapping/amount_choice.py",
    "mapping/wide_versions.py",
    "mapping/left_out.py",
    "mapping/questions.py",
    "mapping/sign_questions.py",
    "mapping/unsure_columns.py",
    "mapping/file_type.py",
    "mapping/lines_without_version.py",
    "mapping/other_tables.py",
    "validation/reasons.py",
    "validation/signs.py",
    "importing/loaded.py",
    "importing/drafts.py",
    "importing/past_imports.py",
    "importing/steps.py",
    "importing/failures.py",
    "importing/key_records.py",
    "importing/review.py",
    "reading/content_type.py",
    "reading/workbook/archive.py",
    "reading/workbook/refusals.py",
    "approval/reasons.py",
    "approval/movement.py",
    "approval/request.py",
    "approval/reservations.py",
    "approval/rules.py",
    "notification/endpoints.py",
    "sources/configuration.py",
    "sources/partner_socket.py",
    "sources/schedule.py",
    "sources/sftp_configuration.py",
    "sources/sftp_connection.py",
)
_SHORTEST = 5  # words; shorter pieces are put together, and seen by the files below
_PAYROLL = (
    "pay.csv looks like a payroll, not a budget: 'salary': words of a payroll. Nothing was loaded; "
    "if it is a budget after all, import it as one (acceptFileType; on the command line --yes)."
)
_GEHALTSLISTE = (
    "pay.csv sieht aus wie eine Gehaltsliste, nicht wie ein Budget: 'salary': Wörter für eine Gehaltsliste. "
    "Nichts wurde geladen; wenn es doch ein Budget ist, prüfen Sie es hier und importieren es."
)

_NO_COLUMN = "plan.csv has no column for the period, the amount. Map one, or give a default."
_OHNE_SPALTE = (
    "In plan.csv hat keine Spalte: der Zeitraum, der Betrag. Ordnen Sie eine zu, oder geben Sie einen Wert für alle an."
)


@pytest.mark.parametrize(
    ("english", "german"),
    [
        ("named 'Amount'; 12 amounts, around 12,345", "heißt 'Amount'; 12 Beträge um 12.345"),
        ("It could also be a budget (38%).", "Es könnte auch ein Budget sein (38\u00a0%)."),
        (
            "approved before for this layout; no name; one amount",
            "für diesen Aufbau früher bestätigt; ohne Namen; ein Betrag",
        ),
        (
            "'FOR' is no currency. Write a code of three letters such as EUR.",
            "'FOR' ist keine Währung. Schreiben Sie drei Buchstaben wie EUR.",
        ),
        (
            "2,500.00 USD fits: IT / Software for FY2026 has 9.5 USD available.",
            "2.500,00 USD passen: IT / Software für FY2026 hat 9,5 USD verfügbar.",
        ),
        (
            "Only 5 of this reservation is reserved; 7.5 is more.",
            "Nur 5 dieser Reservierung sind reserviert; 7,5 sind mehr.",
        ),
        (
            "Where no column says it, the period is FY2011, from the file name.",
            "Wo keine Spalte es sagt, ist der Zeitraum FY2011, aus: Dateinamen.",
        ),
        (_PAYROLL, _GEHALTSLISTE),
        (_NO_COLUMN, _OHNE_SPALTE),
        ("One for all", "One for all"),
        (
            "<b>{n}</b> is no amount; write a number, or leave the cell empty.",
            "<b>{n}</b> ist kein Betrag; schreiben Sie eine Zahl, oder lassen Sie die Zelle leer.",
        ),
    ],
)
def test_a_sentence_is_said_in_german_with_its_values(english: str, german: str) -> None:
    assert said(english, Language.GERMAN) == german
    assert said(english, Language.ENGLISH) == english


@pytest.mark.parametrize("reason", [FACTOR, LATER, *REASONS.values()])
def test_every_reason_against_a_column_has_its_form(reason: str) -> None:
    assert is_known(reason)


@pytest.mark.parametrize("room", _SPEAKERS)
def test_every_sentence_of_a_room_has_its_form(room: str) -> None:
    assert [text for text in _sentences(_ROOMS / room) if not is_known(text)] == []


def _sentences(file: Path) -> Iterator[str]:
    """The whole sentences in a file's code, a figure in each place: what ends in a full stop and is no docstring."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    parts = {id(value) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for value in node.values}
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    parts |= {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        text = _text(node) if id(node) not in parts else ""
        if text.endswith(".") and len(text.split()) >= _SHORTEST and text[0] not in " :":
            yield text


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant):
        return str(node.value).replace("{}", "7") if isinstance(node.value, str) else ""
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in node.values)
    return ""

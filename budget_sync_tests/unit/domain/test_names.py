"""Names: how they are stored, and when two spellings are one."""

import pytest

from budget_sync.domain.errors import SourceError, UnreadableFileError
from budget_sync.domain.fields import ImportState
from budget_sync.domain.names import clean_name, fold_name, has_key


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("  engineering ", "Engineering"),
        ("R &  D", "r & d"),
        ("Straße", "STRASSE"),
        ("Soft\u00a0ware", "soft ware"),
        ("Caf\u00e9", "Cafe\u0301"),
        ("\uff29\uff34", "IT"),
        ("A\nB", "a b"),
        ("Sa\u200bles\ufeff", "sales"),
        ("\u202eSales\u202c", "sales"),
        ("Ver\u00adwal\u00adtung", "Verwaltung"),
        ("\u0645\u06cc\u200c\u062e", "\u0645\u06cc\u062e"),
    ],
)
def test_case_spacing_and_unicode_form_do_not_make_another_name(left: str, right: str) -> None:
    assert fold_name(left) == fold_name(right)


def test_no_name_folds_to_nothing() -> None:
    assert fold_name(None) == fold_name("") == fold_name("  ") == ""


@pytest.mark.parametrize("text", ["\u200b", "\u2060 \ufeff", "\u00ad", "\u3164", "\u200d", " \u200c \ufe0f ", "\u202e"])
def test_what_nobody_sees_is_no_name(text: str) -> None:
    assert clean_name(text) == fold_name(text) == ""


def test_joiners_that_shape_letters_are_stored_and_the_rest_of_the_unseen_is_not() -> None:
    assert clean_name("\u0645\u06cc\u200c\u062e\u200b") == "\u0645\u06cc\u200c\u062e"


@pytest.mark.parametrize(
    ("name", "fits"),
    [("x" * 500, True), ("x" * 501, False), ("\u4e00" * 400, True), ("\u4e00" * 401, False), ("\ufdfa" * 40, False)],
)
def test_a_name_has_a_key_where_the_index_of_the_lines_can_hold_it(name: str, fits: bool) -> None:
    assert has_key(name) is fits


def test_accents_do_make_another_name() -> None:
    assert fold_name("Resume") != fold_name("Résumé")


def test_a_name_is_stored_as_written_but_for_its_spaces() -> None:
    assert clean_name("  Office\u00a0 of\tthe \n Mayor ") == "Office of the Mayor"
    assert clean_name("Cafe\u0301") == "Café"


def test_only_states_that_loaded_have_lines() -> None:
    assert [state for state in ImportState if state.loads] == [
        ImportState.COMPLETED,
        ImportState.COMPLETED_WITH_ERRORS,
        ImportState.UNCHANGED,
    ]


def test_an_error_carries_what_decided_it() -> None:
    unreadable = UnreadableFileError("The file is empty.", reason="empty", size=0)
    assert (unreadable.code, unreadable.reason, unreadable.details) == (
        "unreadable_file",
        "empty",
        {"reason": "empty", "size": 0},
    )
    failed = SourceError("No answer.", step="connect")
    assert (failed.code, failed.step, str(failed)) == ("source_failed", "connect", "No answer.")

"""What is asked about one text again and again is remembered; pages of prose are not kept."""

import gc
import sys

from budget_sync.domain.short_texts import remembers
from budget_sync.mapping.names import read_name
from budget_sync.reading.structure.cells import mark_of
from budget_sync.reading.structure.kinds import cell_kind
from budget_sync.reading.structure.words import says_total


def test_a_short_text_is_worked_on_once_until_others_take_its_place() -> None:
    worked_on: list[str] = []

    @remembers(2)
    def length(text: str) -> int:
        worked_on.append(text)
        return len(text)

    assert [length(text) for text in ("a", "bb", "a", "ccc", "a")] == [1, 2, 1, 3, 1]
    assert worked_on == ["a", "bb", "ccc", "a"]


def test_a_page_of_prose_is_let_go_when_its_file_is() -> None:
    page = "Remarks on the budget of the year before. " * 500
    for judge in (mark_of, cell_kind, says_total, read_name):
        judge(page)
    gc.collect()
    assert sys.getrefcount(page) == 2  # the name above, and the argument of this call

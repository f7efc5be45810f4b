"""What a person chose on the page of a file becomes options for the engine. Pure.

In: ``Draft``, the members of the form. Out: ``Chosen``: options, answers, what could not be taken. A form is the whole
page, so what equals what was shown is no choice.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import msgspec

from api.pages.mapper.answers import Alias, answer_question, ask_again
from api.pages.mapper.chosen_columns import choose_columns
from api.pages.mapper.problems import Problem, Problems
from api.pages.mapper.suggestions import suggested
from api.pages.mapper.whole_file import choose_for_file
from budget_sync.domain.fields import Layout
from budget_sync.importing.draft_rows import Draft
from budget_sync.importing.options import ImportOptions


@dataclass(frozen=True, slots=True)
class Chosen:
    """``leave``: the person says that the file is not to be loaded. ``aliases``: names that were said to be one."""

    options: ImportOptions
    answered: dict[str, str]
    problems: list[Problem] = field(default_factory=list)
    aliases: list[Alias] = field(default_factory=list)
    leave: bool = False

    def differs(self, draft: Draft) -> bool:
        """Whether the file must be understood anew."""
        return bool(self.aliases) or (self.options, self.answered) != (draft.options, draft.answered)


def choose(draft: Draft, form: Mapping[str, str]) -> Chosen:
    """What the form of the draft's page says."""
    if form.get("version") != str(draft.version):
        return Chosen(draft.options, draft.answered, [Problem("mapper.problems.stale")])
    form = suggested(form)
    problems = Problems()
    options = choose_for_file(draft.options, draft.outline, form, problems)
    placed = _placed(options, draft, form)
    if placed != options:  # another table: what was said of the columns of this one means nothing there
        return Chosen(msgspec.structs.replace(placed, mappings=None, corrections=[]), {}, problems.found)
    layout = form.get("layout", "")
    if layout in draft.outline.layouts and layout != draft.outline.analysis.layout:
        return Chosen(msgspec.structs.replace(options, layout=Layout(layout), mappings=None), draft.answered)
    options = choose_columns(options, draft.outline.analysis, form, problems)
    outcome = answer_question(draft.outline.analysis, options, form.get("answer", ""))
    answered = draft.answered | outcome.answered
    reopened = form.get("reopen", "")
    if answered.pop(reopened, None) is not None:
        return Chosen(ask_again(outcome.options, reopened), answered, problems.found)
    return Chosen(outcome.options, answered, problems.found, outcome.aliases, outcome.leave)


def _placed(options: ImportOptions, draft: Draft, form: Mapping[str, str]) -> ImportOptions:
    """Another sheet, another header row; a button says both 0-based."""
    sheet, header = form.get("sheet", ""), form.get("header_row", "")
    if sheet in draft.outline.analysis.sheets and sheet != draft.outline.analysis.sheet:
        return msgspec.structs.replace(options, sheet=sheet, header_row=None)
    if header.isascii() and header.isdigit() and int(header) != draft.outline.analysis.header_row:
        sheet_now = draft.outline.analysis.sheet
        return msgspec.structs.replace(options, sheet=sheet_now, header_row=int(header))
    return options

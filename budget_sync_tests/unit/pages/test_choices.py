"""What a form of the mapper says becomes options: what differs from what was shown, and nothing of a stale page."""

from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from api.pages.mapper.answers import answer_question
from api.pages.mapper.choices import Chosen, choose
from api.pages.mapper.columns import column_blocks
from api.pages.mapper.rejected import corrections_of
from api.pages.mapper.suggestions import suggestions
from api.pages.mapper.totals import total_tables
from budget_sync.domain.defaults import Defaults
from budget_sync.domain.fields import TargetField
from budget_sync.importing.corrections import CellCorrection, corrected
from budget_sync.importing.draft_rows import Draft
from budget_sync.importing.options import ImportOptions
from budget_sync.importing.outline import outline_of
from budget_sync.importing.said_before import SaidBefore
from budget_sync.loading import TotalChange
from budget_sync.mapping import understand
from budget_sync.mapping.analysis import Answer
from budget_sync.mapping.understanding import UnderstandingRequest
from budget_sync.reading import read_document

PLAIN = "Department,Owner,Fiscal Year,Budget\n" + "".join(f"Team {n},Kim {n},FY2026,{n}500\n" for n in range(1, 9))
MONTHS = "Department,Jan 2026,Feb 2026,Mar 2026,Apr 2026\nSales,1,2,3,4\nIT,5,6,7,8\n"
SILENT = "Department,Category,Budget\n" + "".join(f"Team {n},Travel,{n}500\n" for n in range(1, 9))


def draft_of(text: str, name: str = "budget.csv", options: ImportOptions | None = None) -> Draft:
    """The draft of a file as it would be kept."""
    asked = options or ImportOptions()
    mappings = tuple(asked.mappings) if asked.mappings is not None else None
    defaults = Defaults(asked.department, asked.fiscal_period, asked.currency)
    said = frozenset(asked.overruled)
    request = UnderstandingRequest(
        asked.sheet, asked.header_row, mappings, defaults, layout=asked.layout, overruled=said
    )
    now = datetime(2026, 1, 1, tzinfo=UTC)
    outline = outline_of(understand(read_document(text.encode(), name), request))
    return Draft(UUID(int=1), name, "0" * 64, len(text), None, None, 3, asked, {}, outline, "Jane", now, now)


def chosen(draft: Draft, **members: str) -> Chosen:
    """What a page says on which these members were changed."""
    shown = {f"field_{one.column_index}": one.target_field or "" for one in draft.outline.analysis.mappings}
    return choose(draft, {"version": "3", **shown, **members})


def fields(result: Chosen) -> list[TargetField | None]:
    assert result.options.mappings is not None
    return [one.target_field for one in result.options.mappings]


def test_a_page_as_it_was_shown_chooses_nothing() -> None:
    draft = draft_of(PLAIN)
    assert not chosen(draft).differs(draft)


def test_a_department_moves_to_the_column_that_is_named_for_it() -> None:
    draft = draft_of(PLAIN)
    assert fields(chosen(draft, field_1="department"))[:2] == [None, TargetField.DEPARTMENT]


def test_the_only_amount_moves_but_months_side_by_side_do_not() -> None:
    moved = fields(chosen(draft_of(PLAIN), field_1="budgetedAmount"))
    assert moved[1] is TargetField.BUDGETED_AMOUNT
    assert moved[3] is None
    wide = fields(chosen(draft_of(MONTHS), drop="1-1"))
    assert wide == [TargetField.DEPARTMENT, None, *[TargetField.BUDGETED_AMOUNT] * 3]


def test_a_page_that_another_tab_made_old_chooses_nothing_and_says_so() -> None:
    result = choose(draft_of(PLAIN), {"version": "2", "field_1": "department"})
    assert result.options == ImportOptions()
    assert [problem.text for problem in result.problems] == ["mapper.problems.stale"]


def test_a_period_is_taken_as_people_write_it_and_nonsense_is_named() -> None:
    assert chosen(draft_of(SILENT), fiscal_period="2026/27").options.fiscal_period == "FY2027"
    result = chosen(draft_of(SILENT), fiscal_period="soon", currency="eur")
    assert result.options.fiscal_period is None
    assert result.options.currency == "EUR"
    assert [(one.text, one.value) for one in result.problems] == [("mapper.problems.period", "soon")]


def test_another_header_row_forgets_what_was_said_of_the_columns() -> None:
    draft = draft_of(PLAIN)
    mapped = msgspec.structs.replace(draft, options=chosen(draft, field_1="department").options)
    result = chosen(mapped, header_row="2")
    assert (result.options.header_row, result.options.mappings) == (2, None)


def test_values_that_no_page_offers_are_no_choice() -> None:
    draft = draft_of(PLAIN)
    strange = {"header_row": "²", "sheet": "x", "pick": "99:department", "drop": "a-b", "answer": "7.7", "mode": "all"}
    assert not chosen(draft, **strange).differs(draft)


def test_an_amount_that_was_asked_about_is_the_only_one_afterwards() -> None:
    draft = draft_of("Department,Amount A,Amount B\nSales,1200.5,1300.5\nFinance,310,320\nResearch,95,90\n", "2026.csv")
    place = [question.code for question in draft.outline.analysis.questions].index("which_amount")
    result = chosen(draft, answer=f"{place}.1")
    assert fields(result) == [TargetField.DEPARTMENT, None, TargetField.BUDGETED_AMOUNT]
    assert result.answered == {"which_amount": "Amount B"}
    again = draft_of("Department,Amount A,Amount B\nSales,1200.5,1300.5\nFinance,310,320\n", "2026.csv", result.options)
    assert again.outline.analysis.sum_budgeted == Decimal("1620.5")


def test_a_column_that_is_said_to_be_right_is_not_asked_about_again() -> None:
    text = "Name,Jan 2026,Feb 2026\nEngineering,1200,1300.5\nFinance,310,320\nSales,95,90.5\n"
    draft = draft_of(text)
    assert [question.code for question in draft.outline.analysis.questions] == ["unsure_column"]
    result = chosen(draft, answer="0.0")
    assert result.answered == {"unsure_column": "Yes"}
    assert draft_of(text, options=result.options).outline.analysis.questions == []


def test_open_decimals_are_read_as_a_person_answers() -> None:
    text = 'Department,Budget\nSales,"1,234"\nFinance,"5,678"\n'
    draft = draft_of(text, "2026.csv")
    place = [question.code for question in draft.outline.analysis.questions].index("which_decimal_sign")
    assert chosen(draft, answer=f"{place}.0").options.decimal_sign == "."
    options = chosen(draft, answer=f"{place}.1").options
    assert options.decimal_sign == ","
    request = UnderstandingRequest(decimal_sign=options.decimal_sign)
    assert understand(read_document(text.encode(), "2026.csv"), request).analysis.sum_budgeted == Decimal("6.912")


def test_the_other_of_two_tables_is_read_once_a_person_says_so() -> None:
    text = (
        "Department,Item,Amount\nSales,Travel,12000\nHR,Training,3000\n,,\n"
        "Division,Project,Cost\nIT,Servers,90000\nOps,Forklift,45000\n"
    )
    draft = draft_of(text, "2026.csv")
    place = [question.code for question in draft.outline.analysis.questions].index("which_table")
    assert [chosen(draft, answer=f"{place}.{answer}").options.header_row for answer in range(3)] == [0, 4, None]


def test_a_year_and_a_department_are_taken_as_they_were_offered() -> None:
    outline = draft_of("Programme,Jan,Feb\nTravel,10,20\nSoftware,30,40\n").outline
    offers = {
        "which_year": [Answer("FY2027", "FY2027", "")],
        "which_department": [Answer("column:0", "Column 'Programme'", ""), Answer("Sales", "Sales", "")],
    }
    asked = [
        msgspec.structs.replace(question, answers=offers.get(question.code, []))
        for question in outline.analysis.questions
    ]
    analysis = msgspec.structs.replace(outline.analysis, questions=asked)
    place = {question.code: number for number, question in enumerate(asked)}

    def answered(code: str, answer: int) -> ImportOptions:
        return answer_question(analysis, ImportOptions(), f"{place[code]}.{answer}").options

    assert answered("which_year", 0).fiscal_period == "FY2027"
    assert answered("which_department", 1).department == "Sales"
    mappings = answered("which_department", 0).mappings
    assert mappings is not None
    assert mappings[0].target_field is TargetField.DEPARTMENT


def test_months_are_one_block_and_so_is_a_tail_that_is_left_out() -> None:
    months = draft_of(MONTHS)
    assert [block.kind for block in column_blocks(months.outline, months.options)] == ["one", "amounts"]
    tail = PLAIN.replace("Budget\n", "Budget,a,b,c,d\n", 1).replace("500\n", "500,,,,\n")
    draft = draft_of(tail)
    blocks = column_blocks(draft.outline, draft.options)
    assert (blocks[-1].kind, len(blocks[-1].columns)) == ("left_out", 4)


def test_only_cells_that_were_changed_are_corrections() -> None:
    form = {"was_3_2": "tbd", "cell_3_2": " 40 ", "was_4_2": "x", "cell_4_2": "x", "cell_9_9_9": "no", "cell_x_1": "no"}
    before = [CellCorrection(3, 2, "39"), CellCorrection(7, 0, "IT")]
    assert corrections_of(form, None, before) == [CellCorrection(3, 2, "40"), CellCorrection(7, 0, "IT")]


def test_a_corrected_cell_stands_where_the_file_had_another_one() -> None:
    document = read_document(b"a,b\n1\n", "a.csv")
    rows = corrected(document, [CellCorrection(1, 2, "z"), CellCorrection(99, 0, "nowhere")]).grids[0].rows
    assert list(rows) == [["a", "b"], ["1", "", "z"]]
    assert corrected(document, [CellCorrection(0, 0, "z", "another sheet")]).grids == document.grids


def test_totals_add_up_months_and_never_a_year_and_its_months() -> None:
    def total(period: str, old: str, new: str) -> TotalChange:
        return TotalChange("Sales", period, "EUR", "expense", Decimal(old), Decimal(new))

    today = [total("2026-01", "100", "100"), total("2026-02", "50", "50")]
    (months,) = total_tables(today, [total("2026-01", "10", "30"), total("2026-02", "0", "5")])
    assert (months.whole.today, months.whole.after, months.whole.change) == (150, 175, 25)
    (mixed,) = total_tables([], [total("2026-01", "0", "1"), total("FY2026", "0", "12")])
    assert not mixed.adds_up


def test_earlier_answers_are_offered_again_and_for_months_only_the_years_among_them() -> None:
    said = SaidBefore(["Sales", "IT"], ["2026-03", "FY2031", "FY2030", "FY2029"], ["IT", "Legal", "Sales"])
    offered = suggestions(said, "Acme")
    assert offered.departments == ["Sales", "IT", "Acme"]
    assert offered.periods == ["2026-03", "FY2031", "FY2030"]
    assert offered.years == ["FY2031", "FY2030"]


def test_a_pressed_suggestion_counts_before_the_field_beside_it() -> None:
    result = chosen(draft_of(SILENT), fiscal_period="", say="fiscal_period=FY2026")
    assert result.options.fiscal_period == "FY2026"
    assert not chosen(draft_of(SILENT), say="mode=replace").differs(draft_of(SILENT))


def test_an_answer_that_only_another_file_can_give_answers_nothing() -> None:
    rows = "".join(f"Team {n},Item {n},FY2026,{(-1) ** n * n * 100}\n" for n in range(1, 9))
    draft = draft_of(f"Department,Category,Fiscal Year,Budget\n{rows}")
    places = [place for place, one in enumerate(draft.outline.analysis.questions) if one.code == "mixed_signs"]
    assert not chosen(draft, answer=f"{places[0]}.1").differs(draft)
    assert chosen(draft, answer=f"{places[0]}.0").answered


def test_a_question_that_is_opened_again_forgets_what_its_answer_made() -> None:
    rows = "Sales,1200.5,1300.5\nFinance,310,320\nResearch,95,90\n"
    first = draft_of(f"Department,Amount A,Amount B\n{rows}", "plans_2026.csv")
    answered = chosen(first, answer="0.1")
    assert answered.options.mappings is not None
    again = draft_of(f"Department,Amount A,Amount B\n{rows}", "plans_2026.csv", answered.options)
    again = msgspec.structs.replace(again, answered=answered.answered)
    reopened = chosen(again, reopen="which_amount")
    assert (reopened.options, reopened.answered) == (first.options, {})


def test_what_a_title_says_is_overruled_and_counts_again_once_the_field_is_empty() -> None:
    text = f"Department: Sales,,\nBudget FY2026 in EUR,,\n{SILENT.replace('Department,', 'Owner,')}"
    draft = draft_of(text)
    assert draft.outline.department is not None
    assert not chosen(draft, department="Sales", fiscal_period="FY2026", currency="EUR").differs(draft)
    overruled = chosen(draft, department="Legal", fiscal_period="FY2027", currency="USD").options
    assert sorted(overruled.overruled) == ["currency", "department", "fiscalPeriod"]
    again = draft_of(text, options=overruled)
    assert (again.outline.department, again.outline.fiscal_period, again.outline.currency) == (None, None, None)
    assert chosen(again, department="", fiscal_period="", currency="").options.overruled == []


def test_another_layout_reads_the_amounts_anew() -> None:
    draft = draft_of(MONTHS)
    assert draft.outline.layouts[0] == "wide-months"
    options = chosen(draft, layout="long").options
    assert (options.layout, options.mappings) == ("long", None)
    again = draft_of(MONTHS, options=options)
    assert again.outline.analysis.layout == "long"
    assert sum(one.target_field is TargetField.BUDGETED_AMOUNT for one in again.outline.analysis.mappings) == 1
    assert not chosen(again, layout="no such").differs(again)

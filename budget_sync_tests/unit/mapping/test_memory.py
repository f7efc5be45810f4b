"""What makes two tables one layout, what of a mapping lasts, and what an approval settles."""

from datetime import UTC, datetime
from decimal import Decimal

import msgspec
import pytest

from budget_sync.domain.fields import FileType, TargetField
from budget_sync.mapping import UnderstandingRequest
from budget_sync.mapping.analysis import Analysis
from budget_sync.mapping.drift import Kind
from budget_sync.mapping.memory import (
    Lesson,
    RememberedLayout,
    Standing,
    accepts_file_type,
    fingerprint_of,
    lesson_of,
    same_mapping,
    with_memory,
)
from budget_sync_tests.unit.mapping.tables import analysed, understood

PLAN = """
Department | Category | Year | Budget
Sales      | Travel   | 2025 | 1,200.50
Sales      | Software | 2025 | 800.00
Legal      | Advice   | 2025 | 40.00
"""
LEARNT = datetime(2025, 3, 12, tzinfo=UTC)


def learnt(text: str, standing: Standing = Standing.APPROVED) -> RememberedLayout:
    """What a drawn table taught."""
    return RememberedLayout(lesson_of(understood(text), "EUR"), standing, LEARNT)


def remembered_analysis(text: str, remembered: RememberedLayout) -> Analysis:
    """The analysis of a drawn table beside what is remembered."""
    found = understood(text)
    return with_memory(found.analysis, remembered, lesson_of(found, "EUR"))


@pytest.mark.parametrize(
    ("text", "same"),
    [
        (PLAN.replace("1,200.50", "77"), True),
        (PLAN.replace("Department", "DEPARTMENT "), True),
        (PLAN.replace("Category", "Account"), False),
        (PLAN.replace("| Year | Budget", "| Budget | Year").replace("| 2025 |", "| 99 |"), False),
    ],
    ids=["other values", "other case and spacing", "another header", "another order"],
)
def test_a_layout_is_its_headers_in_their_order(text: str, *, same: bool) -> None:
    assert (fingerprint_of(analysed(text)) == fingerprint_of(analysed(PLAN))) is same


def test_the_sheet_of_another_year_is_the_same_layout() -> None:
    first, second, other = (
        fingerprint_of(msgspec.structs.replace(analysed(PLAN), sheet=sheet))
        for sheet in ("Plan 2025", "PLAN 2026", "Forecast 2026")
    )
    assert first == second != other


def test_the_profile_is_of_the_lines_alone() -> None:
    lesson = learnt(f"{PLAN.rstrip()}\nTotal | | | 2,040.50\n").lesson
    assert lesson.profile.amounts == 3
    assert lesson.profile.quartiles == [Decimal("40.0000"), Decimal("800.0000"), Decimal("1200.5000")]
    assert {look.field: look.kind for look in lesson.profile.columns} == {
        TargetField.DEPARTMENT: Kind.NAMES,
        TargetField.SUB_CATEGORY: Kind.NAMES,
        TargetField.FISCAL_PERIOD: Kind.PERIODS,
    }
    assert lesson.profile.currencies == ["EUR"]


def test_a_scale_that_the_file_names_counts() -> None:
    lesson = learnt(f"Plan (in thousands) |\n{PLAN.lstrip()}").lesson
    assert lesson.profile.quartiles[1] == Decimal(800_000)


def test_a_lesson_survives_its_json() -> None:
    lesson = learnt(PLAN).lesson
    assert msgspec.json.decode(msgspec.json.encode(lesson), type=Lesson) == lesson


@pytest.mark.parametrize(
    ("header", "kept"),
    [("Budget FY2025", "FY2025"), ("Budget", None)],
)
def test_a_period_is_remembered_where_the_header_names_its_year(header: str, kept: str | None) -> None:
    text = f"Budget for 2025 |\nDepartment | {header}\nSales | 10\nLegal | 20\nHR | 30\n"
    lesson = learnt(text).lesson
    assert [one.period for one in lesson.mappings if one.target_field is TargetField.BUDGETED_AMOUNT] == [kept]


def test_an_approval_settles_the_questions_that_it_answered() -> None:
    text = PLAN.replace("1,200.50", "1,200").replace("800.00", "2,800").replace("40.00", "3,400")
    fresh = analysed(text)
    assert [question.code for question in fresh.questions if question.blocking] == ["which_decimal_sign"]
    approved = remembered_analysis(text, learnt(text))
    assert approved.questions == []
    assert approved.can_proceed
    assert approved.notes[-1] == "The columns are mapped as they were approved for this layout on 2025-03-12."


def test_a_number_style_other_than_the_approved_one_is_still_asked_about() -> None:
    before = PLAN.replace("1,200.50", "1.200,50").replace("800.00", "800,00").replace("40.00", "40,00")
    now = PLAN.replace("1,200.50", "1,200").replace("800.00", "2,800").replace("40.00", "3,400")
    codes = [question.code for question in remembered_analysis(now, learnt(before)).questions]
    assert "which_decimal_sign" in codes


def test_a_layout_that_only_loaded_settles_no_question() -> None:
    text = PLAN.replace("1,200.50", "1,200").replace("800.00", "2,800").replace("40.00", "3,400")
    analysis = remembered_analysis(text, learnt(text, Standing.LOADED))
    assert [question.code for question in analysis.questions] == ["which_decimal_sign"]
    assert not analysis.can_proceed


def test_a_loaded_layout_that_would_be_mapped_otherwise_is_held() -> None:
    remembered = learnt(PLAN, Standing.LOADED)
    mappings = [
        msgspec.structs.replace(one, target_field=None) if one.column_index == 1 else one
        for one in remembered.lesson.mappings
    ]
    lesson = msgspec.structs.replace(remembered.lesson, mappings=mappings)
    analysis = remembered_analysis(PLAN, msgspec.structs.replace(remembered, lesson=lesson))
    assert analysis.questions[0].code == "drift"
    assert "column 'Category' was left out and would now be the category" in analysis.questions[0].text
    assert not analysis.can_proceed


def test_the_same_mapping_is_seen_to_be_the_same() -> None:
    lesson = learnt(PLAN).lesson
    assert same_mapping(lesson, analysed(PLAN))
    approved = tuple(one for one in analysed(PLAN).mappings if one.column_index != 1)
    assert not same_mapping(lesson, understood(PLAN, request=UnderstandingRequest(mappings=approved)).analysis)


@pytest.mark.parametrize(
    ("standing", "learnt_as", "accepted"),
    [
        (Standing.APPROVED, FileType.PAYROLL, True),
        (Standing.APPROVED, FileType.BUDGET, False),
        (Standing.LOADED, FileType.PAYROLL, False),
    ],
)
def test_a_kind_of_file_is_accepted_as_it_was_approved(
    standing: Standing, learnt_as: FileType, *, accepted: bool
) -> None:
    analysis = analysed(PLAN)
    detection = msgspec.structs.replace(analysis.file_type_detection, likely_file_type=FileType.PAYROLL)
    payroll = msgspec.structs.replace(analysis, file_type_detection=detection)
    lesson = msgspec.structs.replace(learnt(PLAN).lesson, file_type=learnt_as)
    assert accepts_file_type(RememberedLayout(lesson, standing, LEARNT), payroll) is accepted


def test_a_header_row_that_a_person_chose_settles_which_of_several_tables_is_meant() -> None:
    text = PLAN.rstrip() + "\n | | | \nPosition | Grade | Heads | Salary\nAgent | A | 3 | 9000\nLead | B | 1 | 8000\n"
    assert "which_table" in [one.code for one in remembered_analysis(text, learnt(text)).questions]
    chosen = lesson_of(understood(text), "EUR", header_row=0)
    remembered = RememberedLayout(chosen, Standing.APPROVED, LEARNT)
    assert "which_table" not in [one.code for one in remembered_analysis(text, remembered).questions]

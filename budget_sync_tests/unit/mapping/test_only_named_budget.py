"""Files that are named budget and are none: films, measurements, bookings by the day, results."""

import pytest

from budget_sync.domain.fields import FileType
from budget_sync.mapping import UnderstandingRequest, understand
from budget_sync_tests.unit.mapping.tables import analysed, document_of, grid_of


def kind_of(table: str, name: str) -> FileType:
    """What the drawn table is taken for."""
    return analysed(table, name).file_type_detection.likely_file_type


def test_what_films_did_cost_is_no_budget() -> None:
    table = """
    Title     | Director  | Minutes | Release | GrossWorldwide | Budget
    First One | A. Abel   | 126     | 2011    | 585366247      | 140000000
    Second    | B. Baker  | 112     | 2012    | 263427551      | 150000000
    Third     | A. Abel   | 124     | 2014    | 623933331      | 200000000
    """
    assert kind_of(table, "budget.csv") is FileType.OTHER


def test_measurements_by_a_budget_of_bytes_are_no_budget() -> None:
    table = """
    budget | method | successes | observed | ci_lower | ci_upper | mean_ms | sd_ms  | send_mask
    1320   | alpha  | 845       | 0.788    | 0.763    | 0.812    | 36.196  | 10.483 | 3
    1320   | beta   | 112       | 0.104    | 0.087    | 0.124    | 52.886  | 15.294 | 11
    2640   | alpha  | 680       | 0.634    | 0.605    | 0.663    | 40.876  | 12.601 | 7
    """
    assert kind_of(table, "budget.csv") is FileType.OTHER


@pytest.mark.parametrize("sign", ["-", "/", "."])
def test_bookings_by_the_day_in_a_file_named_budget_are_expenses(sign: str) -> None:
    first, second, third = (day.replace("-", sign) for day in ("2025-11-03", "2025-11-09", "2025-12-11"))
    table = f"""
    Date     | Description    | Amount  | Category   | Account Name
    {first}  | Corner Shop    | -20.02  | Groceries  | Savings
    {second} | Monthly fee    | -230.00 | Bank Fees  | Savings
    {third}  | Fuel station 9 | -991.04 | Fuel       | Credit Card
    """
    assert kind_of(table, "Budget.csv") is FileType.EXPENSES


def test_a_plan_that_dates_its_lines_says_budget_and_is_one() -> None:
    table = """
    Project | Task        | Start      | Budget
    Web     | Design      | 2025-11-03 | 500
    Web     | Hosting     | 2025-11-09 | 2000
    Shop    | Photographs | 2025-12-11 | 1500
    """
    assert kind_of(table, "budget.csv") is FileType.BUDGET


def test_a_file_named_for_actual_figures_is_no_budget() -> None:
    table = """
    period  | department | account  | value
    2024-01 | Sales      | Travel   | 12000
    2024-01 | Marketing  | Events   | 30000
    2024-02 | Sales      | Travel   | 13000
    """
    assert kind_of(table, "actuals.csv") is not FileType.BUDGET
    assert kind_of(table, "budget.csv") is FileType.BUDGET


def test_results_of_months_alone_are_no_budget() -> None:
    table = """
    Date   | Profit/Losses
    Jan-24 | 1088983
    Feb-24 | -354534
    Mar-24 | 276622
    Apr-24 | -728133
    """
    assert kind_of(table, "budget_data.csv") is FileType.OTHER


def test_shares_of_one_are_no_amounts_of_a_budget() -> None:
    table = """
    state | sales | income | fees
    North | -0.23 | 0.15   | 0.21
    South | 0.60  | -0.15  | 0.42
    West  | 0.28  | -0.56  | 0.13
    """
    assert kind_of(table, "budget.csv") is FileType.OTHER


def test_a_column_of_budget_categories_makes_no_budget_of_bookings() -> None:
    table = """
    Date       | Description | Category  | Type   | Amount | Budget Category
    2025-01-02 | Salary      | Income    | Credit | 3000   | Income
    2025-01-03 | Bus         | Transport | Debit  | 2.5    | Needs
    2025-01-05 | Rent        | Housing   | Debit  | 900    | Needs
    """
    assert kind_of(table, "transactions.csv") is FileType.EXPENSES


MONTHS_ACROSS = """
    Category | January | February | March
    Food     | 412.55  | 390.00   | 401.20
    Travel   | 102.50  | 0        | 33.10
    Rent     | 900     | 900      | 900
"""


def test_months_across_in_a_file_named_actual_are_no_budget() -> None:
    assert kind_of(MONTHS_ACROSS, "department_2024_actual.csv") is not FileType.BUDGET
    assert kind_of(MONTHS_ACROSS, "department_2024.csv") is FileType.BUDGET


def test_a_sheet_of_actual_figures_beside_the_plan_denies_nothing() -> None:
    plan, actual = grid_of(MONTHS_ACROSS, "Opex"), grid_of(MONTHS_ACROSS, "Actual")
    understanding = understand(document_of(plan, actual, name="department.xlsx"), UnderstandingRequest(sheet="Opex"))
    assert understanding.analysis.file_type_detection.likely_file_type is FileType.BUDGET


@pytest.mark.parametrize(
    ("table", "kind"),
    [
        (
            """
            price   | area | bedrooms | bathrooms | stories | parking | furnishing status
            1330000 | 7420 | 4        | 2         | 3       | 2       | furnished
            1225000 | 8960 | 4        | 4         | 4       | 3       | furnished
            1125000 | 9960 | 3        | 2         | 2       | 2       | semi-furnished
            """,
            FileType.OTHER,
        ),
        (
            """
            carat | cut     | color | clarity | depth | table | price
            0.23  | Ideal   | E     | SI2     | 61.5  | 55    | 326
            0.21  | Premium | E     | SI1     | 59.8  | 61    | 326
            0.29  | Good    | I     | VS1     | 56.9  | 65    | 327
            """,
            FileType.OTHER,
        ),
        (
            """
            Age | Attrition | DailyRate | Department | Education | MonthlyIncome | YearsAtCompany
            41  | Yes       | 1102      | Sales      | 2         | 5993          | 6
            49  | No        | 279       | Research   | 1         | 5130          | 10
            37  | Yes       | 1373      | Research   | 2         | 2090          | 0
            """,
            FileType.PAYROLL,
        ),
    ],
)
def test_data_to_learn_from_are_no_budget(table: str, kind: FileType) -> None:
    assert kind_of(table, "data.csv") is kind


SIDE_BY_SIDE = """
    sample | acid | density | sulphates
    North  | {0}  | 350     | 560
    South  | 320  | 310     | 680
    West   | 326  | 330     | 650
"""


@pytest.mark.parametrize(
    ("first", "name", "kind"),
    [
        ("351", "data.csv", FileType.OTHER),
        ("351", "budget.csv", FileType.BUDGET),
    ],
)
def test_small_figures_side_by_side_are_a_budget_where_it_is_named_one(first: str, name: str, kind: FileType) -> None:
    assert kind_of(SIDE_BY_SIDE.format(first), name) is kind


def test_words_and_days_alone_are_no_budget_whatever_the_file_is_called() -> None:
    votes = """
    Member | Ward  | Vote
    Abel   | North | Aye
    Baker  | South | No
    Cole   | East  | Aye
    """
    posts = """
    date                | text
    2025-01-03 10:05:00 | the budget is out today
    2025-01-04 11:30:00 | no money for the bridge
    2025-01-06 09:15:00 | what a low budget
    """
    assert kind_of(votes, "budget 2025.csv") is FileType.OTHER
    assert kind_of(posts, "budget 2025.csv") is FileType.OTHER


def test_a_budget_still_to_be_filled_in_is_one() -> None:
    form = """
    Department | Category | Budget 2026
    Sales      | Travel   |
    Sales      | Training |
    """
    assert kind_of(form, "budget 2026.csv") is FileType.BUDGET

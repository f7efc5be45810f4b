"""A check reads the lines of one customer, and says what could have been meant where there are none."""

from decimal import Decimal
from uuid import UUID, uuid4

import psycopg
import pytest

from budget_sync.approval.answer import CheckAnswer
from budget_sync.approval.check import check_budget
from budget_sync.approval.request import check_request
from budget_sync.approval.sought import LINES, Place, apart, parameters
from budget_sync.database import Database
from budget_sync.domain.errors import NotFoundError
from budget_sync.importing.customers import Customer, create_customer
from budget_sync_tests.budget_lines import add_line

ENG = Place("eng", None, "FY2025")


def ask(
    database: Database,
    customer_id: UUID,
    department: str = "Eng",
    amount: str = "10",
    *,
    sub_category: str | None = None,
    period: str = "FY2025",
    currency: str | None = None,
) -> CheckAnswer:
    request = check_request(
        department=department, sub_category=sub_category, fiscal_period=period, amount=amount, currency=currency
    )
    return check_budget(database, customer_id, request)


def test_the_figures_of_the_line_are_in_the_answer(database: Database, customer: Customer) -> None:
    line = add_line(database, customer.id, "Eng/Software", "1000.50", committed="200", reserved="100.25")
    answer = ask(database, customer.id, " ENG ", "700.25", sub_category="software")
    assert answer.budget is not None
    assert (answer.budget.id, answer.budget.available) == (str(line), Decimal("700.25"))
    assert (answer.decision, answer.reason_code) == ("approve", "auto_approved")


def test_a_request_one_ten_thousandth_above_is_refused(database: Database, customer: Customer) -> None:
    add_line(database, customer.id, "Eng", "100")
    assert ask(database, customer.id, amount="100.0001").reason_code == "insufficient_budget"


def test_revenue_answers_no_purchase(database: Database, customer: Customer) -> None:
    add_line(database, customer.id, "Eng", "900", line_type="revenue")
    add_line(database, customer.id, "Eng/Software", "500")
    answer = ask(database, customer.id)
    assert [line.sub_category for line in answer.details.lines] == ["Software"]
    assert answer.budget is not None
    assert answer.budget.budgeted_amount == 500


def test_a_misspelt_department_gets_the_near_name(database: Database, customer: Customer) -> None:
    for name in ("Engineering", "Marketing", "Sales"):
        add_line(database, customer.id, name, "100")
    answer = ask(database, customer.id, "Enginering")
    assert (answer.reason_code, answer.details.near_departments) == ("no_budget", ["Engineering"])


def test_a_misspelt_sub_category_gets_the_near_name(database: Database, customer: Customer) -> None:
    add_line(database, customer.id, "Eng/Software", "100")
    answer = ask(database, customer.id, sub_category="Sofware")
    assert answer.details.near_sub_categories == ["Software"]


def test_another_year_says_which_there_are(database: Database, customer: Customer) -> None:
    add_line(database, customer.id, "Eng", "100", period="FY2024")
    assert ask(database, customer.id).details.known_periods == ["FY2024"]


def test_a_closed_line_says_so(database: Database, customer: Customer) -> None:
    add_line(database, customer.id, "Eng", "100", state="closed")
    assert ask(database, customer.id).reason_code == "budget_closed"


def test_the_customers_currency_and_fiscal_year_are_used(database: Database) -> None:
    customer = create_customer(database, "sydney", currency="AUD", fiscal_year_start=7)
    add_line(database, customer.id, "Eng", "100", currency="AUD")
    assert ask(database, customer.id, period="2024-07").can_auto_approve
    assert ask(database, customer.id, period="2025-07").reason_code == "no_budget"
    assert ask(database, customer.id, period="2024-07", currency="EUR").reason_code == "currency_mismatch"


def test_another_customers_lines_answer_nothing(
    database: Database, customer: Customer, other_customer: Customer
) -> None:
    add_line(database, other_customer.id, "Eng", "100")
    answer = ask(database, customer.id)
    assert (answer.reason_code, answer.details.near_departments) == ("no_budget", [])


@pytest.mark.parametrize("name", ['a"b', "a\\b", 'a\\"', "a,b", "{a}", "NULL", "a'b", '""'])
def test_names_with_signs_of_sql_are_names(database: Database, customer: Customer, name: str) -> None:
    add_line(database, customer.id, f"Eng/{name}", "100")
    add_line(database, customer.id, "Eng", "1")
    assert ask(database, customer.id, sub_category=name).matched_level == "sub_category"


def add_rule(database: Database, customer: Customer, department: str, sub_category: str, threshold: int) -> None:
    with database.tenant(customer.id) as connection:
        connection.execute(
            "INSERT INTO approval_rule (customer_id, department, sub_category, auto_approval_threshold, department_key,"
            " sub_category_key) VALUES (%s, %s, %s, %s, %s, %s)",
            (customer.id, department, sub_category, threshold, department.lower(), sub_category.lower()),
        )


@pytest.mark.parametrize(
    ("department", "sub_category", "threshold"),
    [("Eng", "Software", 3), ("Eng", "Travel", 2), ("Eng", None, 2), ("Sales", None, 1)],
)
def test_the_most_specific_rule_holds(
    database: Database, customer: Customer, department: str, sub_category: str | None, threshold: int
) -> None:
    for name in ("Eng", "Eng/Software", "Sales"):
        add_line(database, customer.id, name, "100")
    add_rule(database, customer, "", "", 1)
    add_rule(database, customer, "Eng", "", 2)
    add_rule(database, customer, "Eng", "Software", 3)
    assert ask(database, customer.id, department, "1", sub_category=sub_category).auto_approval_threshold == threshold


def test_another_customers_rule_does_not_hold(database: Database, customer: Customer, other_customer: Customer) -> None:
    add_line(database, customer.id, "Eng", "100")
    add_rule(database, other_customer, "", "", 1)
    assert ask(database, customer.id).auto_approval_threshold == 5000


def test_the_latest_rate_not_after_today_converts(database: Database, customer: Customer) -> None:
    add_line(database, customer.id, "Eng", "100", currency="USD")
    with database.tenant(customer.id) as connection:
        connection.cursor().executemany(
            "INSERT INTO fx_rate (customer_id, from_currency, to_currency, valid_on, rate)"
            " VALUES (%s, 'USD', 'EUR', current_date + %s::integer, %s)",
            [(customer.id, -30, "0.5"), (customer.id, -1, "0.8"), (customer.id, 1, "2")],
        )
    answer = ask(database, customer.id, amount="80.0001", currency="EUR")
    assert answer.budget is not None
    assert (answer.reason_code, answer.budget.available) == ("insufficient_budget", Decimal(80))
    assert [rate.rate for rate in answer.details.rates] == [Decimal("0.8")]


def test_an_unknown_customer_is_not_found(database: Database) -> None:
    with pytest.raises(NotFoundError):
        ask(database, uuid4())


def test_the_function_leaves_no_tenant_behind_on_its_connection(database: Database, customer: Customer) -> None:
    add_line(database, customer.id, "Eng", "100")
    with psycopg.connect(database.app_conninfo, autocommit=True) as connection:
        found = connection.execute(LINES, parameters(customer.id, [ENG])).fetchall()
        left = connection.execute("SELECT count(*) FROM budget").fetchone()
    assert (len(found), left) == (1, (0,))


def test_the_function_asked_of_one_customer_shows_no_other(
    database: Database, customer: Customer, other_customer: Customer
) -> None:
    add_line(database, other_customer.id, "Eng", "100")
    with psycopg.connect(database.app_conninfo, autocommit=True) as connection:
        assert connection.execute(LINES, parameters(customer.id, [ENG])).fetchall() == []


def test_the_lines_of_several_places_come_apart_again(database: Database, customer: Customer) -> None:
    for name, period in (("Eng", "FY2025"), ("Eng/Software", "2025-03"), ("Eng/Travel", "FY2025"), ("Ops", "FY2024")):
        add_line(database, customer.id, name, "100", period=period)
    places = [
        ENG,
        Place("nobody", None, "FY2025"),
        Place("eng", "software", "FY2025,2025-03"),
        Place("ops", "", "FY2024"),
    ]
    with database.tenant(customer.id) as connection:
        rows = connection.execute(LINES, parameters(customer.id, places)).fetchall()
    names = [sorted(f"{row[1]}/{row[2]}" for row in own) for own in apart(rows, len(places))]
    assert names == [["Eng/", "Eng/Travel"], [], ["Eng/", "Eng/Software"], ["Ops/"]]

"""The rules of the contract in their order, the figures of the answer, and the sentences."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis.strategies import decimals
from msgspec import structs

from budget_sync.approval.answer import CheckAnswer, Decision, ReasonCode
from budget_sync.approval.decision import decide
from budget_sync.approval.matching import BudgetLine, Match, match_lines
from budget_sync.approval.policy import ApprovalPolicy, Rate, Rates, WhenExceeded, policy_in
from budget_sync.approval.request import CheckRequest, check_request
from budget_sync.approval.surroundings import Surroundings
from budget_sync.domain.errors import InvalidRequestError
from budget_sync.domain.periods import FiscalPeriod

DEFAULT = ApprovalPolicy()
NOW = datetime(2025, 3, 1, 12, tzinfo=UTC)


def budget(
    budgeted: str, *, committed: str = "0", reserved: str = "0", currency: str = "EUR", sub_category: str = "Software"
) -> BudgetLine:
    return BudgetLine(
        id=sub_category or "general",
        department="Engineering",
        sub_category=sub_category,
        fiscal_period=FiscalPeriod(2025),
        currency=currency,
        budgeted=Decimal(budgeted),
        committed=Decimal(committed),
        reserved=Decimal(reserved),
    )


def answer(
    amount: str,
    *lines: BudgetLine,
    sub_category: str | None = "Software",
    currency: str = "EUR",
    rates: dict[str, Decimal] | None = None,
    surroundings: Surroundings | None = None,
    policy: ApprovalPolicy = DEFAULT,
) -> CheckAnswer:
    request = check_request(department="Engineering", sub_category=sub_category, fiscal_period="FY2025", amount=amount)
    known = Rates(currency, {name: Rate(rate, NOW.date()) for name, rate in (rates or {}).items()})
    match = match_lines(lines, sub_category=sub_category, period=request.fiscal_period, rates=known)
    return decide(request, match, rates=known, policy=policy, as_of=NOW, surroundings=surroundings)


WHERE = "Engineering / Software for FY2025"


@pytest.mark.parametrize(
    ("amount", "line", "code", "decision", "sentence"),
    [
        ("100", budget("500"), "auto_approved", "approve", "100.00 EUR fits: {} has 500.00 EUR available."),
        ("500", budget("500"), "auto_approved", "approve", "500.00 EUR fits: {} has 500.00 EUR available."),
        (
            "500.0001",
            budget("500"),
            "insufficient_budget",
            "reject",
            "500.0001 EUR does not fit: {} has 500.00 EUR available, 0.0001 EUR short.",
        ),
        (
            "5000.01",
            budget("9000"),
            "above_threshold",
            "review",
            "5,000.01 EUR fits in {} (9,000.00 EUR available) but is above 5,000.00 EUR: a person must approve it.",
        ),
        ("5000", budget("9000"), "auto_approved", "approve", "5,000.00 EUR fits: {} has 9,000.00 EUR available."),
        (
            "10",
            budget("1000", committed="850", reserved="50"),
            "budget_critical",
            "review",
            "10.00 EUR fits in {}, but only 100.00 EUR is left there: a person must approve it.",
        ),
        (
            "10",
            budget("1000", committed="899.99"),
            "auto_approved",
            "approve",
            "10.00 EUR fits: {} has 100.01 EUR available.",
        ),
        (
            "1",
            budget("0"),
            "insufficient_budget",
            "reject",
            "1.00 EUR does not fit: {} has 0.00 EUR available, 1.00 EUR short.",
        ),
        (
            "1",
            budget("-50"),
            "insufficient_budget",
            "reject",
            "1.00 EUR does not fit: {} has -50.00 EUR available, 51.00 EUR short.",
        ),
    ],
)
def test_the_first_rule_that_applies_decides(
    amount: str, line: BudgetLine, code: str, decision: str, sentence: str
) -> None:
    given = answer(amount, line)
    assert given.reason == sentence.format(WHERE)
    assert (given.reason_code, given.decision) == (ReasonCode(code), Decision(decision))
    assert given.can_auto_approve == (decision == "approve")
    assert given.available == (decision != "reject")


def test_the_figures_before_and_after_the_request() -> None:
    given = answer("100", budget("1000", committed="200", reserved="133.33"))
    assert given.utilization_percent == Decimal("33.33")
    assert given.utilization_percent_after == Decimal("43.33")
    assert given.shortfall == 0
    assert given.budget is not None
    assert (given.budget.id, given.budget.available) == ("Software", Decimal("666.67"))
    assert given.as_of == NOW


def test_utilisation_of_nothing_is_unknown() -> None:
    given = answer("1", budget("0"))
    assert (given.utilization_percent, given.utilization_percent_after, given.shortfall) == (None, None, Decimal(1))


def test_what_is_missing_is_the_shortfall() -> None:
    assert answer("700", budget("1000", reserved="400")).shortfall == Decimal(100)


def test_several_lines_answer_as_one_without_an_id_and_each_in_the_details() -> None:
    given = answer("650", budget("500"), budget("200", sub_category="Hardware"), sub_category=None)
    assert given.budget is not None
    assert (given.budget.id, given.budget.sub_category, given.budget.available) == (None, None, Decimal(700))
    assert [line.sub_category for line in given.details.lines] == ["Software", "Hardware"]
    assert given.reason == (
        "650.00 EUR fits: Engineering, all its lines for FY2025 together, has 700.00 EUR available."
    )


def test_the_general_line_is_named_where_another_was_asked_for() -> None:
    given = answer("10", budget("100", sub_category=""), sub_category="Travel")
    assert given.matched_level == "department"
    assert given.reason == "10.00 EUR fits: the general budget of Engineering for FY2025 has 100.00 EUR available."


def test_another_currency_is_converted_by_the_rate_that_the_answer_names() -> None:
    given = answer("89", budget("100", currency="USD"), rates={"USD": Decimal("0.8999999")})
    assert given.budget is not None
    assert (given.budget.currency, given.budget.available) == ("EUR", Decimal("89.9999"))
    assert [(rate.from_currency, rate.rate) for rate in given.details.rates] == [("USD", Decimal("0.8999999"))]
    assert given.details.lines[0].currency == "USD"


def test_a_rule_of_the_customers_own_sets_threshold_and_limit() -> None:
    policy = ApprovalPolicy(Decimal(100), Decimal(50))
    assert answer("100.01", budget("1000"), policy=policy).reason_code == "above_threshold"
    assert answer("100", budget("1000", reserved="500"), policy=policy).reason_code == "budget_critical"
    assert answer("100", budget("1000", reserved="499"), policy=policy).can_auto_approve


@pytest.mark.parametrize(
    ("action", "decision", "code"),
    [
        ("stop", "reject", "insufficient_budget"),
        ("warn", "review", "insufficient_budget"),
        ("ignore", "review", "budget_critical"),
    ],
)
def test_a_rule_may_soften_what_exceeds_the_budget(action: str, decision: str, code: str) -> None:
    policy = ApprovalPolicy(when_exceeded=WhenExceeded(action))
    given = answer("200", budget("100", reserved="95"), policy=policy)
    assert (given.decision, given.reason_code, given.available) == (decision, code, False)


def test_a_threshold_is_converted_where_a_rate_is_known() -> None:
    policy = ApprovalPolicy(Decimal(5000))
    rates = Rates("USD", {"EUR": Rate(Decimal("1.25"), NOW.date())})
    assert policy_in(policy, "EUR", rates).auto_approval_threshold == 6250
    assert policy_in(policy, "EUR", Rates("USD")).auto_approval_threshold == 5000


def test_a_currency_mismatch_says_what_to_do() -> None:
    given = answer("10", budget("100", currency="USD"))
    assert (given.reason_code, given.decision, given.budget) == ("currency_mismatch", "reject", None)
    assert given.reason == (
        "The budget of Engineering / Software is in USD. Ask in USD, or record an exchange rate to EUR."
    )


@pytest.mark.parametrize(
    ("surroundings", "sentence"),
    [
        (Surroundings(near_departments=["Engineering"]), " Did you mean Engineering?"),
        (Surroundings(near_departments=["A", "B", "C"]), " Did you mean A, B or C?"),
        (Surroundings(department_known=True, near_sub_categories=["Softwares"]), " Did you mean Softwares?"),
        (Surroundings(department_known=True, known_periods=["FY2024"]), " There is one for FY2024."),
        (Surroundings(department_known=True), " The department has neither this sub-category nor a general budget."),
        (Surroundings(), " No department has a name like it; import its budget first."),
    ],
)
def test_no_budget_says_what_could_have_been_meant(surroundings: Surroundings, sentence: str) -> None:
    given = answer("10", surroundings=surroundings)
    assert given.reason == f"There is no budget of Engineering / Software for FY2025.{sentence}"
    assert given.reason_code is ReasonCode.NO_BUDGET


def test_a_match_without_lines_is_never_an_approval() -> None:
    request = CheckRequest("Engineering", FiscalPeriod(2025), Decimal(1))
    given = decide(request, Match(), rates=Rates("EUR"), policy=ApprovalPolicy(), as_of=NOW)
    assert given.decision is Decision.REJECT


@pytest.mark.parametrize(
    "words",
    [
        {"amount": "0"},
        {"amount": "-1"},
        {"amount": "NaN"},
        {"amount": "1e3"},
        {"amount": "1_000"},
        {"amount": "١٢"},
        {"amount": "1.00001"},
        {"amount": "1000000000000000"},
        {"amount": " 1"},
        {"department": ""},
        {"department": "   "},
        {"department": "a\x00b"},
        {"department": "\ud800"},
        {"department": "x" * 501},
        {"sub_category": "a\x00b"},
        {"fiscal_period": "2025"},
        {"fiscal_period": "2025-13"},
        {"fiscal_period": "FY2025-Q5"},
        {"fiscal_period": "FY\u0662\u0660\u0662\u0665"},
        {"currency": "EURO"},
        {"currency": "ﬀ€"},
        {"request_id": "a\x00"},
    ],
)
def test_words_that_are_no_question_are_refused(words: dict[str, str]) -> None:
    asked = {"department": "Engineering", "fiscal_period": "FY2025", "amount": "1"} | words
    with pytest.raises(InvalidRequestError):
        check_request(**asked)


def considered(given: CheckAnswer) -> list[tuple[str, bool, bool]]:
    return [(line.currency, line.is_open, line.answers) for line in given.details.lines]


def test_the_details_hold_every_line_that_was_considered_and_say_which_answers() -> None:
    euros, dollars = budget("500"), structs.replace(budget("300", currency="USD"), id="dollars")
    assert considered(answer("10", euros, dollars)) == [("EUR", True, True), ("USD", True, False)]
    assert considered(answer("10", euros, dollars, currency="GBP")) == [("EUR", True, False), ("USD", True, False)]


def test_the_details_of_a_closed_budget_hold_its_lines() -> None:
    closed = structs.replace(budget("500"), is_open=False)
    given = answer("10", closed)
    assert given.reason_code == ReasonCode.BUDGET_CLOSED
    assert considered(given) == [("EUR", False, False)]


@given(
    amount=decimals(min_value="0.0001", max_value="999999999999999.9999", places=4),
    rate=decimals(min_value="0.0000000001", max_value="999999999", places=10),
    available=decimals(min_value="0", max_value="999999999999999.9999", places=4),
)
def test_an_amount_fits_in_the_line_exactly_where_the_check_says_that_it_fits(
    amount: Decimal, rate: Decimal, available: Decimal
) -> None:
    fits = answer(f"{amount:f}", budget(str(available), currency="USD"), rates={"USD": rate}).available
    rates = Rates("EUR", {"USD": Rate(rate, NOW.date())})
    assert fits == (rates.in_currency(amount, "USD") <= available)

"""``check``: whether a purchase fits its budget, at this moment; it promises nothing."""

import sys
from typing import TYPE_CHECKING

import click

from budget_sync.cli.arguments import AMOUNT, CURRENCY, FOR_CUSTOMER, PERIOD
from budget_sync.cli.installation import open_database

if TYPE_CHECKING:
    from budget_sync.approval.answer import BudgetFigures, CheckAnswer


@click.command(short_help="Ask whether a purchase fits its budget.")
@FOR_CUSTOMER
@click.option("--department", required=True, metavar="D")
@click.option("--sub-category", metavar="S", help="The department's general budget if not given.")
@click.option("--period", type=PERIOD, required=True, metavar="P", help="FY2026, FY2026-H1, FY2026-Q3 or 2026-03.")
@click.option("--amount", type=AMOUNT, required=True, metavar="A", help="A plain number, such as 1200.50.")
@click.option("--currency", type=CURRENCY, metavar="X", help="ISO 4217; the customer's if not given.")
@click.option("--json", "as_json", is_flag=True, help="The whole answer as one line of JSON.")
def check(
    customer: str,
    department: str,
    sub_category: str | None,
    period: str,
    amount: str,
    currency: str | None,
    *,
    as_json: bool,
) -> None:
    """Ask whether a purchase fits its budget, and why.

    Exit status 0 where the amount fits (even if a person must look at it), 1 where it does not.
    """
    from budget_sync.approval.check import check_budget
    from budget_sync.approval.request import check_request
    from budget_sync.importing.customers import find_customer

    request = check_request(
        department=department, fiscal_period=period, amount=amount, sub_category=sub_category, currency=currency
    )
    with open_database() as database:
        answer = check_budget(database, find_customer(database, customer).id, request)
    if as_json:
        from budget_sync.cli.json_lines import struct_line

        click.echo(struct_line(answer))
    else:
        _print(answer)
    if not answer.available:
        click.echo(answer.reason, err=True)
        sys.exit(1)


def _print(answer: "CheckAnswer") -> None:
    from rich.text import Text

    from budget_sync.cli.terminal import console

    colours = {"approve": "green", "review": "yellow", "reject": "red"}
    target = console()
    decision = (answer.decision.value, f"bold {colours[answer.decision.value]}")
    target.print(Text.assemble(decision, "  ", (answer.reason_code.value, "dim")))
    if answer.available:
        target.print(Text(answer.reason))
    if answer.budget is not None:
        target.print(Text(_figures(answer.budget)))


def _figures(budget: "BudgetFigures") -> str:
    from budget_sync.cli.plain_text import money, printable

    place = " / ".join(printable(name) for name in (budget.department, budget.sub_category) if name)
    amounts = (
        ("budgeted", budget.budgeted_amount),
        ("committed", budget.committed),
        ("reserved", budget.reserved),
        ("available", budget.available),
    )
    figures = ", ".join(f"{name} {money(amount)}" for name, amount in amounts)
    return f"{place}, {budget.fiscal_period}, {budget.currency}: {figures}"

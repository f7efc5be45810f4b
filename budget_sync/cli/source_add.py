"""``source add``: a partner's SFTP server, S3 bucket or Google spreadsheet, one command each.

In: where it is, when to look, how its files are imported. Out: the id of the new source on standard output. Secrets
come from a person or a pipe, never from the command line, where other users of the machine could read them.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from budget_sync.cli.arguments import CURRENCY, FOR_CUSTOMER, PERIOD
from budget_sync.domain.fields import ImportMode
from budget_sync.sources.policies import ControlTotalPolicy, ReviewPolicy

if TYPE_CHECKING:
    from budget_sync.database import Database
    from budget_sync.sources.kinds import ConnectionConfiguration, SourceSecrets


@click.group("add", short_help="Add an SFTP server, an S3 bucket or a Google spreadsheet.")
def add() -> None:
    """Add a source of files for a customer: an SFTP server, an S3 bucket or a Google spreadsheet.

    Each kind says with --help what it needs. A source is looked at at once, then by its schedule. Try it with
    'budget-sync source test NAME'.
    """


@dataclass(frozen=True, slots=True)
class NewSource:
    """What every kind of source is told, by the options of ``source_options``."""

    customer: str
    name: str | None
    poll_seconds: int | None
    cron: str | None
    time_zone: str
    department: str | None
    period: str | None
    currency: str | None
    name_period: str | None
    mode: str
    control_totals: str
    review: str
    most_total_change: int

    def store(self, database: "Database", connection: "ConnectionConfiguration", secrets: "SourceSecrets") -> None:
        """Store it and print its id."""
        from budget_sync.importing.customers import find_customer
        from budget_sync.sources.administration import add_source
        from budget_sync.sources.configuration import DEFAULT_POLL_SECONDS
        from budget_sync.sources.options import SourceOptions

        name = self.name or connection.suggested_name
        made = add_source(
            database,
            find_customer(database, self.customer).id,
            connection,
            secrets,
            name=name,
            options=SourceOptions(
                department=self.department,
                fiscal_period=self.period,
                currency=self.currency,
                name_period=self.name_period,
                mode=ImportMode(self.mode),
                control_totals=ControlTotalPolicy(self.control_totals),
                review=ReviewPolicy(self.review),
                most_total_change=self.most_total_change,
            ),
            cron=self.cron,
            time_zone=self.time_zone,
            poll_seconds=self.poll_seconds or DEFAULT_POLL_SECONDS,
            actor="command line",
        )
        click.echo(made)
        click.echo(f"Try it: budget-sync source test '{name}' --customer {self.customer}", err=True)


_OPTIONS = (
    FOR_CUSTOMER,
    click.option("--name", help="How the source is called; by where it is if not given."),
    click.option(
        "--every",
        "poll_seconds",
        type=click.IntRange(min=1),
        show_default="4 hours",
        metavar="SECONDS",
        help="How often it is looked at; 60 to take files as they arrive.",
    ),
    click.option("--cron", metavar="FIELDS", help="Instead of --every: '0 2 * * *' is two in the morning."),
    click.option("--time-zone", default="UTC", show_default=True, metavar="ZONE", help="The zone that --cron means."),
    click.option("--department", metavar="D", help="What is assumed where a file says no department."),
    click.option(
        "--period", type=PERIOD, metavar="P", help="What is assumed where a file says no period: FY2026, 2026-03."
    ),
    click.option("--currency", type=CURRENCY, metavar="X", help="What is assumed where a file says no currency: EUR."),
    click.option(
        "--name-period", metavar="PATTERN", help="Where file names carry the period: 'plan_{year}{month}*.csv'."
    ),
    click.option("--mode", type=click.Choice([each.value for each in ImportMode]), default="upsert", show_default=True),
    click.option(
        "--control-totals",
        type=click.Choice([each.value for each in ControlTotalPolicy]),
        default="note",
        show_default=True,
        help="What a total means that the rows do not add up to: a note, or a refusal of the file.",
    ),
    click.option(
        "--review",
        type=click.Choice([each.value for each in ReviewPolicy]),
        default="uncertain",
        show_default=True,
        help="Which files wait for a person.",
    ),
    click.option(
        "--most-total-change",
        type=click.IntRange(1, 10_000),
        default=50,
        show_default=True,
        metavar="PERCENT",
        help="Warn where a file's total is further from that of the file before.",
    ),
)
_NAMES = tuple(field.name for field in fields(NewSource))


def source_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of every kind of source; the command is given them as one ``NewSource``, its first argument."""

    @wraps(command)
    def gathered(**given: Any) -> None:
        common = {name: given.pop(name) for name in _NAMES}
        if common["cron"] and common["poll_seconds"]:
            raise click.UsageError("A source is looked at by --every or by --cron, not by both.")
        command(NewSource(**common), **given)

    for option in reversed(_OPTIONS):
        gathered = option(gathered)
    return gathered


def ask_secret(question: str, *, optional: bool = False) -> str:
    """What a person types unseen, or the first line of standard input."""
    if sys.stdin.isatty():
        return click.prompt(question, hide_input=True, default="" if optional else None, show_default=False)
    return sys.stdin.readline().rstrip("\n")

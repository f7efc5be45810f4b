"""One demo from beginning to end: everything started, the files waited for, the checks asked, the result printed.

In: ``DemoRequest``. Out: whether all was as expected. Whatever ends it, what it started ends with it.
"""

import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import click

from budget_sync.cli.demo.arrivals import Arrivals
from budget_sync.cli.demo.expectations import Expectation, read_expectations
from budget_sync.cli.demo.outcome import AskedLine, FileOutcome, judge
from budget_sync.cli.demo.partner import HOST, Login, Partner
from budget_sync.cli.demo.place import DemoPlace, files_of, fresh_place
from budget_sync.cli.demo.questions import Question, three_questions, whole_amount
from budget_sync.cli.demo.report import (
    print_addresses,
    print_arrival,
    print_check,
    print_ended,
    print_files,
    print_partner,
)
from budget_sync.cli.demo.service_client import ServiceClient
from budget_sync.cli.processes import Processes
from budget_sync.cli.progress import Progress
from budget_sync.cli.running import start_programs, wait_for_ui
from budget_sync.cli.site import Site
from budget_sync.cli.terminal import console
from budget_sync.database import Database, migrate
from budget_sync.domain.fields import LineType
from budget_sync.importing.customers import Customer, create_customer
from budget_sync.importing.keys import create_key
from budget_sync.importing.options import storable_name
from budget_sync.importing.result import ImportRecord
from budget_sync.settings import Settings
from budget_sync.sources.administration import add_source
from budget_sync.sources.options import SourceOptions
from budget_sync.sources.selection import shown_name
from budget_sync.sources.sftp_configuration import SftpConfiguration, SftpSecrets

_LINES_LOOKED_AT = 50
_FOLLOW_SECONDS = 1.0
_LOOK_EVERY_SECONDS = 3
_FAVOURITE = "1_standard_format.csv"  # the three questions are asked of its first line where it is there


@dataclass(frozen=True, slots=True)
class DemoRequest:
    """``files``: the folder whose files travel; the defaults are the source's, where a file is silent."""

    files: Path
    once: bool = False
    department: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class _Running:
    """What the later steps need of what was started."""

    site: Site
    processes: Processes
    arrivals: Arrivals
    service: ServiceClient
    key: str
    login: Login
    place: DemoPlace


def run_demo(settings: Settings, request: DemoRequest) -> bool:
    """Run it; returns at once after the result with ``once``, else when it is interrupted.

    Raises:
        ConflictError: another demo runs in this folder.
        ProgramEndedError: a program that has to run ended by itself.
        NotArrivedError: files did not come in.
    """
    files = files_of(request.files)
    expectations = read_expectations(request.files)
    with ExitStack() as stack:
        place = stack.enter_context(fresh_place(settings.home))
        place.put(files)
        with Progress() as progress:
            running = _start(stack, settings, place, request, progress)
            progress.step("Files on their way")
            records = running.arrivals.wait_for(
                {storable_name(shown_name(file.name)) for file in files},
                lambda done: _still_well(running.processes, progress, done, len(files)),
            )
            progress.step("Checks over HTTP")
            wait_for_ui(running.site, running.processes)
            outcomes = _judged(running, records, expectations)
        questions = _questions(outcomes)
        as_expected = _show(running, outcomes, questions)
        if not request.once:
            print_addresses(console(), running.site, running.key, questions[0].request if questions else None)
            _follow(running)
    print_ended(console(), place)
    return as_expected


def _start(
    stack: ExitStack, settings: Settings, place: DemoPlace, request: DemoRequest, progress: Progress
) -> _Running:
    progress.step("The partner's SFTP server")
    login = stack.enter_context(Partner(place.partner)).login
    progress.step("PostgreSQL")
    own = settings.model_copy(update={"home": place.home, "database_url": None, "allowed_networks": HOST})
    database = stack.enter_context(Database.open(own))
    migrate(own)
    customer, key = _prepare(database, login, request)
    site = Site.choose(own, database.dagster_url)
    processes = stack.enter_context(Processes(place.logs))
    start_programs(site, processes, progress)
    service = ServiceClient(site.service_host, site.service_port, key)
    return _Running(site, processes, Arrivals(database, customer.id), service, key, login, place)


def _prepare(database: Database, login: Login, request: DemoRequest) -> tuple[Customer, str]:
    customer = create_customer(database, "demo", "Demo Industries", currency="USD")
    connection = SftpConfiguration(
        host=login.host, port=login.port, username=login.user, host_key=login.host_key, folder="/"
    )
    add_source(
        database,
        customer.id,
        connection,
        SftpSecrets(password=login.password),
        name="partner",
        options=SourceOptions(department=request.department, fiscal_period=request.period),
        poll_seconds=_LOOK_EVERY_SECONDS,
    )
    return customer, create_key(database, customer.id, label="demo")


def _still_well(processes: Processes, progress: Progress, done: int, total: int) -> None:
    processes.check()
    progress.count(done, total)


def _judged(running: _Running, records: list[ImportRecord], expectations: dict[str, Expectation]) -> list[FileOutcome]:
    asked = [_ask(running.service, record.import_id) for record in records]
    return [
        judge(record, line, expectations.get(record.file_name)) for record, line in zip(records, asked, strict=True)
    ]


def _ask(service: ServiceClient, import_id: UUID) -> AskedLine | None:
    """A check of all that a line of this import has; None where it has no line of money to spend."""
    for line in service.some_lines(import_id, _LINES_LOOKED_AT):
        if line.line_type == LineType.EXPENSE and line.utilization.available > 0:
            return AskedLine(line, service.check(whole_amount(line)))
    return None


def _show(running: _Running, outcomes: list[FileOutcome], questions: list[Question]) -> bool:
    """Print the result, and what of it is not as it should be; whether all is."""
    target = console()
    print_files(target, outcomes)
    wrong = [f"{outcome.record.file_name}: {outcome.problem}" for outcome in outcomes if outcome.problem]
    for question in questions:
        answer = running.service.check(question.request)
        print_check(target, question.request, answer)
        if not question.is_answered_by(answer):
            wrong.append(f"expected {question.reason}, was answered {answer.reason_code}: {answer.reason}")
    target.print()
    for problem in wrong:
        click.echo(f"Not as expected: {problem}", err=True)
    return not wrong


def _questions(outcomes: list[FileOutcome]) -> list[Question]:
    """Asked of the standard sample's line, else of the first that there is."""
    lines = {outcome.record.file_name: outcome.asked.line for outcome in outcomes if outcome.asked is not None}
    line = lines.get(_FAVOURITE) or next(iter(lines.values()), None)
    return three_questions(line) if line is not None else []


def _follow(running: _Running) -> None:
    """Show what comes in until somebody interrupts."""
    target = console()
    print_partner(target, running.place, running.login)
    target.print("\nLeft running; stop it with Ctrl-C.")
    try:
        while True:
            running.processes.check()
            for record in running.arrivals.new():
                print_arrival(target, record)
            time.sleep(_FOLLOW_SECONDS)
    except KeyboardInterrupt:
        target.print("Stopping ...")

"""``up``: the database, Dagster and the service of this installation, until somebody stops them."""

import time

import click

from budget_sync.cli.installation import open_database, settings_of_environment
from budget_sync.domain.errors import ConfigurationError

_POLL_SECONDS = 1.0


@click.command(short_help="Start the database, Dagster and the service.")
def up() -> None:
    """Start the database (where none is configured), Dagster and the service, and keep them until Ctrl-C.

    A program that ends by itself ends all, with the end of its log and exit status 1.
    """
    from budget_sync.cli.one_at_a_time import alone_in
    from budget_sync.cli.processes import Processes, stopped_like_ctrl_c
    from budget_sync.cli.progress import Progress
    from budget_sync.cli.running import start_programs, wait_for_ui
    from budget_sync.cli.site import Site
    from budget_sync.database import migration_status

    settings = settings_of_environment()
    with stopped_like_ctrl_c(), alone_in(settings.home, "up"), open_database() as database:
        if not migration_status(settings).up_to_date:
            raise ConfigurationError("The tables are not up to date. Run 'budget-sync db upgrade' first.")
        site = Site.choose(settings, database.dagster_url)
        try:
            with Processes(site.home / "logs") as processes:
                with Progress() as progress:
                    start_programs(site, processes, progress)
                    progress.step("Dagster UI")
                    wait_for_ui(site, processes)
                click.echo(f"Dagster UI     {site.dagster_ui}")
                click.echo(f"Service        {site.service_url}")
                click.echo(f"API document   {site.service_url}/api/docs")
                for sentence in (*site.moved, "Stop with Ctrl-C."):
                    click.echo(sentence)
                while True:
                    processes.check()
                    time.sleep(_POLL_SECONDS)
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)

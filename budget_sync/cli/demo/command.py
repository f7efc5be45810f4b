"""``demo``: its options, and how it ends when it is interrupted."""

import sys
from importlib.util import find_spec
from pathlib import Path

import click

import budget_sync
from budget_sync.cli.arguments import PERIOD
from budget_sync.cli.installation import settings_of_environment
from budget_sync.domain.errors import ConfigurationError

_SAMPLES = Path(budget_sync.__file__).parents[1] / "test_data"


@click.command(short_help="Watch files travel from an SFTP server into budgets, and ask about them.")
@click.option("--once", is_flag=True, help="Stop by itself; exit status 0 only if all was as expected.")
@click.option(
    "--files",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    metavar="DIR",
    help="The files of this folder instead of the samples.",
)
@click.option("--department", metavar="D", help="What the source assumes where a file says no department.")
@click.option(
    "--period", type=PERIOD, metavar="P", help="What it assumes where a file says no period: FY2026, 2026-03 ..."
)
def demo(files: Path | None, department: str | None, period: str | None, *, once: bool) -> None:
    """Start everything on this machine and let the files of a partner's folder travel the whole way.

    An embedded database, an SFTP server, Dagster and the service are started for it and end with it. Its state is in
    .budget_sync/demo, made anew by each demo.
    """
    if find_spec("asyncssh") is None:
        raise ConfigurationError("The demo's SFTP server needs asyncssh: pip install 'budget_sync[demo]'.")
    from budget_sync.cli.demo.stage import DemoRequest, run_demo
    from budget_sync.cli.processes import stopped_like_ctrl_c

    request = DemoRequest(_files(files), once=once, department=department, period=period)
    with stopped_like_ctrl_c():
        try:
            as_expected = run_demo(settings_of_environment(), request)
        except KeyboardInterrupt:
            click.echo("Interrupted; everything that it started has ended.", err=True)
            sys.exit(1)
    if not as_expected:
        sys.exit(1)


def _files(chosen: Path | None) -> Path:
    if chosen is None and not _SAMPLES.is_dir():
        raise ConfigurationError(f"There are no samples in {_SAMPLES}: run from a checkout, or give --files DIR.")
    return chosen or _SAMPLES

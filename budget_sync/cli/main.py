"""The ``budget-sync`` program: finds the command, runs it, and turns its error into a sentence and an exit status.

A command's module is imported when that command is asked for, and heavy libraries only inside the commands that need
them: ``--help`` and ``analyze`` start without pandas, SQLAlchemy or Dagster.
"""

from importlib import import_module
from typing import Any

import click

from budget_sync.domain.errors import BudgetSyncError

COMMANDS = {
    "demo": "budget_sync.cli.demo.command:demo",
    "up": "budget_sync.cli.up:up",
    "analyze": "budget_sync.cli.analyze:analyze",
    "generate": "budget_sync.cli.generate:generate",
    "import": "budget_sync.cli.import_file:import_file",
    "import-history": "budget_sync.cli.history:import_history",
    "undo": "budget_sync.cli.history:undo",
    "check": "budget_sync.cli.check:check",
    "customer": "budget_sync.cli.customer:customer",
    "key": "budget_sync.cli.key:key",
    "source": "budget_sync.cli.source:source",
    "secrets": "budget_sync.cli.secrets:secrets",
    "db": "budget_sync.cli.db:db",
}


class LazyGroup(click.Group):
    """The commands of ``COMMANDS``, in that order, each imported when it is needed."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command, its module imported now; None for a name that there is not."""
        target = COMMANDS.get(cmd_name)
        if target is None:
            return None
        module, _, name = target.partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error of ours becomes its message on standard error and exit status 1."""
        try:
            return super().invoke(ctx)
        except BudgetSyncError as error:
            raise click.ClickException(error.message) from error


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="budget_sync", prog_name="budget-sync")
def commands() -> None:
    """Budget files as companies really send them become budgets that approval tools can ask about.

    Exit status: 0 done, 1 refused or failed (the reason on standard error), 2 wrong use.
    """


def main() -> None:
    """The entry point of the installed program."""
    commands(prog_name="budget-sync")

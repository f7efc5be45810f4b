"""What several commands take in the same way: the customer that they work for, and files of this machine."""

import os
from pathlib import Path

import click

from budget_sync.domain.errors import BudgetSyncError, UnreadableFileError

FOR_CUSTOMER = click.option("--customer", required=True, metavar="C", help="The customer's short name or id.")


class _Currency(click.ParamType[str]):
    """A code of ISO 4217, in whatever letters it is written."""

    name = "currency"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from budget_sync.domain.vocabulary import currencies

        code = value.strip().upper()
        if code not in currencies().active_codes:
            self.fail(f"{value!r} is no currency. Write a code of three letters such as EUR.", param, ctx)
        return code


class _Period(click.ParamType[str]):
    """The code of a period."""

    name = "period"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from budget_sync.domain.periods import FiscalPeriod

        try:
            return str(FiscalPeriod.from_code(value))
        except BudgetSyncError as error:
            self.fail(error.message, param, ctx)


CURRENCY, PERIOD = _Currency(), _Period()


def read_file(path: Path) -> bytes:
    """The bytes of a file that a person named.

    Raises:
        UnreadableFileError: it cannot be opened (``not_opened``).
    """
    try:
        return path.read_bytes()
    except OSError as error:
        shown = os.fsencode(path).decode("utf-8", "replace")
        raise UnreadableFileError(
            f"{shown} cannot be opened: {error.strerror}. Check the path and the rights of the file.",
            reason="not_opened",
        ) from error


def shown_name(path: Path) -> str:
    """The file's name as valid Unicode: a name of other bytes could not be written as JSON."""
    return os.fsencode(path.name).decode("utf-8", "replace")

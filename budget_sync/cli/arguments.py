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


class _Amount(click.ParamType[str]):
    """A plain number above 0, as it was written."""

    name = "amount"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from budget_sync.approval.request import request_amount

        try:
            request_amount(value)
        except BudgetSyncError as error:
            self.fail(error.message, param, ctx)
        return value


class _Scope(click.ParamType[str]):
    """What a key of a customer may do."""

    name = "scope"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        from budget_sync.importing.key_text import known_scopes

        try:
            return known_scopes([value])[0]
        except BudgetSyncError as error:
            self.fail(error.message, param, ctx)


AMOUNT, CURRENCY, PERIOD, SCOPE = _Amount(), _Currency(), _Period(), _Scope()


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

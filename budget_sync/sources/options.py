"""What a source says of all its files: what counts where they are silent, and how careful their import is.

In: the options of a source and a file's name. Out: the defaults for that file. How they become the options of an import
is the caller's: the engine stands beside this room.
"""

from typing import Annotated

import msgspec

from budget_sync.domain.defaults import Defaults
from budget_sync.domain.errors import ConfigurationError, InvalidRequestError
from budget_sync.domain.fields import ImportMode
from budget_sync.domain.names import LONGEST_NAME
from budget_sync.domain.periods import FiscalPeriod
from budget_sync.sources.name_period import check_name_pattern, period_in_name
from budget_sync.sources.policies import ControlTotalPolicy, ReviewPolicy


class SourceOptions(msgspec.Struct, frozen=True, rename="camel", kw_only=True, omit_defaults=True):
    """The options of one source. ``fiscal_period`` is a stored code, ``currency`` ISO 4217.

    ``name_period``: where the names of the files carry their period, as ``plan_{year}{month}.csv``.
    ``most_total_change``: by how many percent a file's total may differ from that of the one before without a warning.
    """

    department: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)] | None = None
    fiscal_period: str | None = None
    currency: Annotated[str, msgspec.Meta(pattern=r"^[A-Z]{3}\Z")] | None = None
    name_period: str | None = None
    mode: ImportMode = ImportMode.UPSERT
    control_totals: ControlTotalPolicy = ControlTotalPolicy.NOTE
    review: ReviewPolicy = ReviewPolicy.UNCERTAIN
    most_total_change: Annotated[int, msgspec.Meta(ge=1, le=10_000)] = 50

    def check(self) -> None:
        """Nothing where all of it can be.

        Raises:
            ConfigurationError: the period is none, or the pattern says nowhere where one stands.
        """
        if self.fiscal_period is not None:
            try:
                FiscalPeriod.from_code(self.fiscal_period)
            except InvalidRequestError as error:
                raise ConfigurationError(error.message) from error
        if self.name_period is not None:
            check_name_pattern(self.name_period)

    def defaults_of(self, file_name: str, fiscal_year_start: int = 1) -> Defaults:
        """What counts where this file is silent: the period of its name before the one for all files."""
        named = period_in_name(self.name_period, file_name, fiscal_year_start) if self.name_period else None
        return Defaults(self.department, str(named) if named else self.fiscal_period, self.currency)

"""What comes in with a file, and what the sender asks of the import."""

from enum import StrEnum
from typing import Literal
from uuid import UUID

import msgspec

from budget_sync.domain.defaults import Defaults
from budget_sync.domain.fields import ImportMode, Layout, TargetField
from budget_sync.importing.corrections import CellCorrection
from budget_sync.mapping.analysis import ColumnMapping

__all__ = [
    "Duplicates",
    "ImportMode",
    "ImportOptions",
    "IncomingFile",
    "ReplaceScope",
    "storable_name",
    "with_source_defaults",
]

_LONGEST_NAME = 255


class ReplaceScope(StrEnum):
    """How far a replace reaches among the lines that the same source wrote last."""

    FILE = "file"  # the departments and periods that the file contains
    SOURCE = "source"


class Duplicates(StrEnum):
    """What rows that are identical in every column mean."""

    SUM = "sum"
    FIRST = "first"
    ERROR = "error"


class ImportOptions(msgspec.Struct, frozen=True, rename="camel", omit_defaults=True, forbid_unknown_fields=True):
    """The options of the contract; what is left out has its default.

    ``max_error_rate``: the share of source rows (0 to 1) that may be bad; above it nothing is loaded. ``strict``: 0.
    ``sheet`` and ``header_row`` (0-based) as a person chose them. ``mappings``: what a person approved.
    ``totals_must_agree``: a total of the file that its rows do not add up to is an error. ``confirmed``: a person
    has seen the questions, and what was understood may be loaded as it is. ``always_review``: the file waits for a
    person even where nothing is open. ``encoding`` of a text file, as a person chose it. ``decimal_sign``: what decides
    where the cells of a column leave it open. ``corrections``: cells that a person corrected. ``layout``: how the
    amounts lie, as a person says. ``overruled``: the fields of the whole file that count as they are given here,
    whatever its titles, sheet or name say.
    """

    mode: ImportMode = ImportMode.UPSERT
    replace_scope: ReplaceScope = ReplaceScope.FILE
    strict: bool = False
    max_error_rate: float = 0.1
    duplicates: Duplicates | None = None
    department: str | None = None
    fiscal_period: str | None = None
    currency: str | None = None
    accept_file_type: bool = False
    sheet: str | None = None
    header_row: int | None = None
    mappings: list[ColumnMapping] | None = None
    totals_must_agree: bool = False
    dry_run: bool = False
    confirmed: bool = False
    always_review: bool = False
    encoding: str | None = None
    decimal_sign: Literal[".", ","] | None = None
    corrections: list[CellCorrection] = []
    layout: Layout | None = None
    overruled: list[TargetField] = []

    @property
    def allowed_error_rate(self) -> float:
        """The share of bad rows at which the import still loads."""
        return 0.0 if self.strict else self.max_error_rate


class IncomingFile(msgspec.Struct, frozen=True):
    """A file as it arrived. ``source_type``: ``upload``, ``cli``, ``sftp`` ...

    ``source_id`` and ``remote_version`` name the configured source and the version of the remote file: each version
    of a file is claimed once. ``defaults`` are the source's own.
    """

    file_name: str
    content: bytes
    source_type: str = "upload"
    source_id: UUID | None = None
    remote_version: str | None = None
    user: str | None = None
    defaults: Defaults | None = None


def with_source_defaults(options: ImportOptions, defaults: Defaults | None) -> ImportOptions:
    """The options with what the source says where the sender said nothing."""
    if defaults is None:
        return options
    return msgspec.structs.replace(
        options,
        department=options.department or defaults.department,
        fiscal_period=options.fiscal_period or defaults.fiscal_period,
        currency=options.currency or defaults.currency,
    )


def storable_name(file_name: str) -> str:
    """The name of a file as the history shows it: its last part, without what no text column or terminal takes."""
    last = file_name.replace("\\", "/").rstrip("/").rpartition("/")[2]
    printable = "".join(character if character.isprintable() else "_" for character in last)
    return printable[:_LONGEST_NAME] or "unnamed"

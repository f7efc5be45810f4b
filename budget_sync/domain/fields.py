"""The closed lists of the domain: what a column can be, what a file can be, how a table can lie."""

from enum import StrEnum


class TargetField(StrEnum):
    """What a column of a budget file can be mapped to; the values are the names in the JSON."""

    DEPARTMENT = "department"
    SUB_CATEGORY = "subCategory"
    FISCAL_PERIOD = "fiscalPeriod"
    BUDGETED_AMOUNT = "budgetedAmount"
    CURRENCY = "currency"
    LINE_TYPE = "lineType"

    @property
    def in_words(self) -> str:
        """As people say it: ``the period``."""
        return _IN_WORDS[self]


_IN_WORDS = {
    TargetField.DEPARTMENT: "the department",
    TargetField.SUB_CATEGORY: "the category",
    TargetField.FISCAL_PERIOD: "the period",
    TargetField.BUDGETED_AMOUNT: "the amount",
    TargetField.CURRENCY: "the currency",
    TargetField.LINE_TYPE: "the line type",
}


class Layout(StrEnum):
    """How the amounts lie in the table."""

    LONG = "long"
    WIDE_MONTHS = "wide-months"
    WIDE_QUARTERS = "wide-quarters"
    WIDE_HALVES = "wide-halves"
    WIDE_YEARS = "wide-years"
    WIDE_VERSIONS = "wide-versions"
    WIDE_DEPARTMENTS = "wide-departments"


class FileType(StrEnum):
    """What a file is taken for; only ``BUDGET`` is loaded without a person's word."""

    BUDGET = "budget"
    PAYROLL = "payroll"
    EXPENSES = "expenses"
    INVOICE = "invoice"
    OTHER = "other"


class LineType(StrEnum):
    """Checks and reservations see expense lines only."""

    EXPENSE = "expense"
    REVENUE = "revenue"


class ImportMode(StrEnum):
    """What happens to lines that stand: changed (upsert), removed where the file lacks them (replace), refused."""

    UPSERT = "upsert"
    REPLACE = "replace"
    APPEND = "append"


class ImportState(StrEnum):
    """The states of an import, as in the table of the semantics."""

    PROCESSING = "processing"
    COMPLETED = "completed"
    COMPLETED_WITH_ERRORS = "completed_with_errors"
    UNCHANGED = "unchanged"
    NEEDS_REVIEW = "needs_review"
    DECLINED = "declined"
    REJECTED = "rejected"
    FAILED = "failed"
    UNDONE = "undone"

    @property
    def loads(self) -> bool:
        """Whether the lines of the file are in ``budget`` after an import that ended so."""
        return self in (self.COMPLETED, self.COMPLETED_WITH_ERRORS, self.UNCHANGED)


class FileFormat(StrEnum):
    """What a file that we write is."""

    CSV = "csv"
    XLSX = "xlsx"

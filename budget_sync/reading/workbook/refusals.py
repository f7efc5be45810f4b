"""The refusals that more than one look at a workbook can come to, each in the same words wherever it is found."""

from budget_sync.domain.errors import UnreadableFileError


def damaged() -> UnreadableFileError:
    """The error of a workbook whose bytes are not as they were written."""
    return UnreadableFileError(
        "The workbook is damaged or was cut short on its way. Open it in a spreadsheet program, save it again and "
        "send it.",
        reason="damaged",
    )


def locked() -> UnreadableFileError:
    """The error of a workbook that opens only with a password."""
    return UnreadableFileError(
        "The workbook is protected with a password. Remove the password (in Excel: File > Info > Protect Workbook) "
        "and send it again.",
        reason="password",
    )

"""What holds for the whole file as a person wrote it: department, period, currency, and how the lines are loaded. Pure.

In: the options so far, the members of the form. Out: the options. What the file itself says goes before these.
"""

from collections.abc import Mapping

import msgspec

from api.pages.mapper.problems import Problems
from budget_sync.approval.request import request_name
from budget_sync.domain.errors import InvalidRequestError
from budget_sync.domain.fields import ImportMode
from budget_sync.domain.period_text import parse_period
from budget_sync.domain.periods import FiscalPeriod
from budget_sync.importing.options import Duplicates, ImportOptions

_ALL_ROWS = 1.0
_CODE_LENGTH = 3


def choose_for_file(options: ImportOptions, form: Mapping[str, str], problems: Problems) -> ImportOptions:
    """The options with what the form says of the whole file; a member that the form lacks stays as it was."""
    chosen: dict[str, object] = {}
    if "fiscal_period" in form:
        chosen["fiscal_period"] = _period(form["fiscal_period"].strip(), problems, options.fiscal_period)
    if "department" in form:
        chosen["department"] = _name(form["department"], problems, options.department)
    if "currency" in form:
        chosen["currency"] = _currency(form["currency"], problems, options.currency)
    if form.get("mode") in set(ImportMode):
        chosen["mode"] = ImportMode(form["mode"])
    if form.get("duplicates") in set(Duplicates):
        chosen["duplicates"] = Duplicates(form["duplicates"])
    if "rows" in form:  # the choice between a file that is mostly good, and the good rows of any file
        chosen["max_error_rate"] = _ALL_ROWS if form["rows"] == "good" else ImportOptions().max_error_rate
    if form.get("accept") == "yes":
        chosen["accept_file_type"] = True
    return msgspec.structs.replace(options, **chosen)


def period_code(text: str, start: int = 1) -> str | None:
    """The stored code of a period as people write it; None for what is none."""
    try:
        return str(FiscalPeriod.from_code(text))
    except InvalidRequestError:
        parsed = parse_period(text)
        period = parsed.to_period(start, None) if parsed is not None else None
        return str(period) if period is not None else None


def _period(written: str, problems: Problems, before: str | None) -> str | None:
    if not written:
        return None
    code = period_code(written)
    if code is None:
        problems.add("mapper.problems.period", written)
        return before
    return code


def _name(written: str, problems: Problems, before: str | None) -> str | None:
    if not written.strip():
        return None
    try:
        return request_name(written.strip(), "department")
    except InvalidRequestError:
        problems.add("mapper.problems.name", written)
        return before


def _currency(written: str, problems: Problems, before: str | None) -> str | None:
    code = written.strip().upper()
    if code and not (len(code) == _CODE_LENGTH and code.isascii() and code.isalpha()):
        problems.add("mapper.problems.currency", written)
        return before
    return code or None

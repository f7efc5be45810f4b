"""What is asked: one purchase, its place in the budget and its amount. Values in, checked values out."""

import re
from decimal import Decimal
from functools import lru_cache
from uuid import UUID

import msgspec

from budget_sync.domain.errors import InvalidRequestError
from budget_sync.domain.names import LONGEST_NAME, clean_name, fold_name, has_key
from budget_sync.domain.periods import FiscalPeriod

_AMOUNT = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,4}0*)?")  # numeric(19,4)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")  # PostgreSQL takes no NUL, UTF-8 no lone surrogate
_CURRENCY = re.compile(r"[A-Z]{3}")
_NAMES_REMEMBERED = 4096  # a customer's questions name the same few hundred places again and again


class CheckRequest(msgspec.Struct, frozen=True):
    """One question. ``currency`` None: the customer's. ``amount`` is above zero, at most 4 decimals.

    ``request_id`` is the caller's own name for the purchase: it is written to the log and returned, nothing else.
    What ``excluded_reservation`` holds counts as available, so that an edited request does not compete with itself.
    """

    department: str
    fiscal_period: FiscalPeriod
    amount: Decimal
    sub_category: str | None = None
    currency: str | None = None
    request_id: str | None = None
    excluded_reservation: UUID | None = None


def check_request(
    *,
    department: str,
    fiscal_period: str,
    amount: str,
    sub_category: str | None = None,
    currency: str | None = None,
    request_id: str | None = None,
    excluded_reservation: UUID | None = None,
) -> CheckRequest:
    """The question in the caller's words, checked.

    Raises:
        InvalidRequestError: a name is empty, too long or holds control characters, the period is no code, the
            amount is no positive plain decimal of at most 15 digits and 4 decimals, the currency no ISO 4217 code.
    """
    return CheckRequest(
        department=request_name(department, "department"),
        fiscal_period=FiscalPeriod.from_code(fiscal_period),
        amount=request_amount(amount),
        sub_category=request_name(sub_category, "subCategory") if sub_category else None,
        currency=request_currency(currency) if currency else None,
        request_id=request_name(request_id, "requestId") if request_id else None,
        excluded_reservation=excluded_reservation,
    )


def request_amount(text: str) -> Decimal:
    """The amount of a plain decimal such as ``1200.50``; digits are ASCII, no exponent, no grouping.

    Raises:
        InvalidRequestError: it is no such text, or not above zero.
    """
    amount = request_number(text, "amount")
    if amount <= 0:
        raise InvalidRequestError("amount must be above 0.", field="amount")
    return amount


def request_number(text: str, field: str) -> Decimal:
    """The number of a plain decimal of at least 0; digits are ASCII, no exponent, no grouping.

    Raises:
        InvalidRequestError: it is no such text.
    """
    if _AMOUNT.fullmatch(text) is None:
        raise InvalidRequestError(
            f"{field} must be a plain number of at most 15 digits before the point and 4 after it.", field=field
        )
    return Decimal(text)


def request_name(text: str, field: str) -> str:
    """The name cleaned of outer and double spaces; at most 500 characters, none of them a control character.

    Raises:
        InvalidRequestError: it is empty, longer, or holds a control character.
    """
    name = _clean(text) if len(text) <= LONGEST_NAME else ""
    if not name:
        raise InvalidRequestError(
            f"{field} must be 1 to {LONGEST_NAME} characters, none of them a control character.", field=field
        )
    return name


@lru_cache(maxsize=_NAMES_REMEMBERED)
def name_key(name: str) -> str:
    """The folded key of a name that was checked, or stands on a line."""
    return fold_name(name)


@lru_cache(maxsize=_NAMES_REMEMBERED)
def _clean(text: str) -> str:
    """The cleaned name; '' for what is none."""
    name = clean_name(text)
    return name if has_key(name) and not _CONTROL.search(name) else ""


def request_currency(text: str) -> str:
    """The currency's code in capitals.

    Raises:
        InvalidRequestError: it is not three letters.
    """
    code = text.strip().upper() if text.isascii() else text
    if _CURRENCY.fullmatch(code) is None:
        raise InvalidRequestError("currency must be an ISO 4217 code of three letters, such as EUR.", field="currency")
    return code

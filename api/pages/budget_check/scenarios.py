"""Ready-made questions about a budget that is there: each shows one decision. Pure.

In: a line that has something available. Out: the members of the form, by the name of the scenario.
"""

from decimal import Decimal

from budget_sync.approval.listing import ListedLine

_CENT = Decimal("0.01")
_SMALL = Decimal(10)
_SHORTEST = 3


def scenarios(line: ListedLine) -> dict[str, dict[str, str]]:
    """``fits``, ``all``, ``too_much``, ``misspelt``, ``unknown``."""
    available = line.utilization.available
    asked = {
        "department": line.department,
        "subCategory": line.sub_category or "",
        "fiscalPeriod": line.fiscal_period,
        "currency": line.currency,
    }
    small = min(available, max(_CENT, (available / _SMALL).quantize(_CENT)))
    return {
        "fits": asked | {"amount": _plain(small)},
        "all": asked | {"amount": _plain(available)},
        "too_much": asked | {"amount": _plain(available + _CENT)},
        "misspelt": asked | {"department": _misspelt(line.department), "amount": _plain(small)},
        "unknown": asked | {"department": "Nobody's department", "amount": _plain(small)},
    }


def _plain(amount: Decimal) -> str:
    return format(amount.normalize(), "f")


def _misspelt(name: str) -> str:
    """Without one letter in its middle."""
    middle = len(name) // 2
    return name[:middle] + name[middle + 1 :] if len(name) >= _SHORTEST else name + "x"

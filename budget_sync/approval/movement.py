"""What each call does to a reservation: from amounts to amounts, with every step that the ledger will show. Pure.

In: the lines of a reservation as they stand, and the call. Out: ``Change``. The table of "Money on a line": reserve
holds, commit binds what is held, spend uses what is bound, close and release give back, expire gives back unasked.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from budget_sync.approval.ledger import Change, Entry, EntryKind, HeldLine, ReservationState
from budget_sync.domain.errors import ConflictError, RefusedError

_NOTHING = Decimal(0)


class Call(StrEnum):
    """What can be asked of a reservation."""

    COMMIT = "commit"
    SPEND = "spend"
    CLOSE = "close"
    RELEASE = "release"
    EXPIRE = "expire"


_HOLDING = frozenset(
    {ReservationState.RESERVED, ReservationState.PARTIALLY_COMMITTED, ReservationState.PARTIALLY_SPENT}
)
_BOUND = frozenset({ReservationState.PARTIALLY_COMMITTED, ReservationState.COMMITTED, ReservationState.PARTIALLY_SPENT})
_ALLOWED_FROM = {
    Call.COMMIT: _HOLDING,
    Call.SPEND: _BOUND,
    Call.CLOSE: _BOUND,
    Call.RELEASE: _HOLDING,
    Call.EXPIRE: frozenset({ReservationState.RESERVED}),
}


@dataclass(frozen=True, slots=True)
class Wish:
    """A call with its figures: ``amount`` None is all there is; ``final`` (commit) releases the rest."""

    call: Call
    amount: Decimal | None = None
    final: bool = False


def change_of(state: ReservationState, lines: Sequence[HeldLine], wish: Wish) -> Change:
    """What the call does to a reservation in this state.

    Raises:
        ConflictError: the state does not allow it.
        RefusedError: the amount is more than there is.
    """
    if state not in _ALLOWED_FROM[wish.call]:
        raise ConflictError(f"This reservation is {state}: there is nothing to {wish.call}.", state=state)
    match wish.call:
        case Call.COMMIT:
            return commit(lines, wish.amount, final=wish.final)
        case Call.SPEND:
            return spend(lines, wish.amount)
        case Call.CLOSE:
            return close(lines)
        case Call.RELEASE:
            return release(lines, wish.amount)
    return expire(lines)


def commit(lines: Sequence[HeldLine], amount: Decimal | None, *, final: bool) -> Change:
    """Bind what is held: ``amount``, or all that is open; ``final`` releases the rest.

    Raises:
        ConflictError: nothing is open any more.
        RefusedError: it is more than is open.
    """
    asked = _within(amount, _open(lines), "open", "commit")
    bound = _spread(
        asked,
        lines,
        lambda line: line.reserved,
        lambda line, part: Entry(line.budget_id, EntryKind.COMMIT, -part, part),
    )
    after = _applied(lines, bound)
    if final and _open(after):
        rest = _released(after, _open(after), EntryKind.RELEASE)
        return _change(_applied(after, rest), (*bound, *rest))
    return _change(after, bound)


def spend(lines: Sequence[HeldLine], amount: Decimal | None) -> Change:
    """Use what is bound; what goes beyond it raises the last line's commitment, as an overrun of its own.

    Raises:
        ConflictError: all of it is spent and no amount is given.
    """
    unspent = _unspent(lines)
    if amount is None and not unspent:
        raise ConflictError("All that is committed is spent. Say the amount that is spent beyond it.")
    asked = unspent if amount is None else amount
    covered = min(asked, unspent)
    used = _spread(
        covered,
        lines,
        lambda line: line.committed - line.spent,
        lambda line, part: Entry(line.budget_id, EntryKind.SPEND, spent=part),
    )
    over = asked - covered
    if over:
        used = (*used, Entry(lines[-1].budget_id, EntryKind.OVERRUN, committed=over, spent=over))
    return _change(_applied(lines, used), used)


def close(lines: Sequence[HeldLine]) -> Change:
    """Nothing more will be spent: what is bound and unspent is given back, and what is still held."""
    freed = tuple(
        Entry(line.budget_id, EntryKind.CLOSE, -line.reserved, line.spent - line.committed)
        for line in lines
        if line.reserved or line.committed != line.spent
    )
    return Change(_applied(lines, freed), freed, ReservationState.SPENT)


def release(lines: Sequence[HeldLine], amount: Decimal | None) -> Change:
    """Give back what is held: ``amount``, or all that is open.

    Raises:
        ConflictError: nothing is open any more.
        RefusedError: it is more than is open.
    """
    given_back = _released(lines, _within(amount, _open(lines), "open", "release"), EntryKind.RELEASE)
    return _change(_applied(lines, given_back), given_back)


def expire(lines: Sequence[HeldLine]) -> Change:
    """Give back all that is held, because its time is over."""
    given_back = _released(lines, _open(lines), EntryKind.EXPIRE)
    return Change(_applied(lines, given_back), given_back, ReservationState.EXPIRED)


def _change(lines: tuple[HeldLine, ...], entries: tuple[Entry, ...]) -> Change:
    return Change(lines, entries, _state_of(lines))


def _state_of(lines: Sequence[HeldLine]) -> ReservationState:
    """The state that the amounts mean."""
    committed = sum((line.committed for line in lines), _NOTHING)
    spent = sum((line.spent for line in lines), _NOTHING)
    if spent:
        all_used = spent == committed and not _open(lines)
        return ReservationState.SPENT if all_used else ReservationState.PARTIALLY_SPENT
    if committed:
        return ReservationState.PARTIALLY_COMMITTED if _open(lines) else ReservationState.COMMITTED
    return ReservationState.RESERVED if _open(lines) else ReservationState.RELEASED


def _open(lines: Sequence[HeldLine]) -> Decimal:
    return sum((line.reserved for line in lines), _NOTHING)


def _unspent(lines: Sequence[HeldLine]) -> Decimal:
    return sum((line.committed - line.spent for line in lines), _NOTHING)


def _within(amount: Decimal | None, there: Decimal, what: str, verb: str) -> Decimal:
    if not there:
        raise ConflictError(f"Nothing of this reservation is {what} any more, so there is nothing to {verb}.")
    if amount is not None and amount > there:
        raise RefusedError(
            f"Only {there:f} of this reservation is {what}; {amount:f} is more.",
            code="amount_exceeds_reservation",
            open=there,
            requested=amount,
        )
    return there if amount is None else amount


def _released(lines: Sequence[HeldLine], amount: Decimal, kind: EntryKind) -> tuple[Entry, ...]:
    return _spread(amount, lines, lambda line: line.reserved, lambda line, part: Entry(line.budget_id, kind, -part))


def _spread(
    amount: Decimal,
    lines: Sequence[HeldLine],
    room: Callable[[HeldLine], Decimal],
    entry: Callable[[HeldLine, Decimal], Entry],
) -> tuple[Entry, ...]:
    """The amount over the lines in their order, each filled before the next."""
    entries = []
    for line in lines:
        part = min(amount, room(line))
        if part > 0:
            entries.append(entry(line, part))
            amount -= part
    return tuple(entries)


def _applied(lines: Sequence[HeldLine], entries: Sequence[Entry]) -> tuple[HeldLine, ...]:
    by_line = {line.budget_id: line for line in lines}
    for entry in entries:
        line = by_line[entry.budget_id]
        by_line[entry.budget_id] = replace(
            line,
            reserved=line.reserved + entry.reserved,
            committed=line.committed + entry.committed,
            spent=line.spent + entry.spent,
        )
    return tuple(by_line[line.budget_id] for line in lines)

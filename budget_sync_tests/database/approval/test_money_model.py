"""Random lives of reservations: what the database holds is what a few lines of arithmetic say.

Reserve with and without an override, commit, spend, release, close, expiry, and imports that cut or raise a line. After
every step each balance is what the model has, and the sum of the line's entries.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import ExitStack
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from budget_sync.approval.check import SET_TENANT, AsyncConnection
from budget_sync.approval.found import CustomerTerms
from budget_sync.approval.movement import Call, Wish
from budget_sync.approval.reservation_types import ReserveRequest, Share
from budget_sync.approval.reservations import expire_reservation, move, reserve
from budget_sync.database import Database
from budget_sync.database.direct import open_direct
from budget_sync.domain.errors import ConflictError, RefusedError
from budget_sync.importing.customers import create_customer
from budget_sync_tests.budget_lines import add_line
from budget_sync_tests.database.loading.lines import line, load_lines, validated

_LINES = 2
_AMOUNTS = st.integers(1, 60)
_CHOSEN = st.integers(0, 9)


@dataclass
class Held:
    """A reservation of one line as the model has it."""

    id: UUID
    line: int
    reserved: int
    committed: int = 0
    spent: int = 0
    over: bool = False


class Money(RuleBasedStateMachine):
    """One customer with two lines of 100, and a connection that reserves."""

    database: ClassVar[Database]

    def __init__(self) -> None:
        super().__init__()
        self._stack = ExitStack()
        self._loop = self._stack.enter_context(asyncio.Runner())
        self._stack.callback(lambda: self._loop.run(self._connection.close()))
        self._connection: AsyncConnection = self._loop.run(open_direct(self.database.app_conninfo))
        self.held: list[Held] = []
        self.budgeted = [100] * _LINES

    @initialize()
    def begin(self) -> None:
        """A customer of its own with lines of 100."""
        self._customer = create_customer(self.database, f"c-{uuid4().hex[:20]}")
        self._lines = [add_line(self.database, self._customer.id, f"Eng {number}", "100") for number in range(_LINES)]

    @rule(number=st.integers(0, _LINES - 1), amount=_AMOUNTS, override=st.booleans())
    def reserve(self, number: int, amount: int, override: bool) -> None:
        """Accepted where it fits, or above the cap with a reason."""
        share = Share(self._lines[number], Decimal(amount))
        because = "The board said so" if override else None
        request = ReserveRequest(Decimal(amount), uuid4().hex, shares=(share,), override_reason=because)
        terms = CustomerTerms(self._customer.id, "EUR", 1)
        fits = self._used(number) + amount <= self.budgeted[number]
        answer = self._run(lambda connection: reserve(connection, terms, request, "test"), allowed=fits or override)
        if answer is not None:
            self.held.append(Held(answer.reservation_id, number, amount))

    @rule(chosen=_CHOSEN, amount=st.none() | _AMOUNTS, final=st.booleans())
    def commit(self, chosen: int, amount: int | None, final: bool) -> None:
        """What is held, all of it, or part; ``final`` gives back the rest."""
        if (held := self._chosen(chosen)) is None:
            return
        wanted = held.reserved if amount is None else amount
        if self._move(held, Call.COMMIT, amount, not held.over and 0 < wanted <= held.reserved, final=final):
            held.reserved, held.committed = (0 if final else held.reserved - wanted), held.committed + wanted
            self._settle(held)

    @rule(chosen=_CHOSEN, amount=st.none() | _AMOUNTS)
    def spend(self, chosen: int, amount: int | None) -> None:
        """What is bound; above it the commitment grows."""
        if (held := self._chosen(chosen)) is None:
            return
        unspent = held.committed - held.spent
        wanted = unspent if amount is None else amount
        if self._move(held, Call.SPEND, amount, not held.over and held.committed > 0 and wanted > 0):
            held.spent += wanted
            held.committed = max(held.committed, held.spent)
            self._settle(held)

    @rule(chosen=_CHOSEN, amount=st.none() | _AMOUNTS)
    def release(self, chosen: int, amount: int | None) -> None:
        """What is held, all of it or part."""
        if (held := self._chosen(chosen)) is None:
            return
        wanted = held.reserved if amount is None else amount
        if self._move(held, Call.RELEASE, amount, not held.over and 0 < wanted <= held.reserved):
            held.reserved -= wanted
            self._settle(held)

    @rule(chosen=_CHOSEN)
    def close(self, chosen: int) -> None:
        """The rest of what is bound, and held."""
        if (held := self._chosen(chosen)) is None:
            return
        if self._move(held, Call.CLOSE, None, not held.over and held.committed > 0):
            held.reserved, held.committed, held.over = 0, held.spent, True

    @rule(chosen=_CHOSEN)
    def expire(self, chosen: int) -> None:
        """Its time is over now; only what nothing was bound of goes."""
        if (held := self._chosen(chosen)) is None:
            return
        with self.database.tenant(self._customer.id) as connection:
            connection.execute("UPDATE reservation SET expires_at = now() WHERE id = %s", (held.id,))
        untouched = not held.over and held.committed == 0
        expired = self._run(lambda connection: expire_reservation(connection, self._customer.id, held.id), allowed=True)
        assert expired is untouched
        if expired:
            held.reserved, held.over = 0, True
        with self.database.tenant(self._customer.id) as connection:
            connection.execute("UPDATE reservation SET expires_at = now() + interval '1 day' WHERE id = %s", (held.id,))

    @rule(number=st.integers(0, _LINES - 1), amount=st.integers(1, 200))
    def import_another_amount(self, number: int, amount: int) -> None:
        """Cut or raised; the load names the line where more is used than is left."""
        outcome = load_lines(self.database, self._customer.id, validated(line(f"Eng {number}", str(amount))))
        cut_too_far = amount != self.budgeted[number] and self._used(number) > amount
        assert bool(outcome.over_committed) == cut_too_far
        self.budgeted[number] = amount

    @invariant()
    def the_books_are_right(self) -> None:
        """Balances, entries and model are the same figures."""
        with self.database.tenant(self._customer.id) as connection:
            for number, line_id in enumerate(self._lines):
                (standing,) = connection.execute(
                    "SELECT reserved_amount, committed_amount, actual_spent FROM budget WHERE id = %s", (line_id,)
                ).fetchall()
                (entries,) = connection.execute(
                    "SELECT coalesce(sum(reserved), 0), coalesce(sum(committed), 0), coalesce(sum(actual_spent), 0)"
                    " FROM budget_entry WHERE budget_id = %s",
                    (line_id,),
                ).fetchall()
                own = [held for held in self.held if held.line == number]
                wanted = tuple(sum(getattr(held, name) for held in own) for name in ("reserved", "committed", "spent"))
                assert standing == entries == wanted

    def teardown(self) -> None:
        """Close the connection."""
        self._stack.close()

    def _used(self, number: int) -> int:
        return sum(held.reserved + held.committed for held in self.held if held.line == number)

    def _chosen(self, number: int) -> Held | None:
        return self.held[number % len(self.held)] if self.held else None

    def _settle(self, held: Held) -> None:
        """Over when all of it is given back or spent."""
        held.over = not held.reserved and held.committed == held.spent

    def _move(self, held: Held, call: Call, amount: int | None, allowed: bool, *, final: bool = False) -> bool:
        wish = Wish(call, None if amount is None else Decimal(amount), final)
        work = lambda connection: move(connection, self._customer.id, held.id, wish, "test")  # noqa: E731
        return self._run(work, allowed=allowed) is not None

    def _run(self, work: Callable[[AsyncConnection], Awaitable[Any]], *, allowed: bool) -> Any:
        """What the work returns; None where it is refused, which it is exactly when it is not allowed."""

        async def in_transaction() -> Any:
            async with self._connection.transaction():
                await self._connection.execute(SET_TENANT, (str(self._customer.id),))
                return await work(self._connection)

        if allowed:
            return self._loop.run(in_transaction())
        with pytest.raises((ConflictError, RefusedError)):
            self._loop.run(in_transaction())
        return None


def test_the_database_and_the_model_agree_whatever_happens(database: Database) -> None:
    Money.database = database
    run_state_machine_as_test(
        Money,
        settings=hypothesis_settings(
            max_examples=25,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )

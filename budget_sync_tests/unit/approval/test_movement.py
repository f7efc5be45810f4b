"""The table of "Money on a line", row by row, and what is refused."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from budget_sync.approval.ledger import Change, EntryKind, HeldLine, ReservationState
from budget_sync.approval.movement import Call, Wish, change_of
from budget_sync.domain.errors import ConflictError, RefusedError


def held(name: str, reserved: int, committed: int = 0, spent: int = 0) -> HeldLine:
    return HeldLine(name, Decimal(reserved), Decimal(committed), Decimal(spent))


def call(lines: list[HeldLine], state: str, wished: str, amount: int | None = None, *, final: bool = False) -> Change:
    wish = Wish(Call(wished), None if amount is None else Decimal(amount), final)
    return change_of(ReservationState(state), lines, wish)


@pytest.mark.parametrize(
    ("line", "state", "wished", "amount", "final", "line_after", "state_after", "kinds"),
    [
        ((100, 0, 0), "reserved", "commit", None, False, (0, 100, 0), "committed", ["commit"]),
        ((100, 0, 0), "reserved", "commit", 40, False, (60, 40, 0), "partially_committed", ["commit"]),
        ((100, 0, 0), "reserved", "commit", 40, True, (0, 40, 0), "committed", ["commit", "release"]),
        ((60, 40, 0), "partially_committed", "commit", 60, False, (0, 100, 0), "committed", ["commit"]),
        ((0, 100, 0), "committed", "spend", 30, False, (0, 100, 30), "partially_spent", ["spend"]),
        ((0, 100, 30), "partially_spent", "spend", None, False, (0, 100, 100), "spent", ["spend"]),
        ((0, 100, 30), "partially_spent", "spend", 90, False, (0, 120, 120), "spent", ["spend", "overrun"]),
        ((60, 40, 0), "partially_committed", "spend", 40, False, (60, 40, 40), "partially_spent", ["spend"]),
        ((0, 100, 30), "partially_spent", "close", None, False, (0, 30, 30), "spent", ["close"]),
        ((0, 100, 0), "committed", "close", None, False, (0, 0, 0), "spent", ["close"]),
        ((60, 40, 10), "partially_spent", "close", None, False, (0, 10, 10), "spent", ["close"]),
        ((100, 0, 0), "reserved", "release", None, False, (0, 0, 0), "released", ["release"]),
        ((100, 0, 0), "reserved", "release", 40, False, (60, 0, 0), "reserved", ["release"]),
        ((60, 40, 0), "partially_committed", "release", None, False, (0, 40, 0), "committed", ["release"]),
        ((100, 0, 0), "reserved", "expire", None, False, (0, 0, 0), "expired", ["expire"]),
    ],
)  # fmt: skip
def test_a_call_moves_what_the_table_says(
    line: tuple[int, int, int],
    state: str,
    wished: str,
    amount: int | None,
    final: bool,
    line_after: tuple[int, int, int],
    state_after: str,
    kinds: list[str],
) -> None:
    change = call([held("a", *line)], state, wished, amount, final=final)
    assert change.lines == (held("a", *line_after),)
    assert change.state == state_after
    assert [entry.kind for entry in change.entries] == kinds


@pytest.mark.parametrize(
    ("state", "line", "wished"),
    [
        ("reserved", (100, 0, 0), "spend"),
        ("reserved", (100, 0, 0), "close"),
        ("committed", (0, 100, 0), "commit"),
        ("committed", (0, 100, 0), "release"),
        ("committed", (0, 100, 0), "expire"),
        ("partially_spent", (0, 100, 30), "commit"),
        ("spent", (0, 100, 100), "spend"),
        ("spent", (0, 100, 100), "close"),
        ("released", (0, 0, 0), "commit"),
        ("released", (0, 0, 0), "release"),
        ("expired", (0, 0, 0), "commit"),
        ("expired", (0, 0, 0), "spend"),
    ],
)
def test_a_state_that_does_not_allow_the_call_is_a_conflict(
    state: str, line: tuple[int, int, int], wished: str
) -> None:
    with pytest.raises(ConflictError):
        call([held("a", *line)], state, wished)


@pytest.mark.parametrize("wished", ["commit", "release"])
def test_more_than_is_open_is_refused_with_what_is(wished: str) -> None:
    with pytest.raises(RefusedError) as refusal:
        call([held("a", 60), held("b", 40)], "reserved", wished, 101)
    assert refusal.value.details == {"code": "amount_exceeds_reservation", "open": 100, "requested": 101}


def test_several_lines_are_filled_one_after_the_other() -> None:
    change = call([held("a", 60), held("b", 40)], "reserved", "commit", 80)
    assert change.lines == (held("a", 0, 60), held("b", 20, 20))


def test_an_overrun_raises_the_last_line() -> None:
    change = call([held("a", 0, 60), held("b", 0, 40)], "committed", "spend", 105)
    assert change.lines == (held("a", 0, 60, 60), held("b", 0, 45, 45))
    assert change.entries[-1].kind is EntryKind.OVERRUN


_AMOUNT = st.decimals(min_value=0, max_value=1000, places=4)


@given(
    lines=st.lists(st.tuples(_AMOUNT, _AMOUNT, st.integers(0, 100)), min_size=1, max_size=4),
    state=st.sampled_from(ReservationState),
    wished=st.sampled_from(Call),
    amount=st.none() | st.decimals(min_value="0.0001", max_value=3000, places=4),
    final=st.booleans(),
)
def test_whatever_is_asked_the_steps_add_up_and_nothing_goes_below_zero(
    lines: list[tuple[Decimal, Decimal, int]],
    state: ReservationState,
    wished: Call,
    amount: Decimal | None,
    final: bool,
) -> None:
    before = [
        HeldLine(str(number), reserved, committed, (committed * share / 100).quantize(Decimal("0.0001")))
        for number, (reserved, committed, share) in enumerate(lines)
    ]
    try:
        change = change_of(state, before, Wish(wished, amount, final))
    except (ConflictError, RefusedError):
        return
    for line, after in zip(before, change.lines, strict=True):
        steps = [entry for entry in change.entries if entry.budget_id == line.budget_id]
        assert after.reserved == line.reserved + sum(step.reserved for step in steps)
        assert after.committed == line.committed + sum(step.committed for step in steps)
        assert after.spent == line.spent + sum(step.spent for step in steps)
        assert after.reserved >= 0
        assert after.committed >= after.spent >= 0

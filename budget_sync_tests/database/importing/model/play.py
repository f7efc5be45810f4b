"""A random sequence of operations, done by the rules and by the program, which agree after each of them."""

from typing import Any
from uuid import UUID

from hypothesis import strategies as st

from budget_sync.database import Database
from budget_sync.domain.fields import ImportMode
from budget_sync_tests.database.importing.model.program import SOURCES, Program
from budget_sync_tests.database.importing.model.rules import Key, Revision, Rules

_KEYS = [(department, period) for department in ("Sales", "Legal", "Design") for period in ("FY2025", "FY2026")]
_AMOUNTS = st.integers(1, 4)
_CHOICE = st.integers(0, 9)
OPERATIONS = st.one_of(
    st.tuples(
        st.just("import"),
        st.dictionaries(st.sampled_from(_KEYS), _AMOUNTS, min_size=1),
        st.sampled_from(sorted(SOURCES)),
        st.sampled_from(ImportMode),
    ),
    st.tuples(st.just("import again"), _CHOICE, st.sampled_from(sorted(SOURCES))),
    st.tuples(st.just("edit"), _CHOICE, st.integers(1, 8)),
    st.tuples(st.just("reserve"), _CHOICE, _AMOUNTS),
    st.tuples(st.sampled_from(["commit", "release"]), _CHOICE),
    st.tuples(st.just("undo"), _CHOICE),
)
Operation = tuple[Any, ...]


def play(database: Database, customer_id: UUID, operations: list[Operation]) -> int:
    """Do them all; how many there were something to do for."""
    steps = 0
    with database.tenant(customer_id) as connection:
        program, rules = Program(connection, customer_id), Rules()
        for operation in operations:
            if not _do(operation, program, rules):
                continue
            steps += 1
            assert program.lines() == _lines(rules)
            assert program.history() == [
                (each.status, each.created, each.updated, each.unchanged, each.removed) for each in rules.imports
            ]
        connection.rollback()
    return steps


def _do(operation: Operation, program: Program, rules: Rules) -> bool:
    match operation:
        case ("import", content, source, mode):
            _load(program, rules, content, source, mode)
        case ("import again", choice, source):
            before = [each for each in rules.imports if each.content is not None]
            if not before:
                return False
            chosen = before[choice % len(before)]
            _load(program, rules, chosen.content, source, chosen.mode)
        case ("undo", choice):
            if not rules.undoable():
                return False
            undone = rules.undoable()[choice % len(rules.undoable())]
            program.undo(undone)
            rules.undo(undone)
        case (act, choice, *amount):
            live = sorted(rules.live())
            if not live:
                return False
            for who in (program, rules):
                getattr(who, act)(live[choice % len(live)], *amount)
    return True


def _load(program: Program, rules: Rules, content: dict[Key, int], source: str, mode: ImportMode) -> None:
    program.load(content, source, mode)
    rules.load(content, source, mode)


def _lines(rules: Rules) -> list[tuple[object, ...]]:
    return sorted(
        (
            *line.key,
            line.amount,
            line.reserved,
            line.committed,
            line.state,
            line.lives,
            tuple(map(_shown, line.revisions)),
        )
        for line in rules.lines
    )


def _shown(revision: Revision) -> str:
    parts = (revision.change, revision.old, ">", revision.new, revision.by)
    return " ".join(str(part) for part in parts if part is not None)

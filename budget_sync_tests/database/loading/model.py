"""The rules of loading said a second time, as simply as possible: lines are objects, an import is a loop."""

from dataclasses import dataclass, field

from budget_sync.domain.fields import ImportMode

Key = tuple[str, str]  # department, period


@dataclass
class Revision:
    """What one import or edit (``by`` None) did to a line."""

    by: int | None
    change: str
    old: int | None
    new: int | None
    old_source: str | None = None


@dataclass
class Line:
    """A line that stands, or stood."""

    key: Key
    amount: int
    source: str
    reserved: int = 0
    state: str = "open"
    lives: bool = True
    revisions: list[Revision] = field(default_factory=list)


@dataclass
class Model:
    """All lines of one customer, and which imports have loaded and stand."""

    lines: list[Line] = field(default_factory=list)
    standing: dict[int, int | None] = field(default_factory=dict)  # import: the import that it takes back

    def live(self) -> dict[Key, Line]:
        """The lines that stand."""
        return {line.key: line for line in self.lines if line.lives}

    def load(self, number: int, amounts: dict[Key, int], source: str, mode: ImportMode) -> None:
        """Import a file that names each line once."""
        self.standing[number] = None
        live = self.live()
        for key, amount in amounts.items():
            line = live.get(key)
            if line is None:
                made = Line(key, amount, source, revisions=[Revision(number, "created", None, amount)])
                self.lines.append(made)
            elif line.amount != amount:
                line.revisions.append(Revision(number, "updated", line.amount, amount, line.source))
                line.amount, line.source = amount, source
        if mode is ImportMode.REPLACE:
            self._remove_others(number, amounts, source)

    def _remove_others(self, number: int, amounts: dict[Key, int], source: str) -> None:
        departments, periods = {key[0] for key in amounts}, {key[1] for key in amounts}
        for key, line in self.live().items():
            in_scope = line.source == source and key[0] in departments and key[1] in periods and key not in amounts
            if in_scope and line.reserved == 0:
                line.lives = False
                line.revisions.append(Revision(number, "removed", line.amount, None))
            elif in_scope and line.state == "open":
                line.state = "closed"
                line.revisions.append(Revision(number, "closed", line.amount, None))

    def edit(self, key: Key, amount: int) -> None:
        """Somebody changes a line by hand."""
        line = self.live()[key]
        line.revisions.append(Revision(None, "updated", line.amount, amount, line.source))
        line.amount = amount

    def reserve(self, key: Key, amount: int) -> None:
        """Somebody reserves money, where the line allows it."""
        line = self.live()[key]
        if line.state == "open" and line.reserved + amount <= line.amount:
            line.reserved += amount

    def undo(self, number: int, undone: int) -> None:
        """Take an import back, as an import of its own."""
        again = self.standing.pop(undone)
        self.standing[number] = undone
        if again is not None:
            self.standing[again] = None
        for line in self.lines:
            if line.revisions[-1].by == undone:
                self._take_back(line, line.revisions[-1], number)

    def _take_back(self, line: Line, last: Revision, number: int) -> None:
        match last.change:
            case "updated":
                line.revisions.append(Revision(number, "updated", line.amount, last.old, line.source))
                line.amount, line.source = last.old or 0, last.old_source or ""
            case "removed":
                if line.key not in self.live():
                    line.lives = True
                    line.revisions.append(Revision(number, "restored", None, line.amount))
            case "closed":
                line.state = "open"
                line.revisions.append(Revision(number, "reopened", None, line.amount))
            case "created" | "restored" if line.reserved == 0:
                line.lives = False
                line.revisions.append(Revision(number, "removed", line.amount, None))
            case _:
                line.state = "closed"
                line.revisions.append(Revision(number, "closed", line.amount, None))

"""The rules of importing as simply as possible: lines are objects, an import is a loop, an undo reads it backwards."""

from dataclasses import dataclass, field

from budget_sync.domain.fields import ImportMode

Key = tuple[str, str]  # department, period
Content = dict[Key, int]


@dataclass
class Revision:
    """What one import or edit (``by`` None) did to a line."""

    by: int | None
    change: str
    old: int | None
    new: int | None
    old_source: str = ""


@dataclass
class Line:
    """A line that stands, or stood."""

    key: Key
    amount: int
    source: str
    reserved: int = 0
    committed: int = 0
    state: str = "open"
    lives: bool = True
    revisions: list[Revision] = field(default_factory=list)

    @property
    def used(self) -> int:
        """What is held of it."""
        return self.reserved + self.committed


@dataclass
class Import:
    """A row of the history. ``takes_back``: the import that this one undid."""

    status: str = "completed"
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    removed: int = 0
    takes_back: int | None = None
    content: Content | None = None
    mode: ImportMode | None = None

    @property
    def wrote(self) -> bool:
        """Whether lines differ after it."""
        return self.created + self.updated + self.removed > 0


@dataclass
class Rules:
    """All lines of one customer, its history, and when somebody last wrote by hand (as a number of imports)."""

    lines: list[Line] = field(default_factory=list)
    imports: list[Import] = field(default_factory=list)
    edited_after: int = -1

    def live(self) -> dict[Key, Line]:
        """The lines that stand."""
        return {line.key: line for line in self.lines if line.lives}

    def undoable(self) -> list[int]:
        """The imports that loaded and stand."""
        return [number for number, each in enumerate(self.imports) if each.status == "completed"]

    def load(self, content: Content, source: str, mode: ImportMode) -> None:
        """Import a file that names each line once."""
        number, this = len(self.imports), Import(content=content, mode=mode)
        earlier = [at for at, each in enumerate(self.imports) if self._is_same(each, this)]
        self.imports.append(this)
        if earlier and self._stands(earlier[-1]):
            this.status, this.unchanged = "unchanged", len(content)
            return
        if mode is ImportMode.APPEND and any(key in self.live() for key in content):
            this.status = "failed"
            return
        closed = self._write(number, content, source, mode)
        if earlier and not this.wrote and not closed:
            this.status = "unchanged"

    def _is_same(self, other: Import, this: Import) -> bool:
        return other.status == "completed" and (other.content, other.mode) == (this.content, this.mode)

    def _stands(self, number: int) -> bool:
        return self.edited_after < number and not any(each.wrote for each in self.imports[number + 1 :])

    def _write(self, number: int, content: Content, source: str, mode: ImportMode) -> int:
        this, live = self.imports[number], self.live()
        for key, amount in content.items():
            line = live.get(key)
            if line is None:
                self.lines.append(Line(key, amount, source, revisions=[Revision(number, "created", None, amount)]))
                this.created += 1
            elif line.amount != amount:
                line.revisions.append(Revision(number, "updated", line.amount, amount, line.source))
                line.amount, line.source = amount, source
                this.updated += 1
            else:
                this.unchanged += 1
        return self._remove_others(number, content, source) if mode is ImportMode.REPLACE else 0

    def _remove_others(self, number: int, content: Content, source: str) -> int:
        departments, periods = {key[0] for key in content}, {key[1] for key in content}
        closed = 0
        for key, line in self.live().items():
            if line.source != source or key in content or key[0] not in departments or key[1] not in periods:
                continue
            if line.used == 0:
                line.lives = False
                line.revisions.append(Revision(number, "removed", line.amount, None))
                self.imports[number].removed += 1
            elif line.state == "open":
                line.state = "closed"
                line.revisions.append(Revision(number, "closed", line.amount, None))
                closed += 1
        return closed

    def edit(self, key: Key, amount: int) -> None:
        """Somebody changes a line by hand; it is no source's any more."""
        line = self.live()[key]
        line.revisions.append(Revision(None, "updated", line.amount, amount, line.source))
        line.amount, line.source = amount, "manual"
        self.edited_after = len(self.imports) - 1

    def reserve(self, key: Key, amount: int) -> None:
        """Somebody reserves money, where the line allows it."""
        line = self.live()[key]
        if line.state == "open" and line.used + amount <= line.amount:
            line.reserved += amount

    def commit(self, key: Key) -> None:
        """All that is reserved on a line is bound."""
        line = self.live()[key]
        line.committed, line.reserved = line.used, 0

    def release(self, key: Key) -> None:
        """All that is reserved on a line is given back."""
        self.live()[key].reserved = 0

    def undo(self, undone: int) -> None:
        """Take an import back, as an import of its own."""
        number = len(self.imports)
        self.imports.append(Import(takes_back=undone))
        self.imports[undone].status = "undone"
        again = self.imports[undone].takes_back
        if again is not None:
            self.imports[again].status = "completed"
        for line in self.lines:
            if line.revisions[-1].by == undone:
                self._take_back(line, line.revisions[-1], number)

    def _take_back(self, line: Line, last: Revision, number: int) -> None:
        this = self.imports[number]
        match last.change:
            case "updated":
                line.revisions.append(Revision(number, "updated", line.amount, last.old, line.source))
                line.amount, line.source = last.old or 0, last.old_source
                this.updated += 1
            case "removed" if line.key not in self.live():
                line.lives = True
                line.revisions.append(Revision(number, "restored", line.amount, line.amount))
                this.created += 1
            case "closed":
                line.state = "open"
                line.revisions.append(Revision(number, "reopened", line.amount, line.amount))
                this.created += 1
            case "created" | "restored" if line.used == 0:
                line.lives = False
                line.revisions.append(Revision(number, "removed", line.amount, line.amount))
                this.removed += 1
            case "created" | "restored" | "reopened":
                line.state = "closed"
                line.revisions.append(Revision(number, "closed", line.amount, line.amount))

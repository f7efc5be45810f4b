"""What a person wrote and could not be taken: shown at the top of the page, the rest is done."""

from dataclasses import dataclass, field

_LONGEST_SHOWN = 80


@dataclass(frozen=True, slots=True)
class Problem:
    """The name of a text, and what was written."""

    text: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Problems:
    """Collected while a form is read."""

    found: list[Problem] = field(default_factory=list)

    def add(self, text: str, value: str = "") -> None:
        """One more."""
        self.found.append(Problem(text, value[:_LONGEST_SHOWN]))

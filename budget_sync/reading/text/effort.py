"""How much work the mending of one file may take."""

from dataclasses import dataclass


@dataclass(slots=True)
class Effort:
    """Counts down the characters that may still be read again.

    Mending reads a bad record in many ways; a file made to be bad in every record would take hours.
    """

    characters: int

    def spend(self, characters: int) -> bool:
        """Whether so many characters may be read once more."""
        self.characters -= characters
        return self.characters > 0

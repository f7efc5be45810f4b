"""How careful the import of a source's files is."""

from enum import StrEnum


class ControlTotalPolicy(StrEnum):
    """What a total of the file means that its rows do not add up to."""

    NOTE = "note"  # a warning beside the import
    REFUSE = "refuse"  # nothing of the file is loaded


class ReviewPolicy(StrEnum):
    """Which files wait for a person."""

    UNCERTAIN = "uncertain"  # those of which something is not certain enough
    ALWAYS = "always"  # every one

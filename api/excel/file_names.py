"""The name of a caller's file: a label, and nothing else."""

import re

LONGEST_FILE_NAME = 255
# Control characters, and those that turn the direction of the text around: a name is shown to people.
_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def shown_file_name(name: str | None) -> str:
    """The last part of the name that the caller gave, made fit to be shown; it never names a file of ours."""
    last = _UNSEEN.sub("", name or "").replace("\\", "/").rpartition("/")[2].strip()
    return last[-LONGEST_FILE_NAME:] or "upload"

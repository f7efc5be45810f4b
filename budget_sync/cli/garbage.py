"""How often a command that reads large files looks for garbage."""

import gc

_SELDOM = (20_000, 20, 50)  # how many new objects make Python look for garbage; 700, 10, 10 by default


def collect_seldom() -> None:
    """Leave out what is imported, which stays to the end, and look at the rest seldom.

    Going through all of it again and again took a third of the time of a large file.
    """
    gc.freeze()
    gc.set_threshold(*_SELDOM)

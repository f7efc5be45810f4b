"""Waiting for the thing itself, with an end."""

import threading
import time
from collections.abc import Callable


def wait_until(happened: Callable[[], bool], what: str, *, seconds: float = 20.0) -> None:
    """Asks again and again until it is so; fails with the words after ``seconds``."""
    deadline = time.monotonic() + seconds
    pause = threading.Event()
    while not happened():
        if time.monotonic() > deadline:
            raise AssertionError(f"Waited {seconds:.0f} s in vain: {what}.")
        pause.wait(0.02)

"""Whether a process of this machine still does something, for the tests of what must end."""

import subprocess


def is_running(pid: int) -> bool:
    """False for one that has ended, also while nobody has asked for its status yet (state Z)."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.startswith("Z")

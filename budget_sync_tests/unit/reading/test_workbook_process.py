"""The child that parses workbooks is reused, replaced when it dies, and never outlives or betrays its parent."""

import io
import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from budget_sync.domain.errors import UnreadableFileError
from budget_sync.reading import read_document
from budget_sync.reading.limits import Limits
from budget_sync.reading.workbook import process, worker
from budget_sync.reading.workbook.messages import (
    LENGTH_BYTES,
    Finished,
    ParseRequest,
    Refused,
    SheetOpened,
    SheetRows,
    WorkbookOpened,
    decode_answer,
)
from budget_sync_tests.processes import is_running
from budget_sync_tests.unit.reading.workbooks import memory_of, raw_xlsx, sheet_xml
from budget_sync_tests.waiting import wait_until

GOOD = raw_xlsx(sheet_xml('<row r="1"><c r="A1"><v>5</v></c></row>'))


def read_rows() -> list[list[str]]:
    return read_document(GOOD, "budget.xlsx").grids[0].rows


def idle_child() -> int:
    read_rows()
    return process._children.idle[-1].process.pid


def test_the_same_child_reads_one_workbook_after_the_other() -> None:
    assert idle_child() == idle_child()


def test_a_child_that_was_killed_while_idle_is_replaced() -> None:
    first = idle_child()
    os.kill(first, signal.SIGKILL)
    wait_until(lambda: not is_running(first), "the child ends")
    assert read_rows() == [["5"]]
    assert idle_child() != first


def test_threads_read_at_once_each_with_a_child_of_its_own() -> None:
    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(lambda _: read_rows(), range(40)))
    assert results == [[["5"]]] * 40
    assert len(process._children.idle) <= process._CHILDREN


def test_a_refused_workbook_leaves_the_child_alive() -> None:
    first = idle_child()
    with pytest.raises(UnreadableFileError):
        read_document(GOOD[:-100], "budget.xlsx")
    assert idle_child() == first


def test_a_child_that_grew_large_is_not_kept() -> None:
    strings = "<sst><si><t>" + "x" * 30_000 + "</t></si></sst>"
    rows = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 7000))
    first = idle_child()
    document = read_document(raw_xlsx(sheet_xml(rows), strings=strings), "budget.xlsx")
    assert len(document.grids[0].rows) == 6999
    assert first not in [child.process.pid for child in process._children.idle]


def test_a_small_child_imports_nothing_heavy() -> None:
    assert memory_of(idle_child()) < 60 * 1024**2


def test_the_child_is_not_told_the_secrets_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    process._children.end_all()
    monkeypatch.setenv("BUDGET_SYNC_MASTER_KEY", "canary")
    assert b"canary" not in Path(f"/proc/{idle_child()}/environ").read_bytes()


def test_a_forked_process_starts_its_own_child() -> None:
    parents = idle_child()
    reader, writer = os.pipe()
    forked = os.fork()
    if not forked:
        os.write(writer, f"{idle_child()} {read_rows()}".encode())
        process._children.end_all()
        os._exit(0)
    os.close(writer)
    os.waitpid(forked, 0)
    with os.fdopen(reader) as pipe:
        child, rows = pipe.read().split(" ", 1)
    assert (int(child) != parents, rows) == (True, "[['5']]")
    assert idle_child() == parents


def test_the_child_ends_when_its_parent_is_killed() -> None:
    script = (
        "import sys; from budget_sync.reading import read_document; from budget_sync.reading.workbook import process\n"
        "read_document(sys.stdin.buffer.read(), 'x'); print(process._children.idle[0].process.pid, flush=True)\n"
        "import signal; signal.pause()"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdin
        assert parent.stdout
        parent.stdin.write(GOOD)
        parent.stdin.close()
        child = int(parent.stdout.readline())
        assert is_running(child)
        parent.kill()
    wait_until(lambda: not is_running(child), "the child ends")


@pytest.mark.parametrize(
    ("status", "last_words", "reason"),
    [
        (-signal.SIGABRT, "memory allocation of 805306368 bytes failed", "too_large"),
        (-signal.SIGABRT, "thread 'main' panicked at src/lib.rs:10", "damaged"),
        (-signal.SIGKILL, "", "too_large"),
        (-signal.SIGSEGV, "", "too_large"),
        (1, "", "damaged"),
    ],
)
def test_how_the_child_died_tells_what_was_wrong(status: int, last_words: str, reason: str) -> None:
    assert process._died(status, last_words).reason == reason


def test_a_child_that_takes_nothing_in_is_given_up_in_time() -> None:
    stopped = idle_child()
    os.kill(stopped, signal.SIGSTOP)
    content = raw_xlsx(
        sheet_xml('<row r="1"><c r="A1"><v>5</v></c></row>'), **{"xl/noise.bin": os.urandom(200_000).hex()}
    )
    with pytest.raises(UnreadableFileError) as refusal:
        read_document(content, "budget.xlsx", limits=Limits(seconds=0.2))
    assert refusal.value.reason == "too_slow"
    assert not is_running(stopped)
    assert read_rows() == [["5"]]


def answers_to(content: bytes, limits: Limits) -> list[object]:
    pipe = io.BytesIO()
    worker.answer(ParseRequest(content, is_archive=True, limits=limits), pipe)
    sent, messages = pipe.getvalue(), []
    while sent:
        length = LENGTH_BYTES + int.from_bytes(sent[:LENGTH_BYTES], "big")
        messages.append(decode_answer(sent[LENGTH_BYTES:length]))
        sent = sent[length:]
    return messages


def test_a_request_is_answered_sheet_by_sheet() -> None:
    opened, sheet, rows, finished = answers_to(GOOD, Limits())
    assert opened == WorkbookOpened("xlsx")
    assert sheet == SheetOpened("Budget", hidden=False, merges=[], hidden_rows=[], number_units={}, notes=[])
    assert rows == SheetRows([["5"]], ["n"])
    assert isinstance(finished, Finished)


def test_a_refusal_ends_the_answer() -> None:
    (refusal,) = answers_to(b"PK\x03\x04", Limits())
    assert isinstance(refusal, Refused)
    assert (refusal.reason, refusal.details) == ("damaged", {})


def test_an_answer_beyond_the_limit_of_text_is_refused() -> None:
    refusal = answers_to(GOOD, Limits(text=10))[-1]
    assert isinstance(refusal, Refused)
    assert refusal.reason == "too_large"


def test_the_program_of_the_child_imports_nothing_heavy() -> None:
    script = (
        "import sys, budget_sync.reading.workbook.worker\n"
        "print(sorted({'pandas', 'pandera', 'numpy', 'openpyxl', 'sqlalchemy', 'pydantic'} & set(sys.modules)))"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"

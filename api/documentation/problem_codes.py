"""Every code of an error as data: its status, its cause, its cure. Out: ``ProblemCode``, and the guide made of them."""

from functools import cache
from http import HTTPStatus
from importlib.resources import files

import msgspec

from api.errors import title_of

_HEAD = """# Errors of the service

Every error is a problem document (RFC 9457, `application/problem+json`) with a stable `code`, a sentence in `detail`
for whoever reads it, and the numbers or names that decided. `requestId` stands in the log of the service, too. This
page is made from `api/documentation/problems.toml` by `make docs`.

"""


class ProblemCode(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one code means, and what whoever meets it does. The first status is the usual one."""

    status: list[int]
    cause: str
    cure: str


@cache
def problem_codes() -> dict[str, ProblemCode]:
    """All of them, by code, in the order of their status."""
    text = (files("api.documentation") / "problems.toml").read_bytes()
    return msgspec.toml.decode(text, type=dict[str, ProblemCode])


def error_guide() -> str:
    """The guide as Markdown, a section a status."""
    sections = []
    for status in sorted({code.status[0] for code in problem_codes().values()}):
        rows = [
            f"| `{name}` | {code.cause} | {code.cure} |"
            for name, code in problem_codes().items()
            if code.status[0] == status
        ]
        head = f"## {status} {title_of(HTTPStatus(status))}\n\n| code | cause | cure |\n|---|---|---|\n"
        sections.append(head + "\n".join(rows) + "\n")
    return _HEAD + "\n".join(sections)

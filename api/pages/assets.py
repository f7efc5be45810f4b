"""Style sheet, script and icon, read once.

They are served under the fingerprint of their bytes: a browser may keep them for good, and never mixes two versions.
"""

import hashlib
from dataclasses import dataclass
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from typing import Any

from litestar import Response, get
from litestar.params import FromPath

from api.authentication import PUBLIC
from budget_sync.domain.errors import NotFoundError

_MEDIA_TYPES = {
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
}
_FOR_GOOD = "public, max-age=31536000, immutable"
_FINGERPRINT = 12


@dataclass(frozen=True, slots=True)
class Asset:
    """One file of the pages."""

    content: bytes
    media_type: str
    fingerprint: str


@cache
def assets() -> dict[str, Asset]:
    """Every file by its name."""
    found = {}
    for file in (files("api.pages") / "static").iterdir():
        content = file.read_bytes()
        fingerprint = hashlib.sha256(content).hexdigest()[:_FINGERPRINT]
        found[file.name] = Asset(content, _MEDIA_TYPES[file.name.rpartition(".")[2]], fingerprint)
    return found


def asset_path(name: str) -> str:
    """Where a page finds a file."""
    return f"/assets/{assets()[name].fingerprint}/{name}"


@get("/assets/{fingerprint:str}/{name:str}", opt={"scope": PUBLIC}, include_in_schema=False)
async def asset(fingerprint: FromPath[str], name: FromPath[str]) -> Response[Any]:
    """The file of this version; of another one there is none any more."""
    known = assets().get(name)
    if known is None or known.fingerprint != fingerprint:
        raise NotFoundError("There is no such file. Load the page again.")
    headers = {"Cache-Control": _FOR_GOOD}
    return Response(known.content, media_type=known.media_type, status_code=HTTPStatus.OK, headers=headers)

"""What the pages of the administration share: tabs, the version a form was made from, how a form is answered."""

import re
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Protocol

from litestar import Request, Response

from api.errors import status_of
from api.pages.rendering import go_to, page
from budget_sync.domain.errors import BudgetSyncError, InvalidRequestError

_VERSION = re.compile(r"[0-9]{1,9}")
_HIDDEN = "secrets."  # members that go in and never come out


class Wanted(StrEnum):
    """What a button of a listed thing asks for; the last part of the form's address."""

    PAUSE = "pause"
    RESUME = "resume"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of the administration; ``text`` is its name in the catalogue."""

    path: str
    text: str


TABS = (
    Tab("/admin/keys", "admin.keys.title"),
    Tab("/admin/rules", "admin.rules.title"),
    Tab("/admin/sources", "admin.sources.title"),
    Tab("/admin/webhooks", "admin.webhooks.title"),
)


@dataclass(frozen=True, slots=True)
class Written:
    """What the refused form of a new thing held: shown again, so that nobody writes it twice."""

    members: Mapping[str, Sequence[str]]

    def text(self, name: str, otherwise: object = "") -> str:
        """What was written there."""
        return next(iter(self.members.get(name, ())), str(otherwise))

    def holds(self, name: str, value: str) -> bool:
        """Whether this was chosen there, perhaps among others."""
        return value in self.members.get(name, ())


async def admin_page(
    request: Request[Any, Any, Any], template: str, refused: BudgetSyncError | None = None, **values: Any
) -> Response[str]:
    """A page with its tabs; with what was refused on top, and its status. What is no refusal is raised again."""
    if refused is None:
        return page(request, template, tabs=TABS, refused=None, written=Written({}), **values)
    status = status_of(refused)
    if status is None:
        raise refused
    return page(request, template, status, tabs=TABS, refused=refused, written=await _written(request), **values)


async def _written(request: Request[Any, Any, Any]) -> Written:
    if request.scope["path"] not in {tab.path for tab in TABS}:
        return Written({})  # a button of a listed thing was pressed
    form = await request.form()
    names = [name for name in form if not name.startswith(_HIDDEN)]
    return Written({name: [each for each in form.getall(name) if isinstance(each, str)] for name in names})


class Listed(Protocol):
    """The page that a form stands on, as it is now."""

    def __call__(self, *, refused: BudgetSyncError | None = None, **seen_once: Any) -> Awaitable[Response[str]]:
        """``refused``: shown on top. ``seen_once``: what the page shows of the form's work, this once."""


async def answer_form(work: Awaitable[object], listed: Listed, path: str) -> Response[Any]:
    """Do what a form asks for: on to ``path``, so that nothing is done twice, or its page with what was refused."""
    try:
        await work
    except BudgetSyncError as error:
        return await listed(refused=error)
    return go_to(path)


async def answer_form_once(work: Awaitable[Any], listed: Listed, name: str) -> Response[str]:
    """Do what a form asks for: its page with what came of it under this name, or with what was refused."""
    try:
        made = await work
    except BudgetSyncError as error:
        return await listed(refused=error)
    return await listed(**{name: made})


async def form_version(request: Request[Any, Any, Any]) -> int:
    """The version that a form was made from.

    Raises:
        InvalidRequestError: it bears none.
    """
    version = str((await request.form()).get("version", ""))
    if _VERSION.fullmatch(version) is None:
        raise InvalidRequestError("This page is too old to be sent. Nothing was done; load it again.")
    return int(version)

"""``/sign-in``, ``/sign-out``, ``/language``, and where ``/`` leads."""

import re
import time
from http import HTTPStatus
from typing import Annotated, Any

from litestar import Controller, Request, Response, get, post
from litestar.datastructures import Cookie, State
from litestar.params import QueryParameter

from api.authentication import PUBLIC
from api.pages.forms import again, is_readable
from api.pages.rendering import LANGUAGE_COOKIE, go_to, page
from api.pages.sessions import is_secure, session_cookie
from api.pages.texts import Language
from budget_sync.domain.errors import InvalidRequestError, NotAuthenticatedError

HOME = "/fpa/import"
_OURS = re.compile(r"/(?![/\\])[^\x00-\x20\\]{0,2000}")  # a path of this site; //elsewhere is none
_YEAR_SECONDS = 365 * 24 * 60 * 60


class SignInController(Controller):
    """Open to everybody: who signs in shows a key once, and the browser keeps a session instead of it."""

    path = "/"
    opt = {"scope": PUBLIC}  # noqa: RUF012 - Litestar reads it from the class
    include_in_schema = False

    @get("/")
    async def home(self) -> Response[Any]:
        """The page that most people come for."""
        return go_to(HOME)

    @get("/sign-in")
    async def form(
        self,
        request: Request[Any, Any, Any],
        going: Annotated[str, QueryParameter(name="next", max_length=2000)] = HOME,
    ) -> Response[str]:
        """The form for a key."""
        return _form(request, our_path(going))

    @post("/sign-in")
    async def sign_in(self, request: Request[Any, Any, Any], state: State) -> Response[Any]:
        """A good key opens a session; what was on its way when an earlier one ended goes on."""
        form = await request.form()
        going, kept_action, kept_form = (str(form.get(name, "")) for name in ("next", "kept_action", "kept_form"))
        try:
            caller = await state.keyring.caller(str(form.get("key", "")).strip())
        except NotAuthenticatedError:
            return _form(request, our_path(going), our_path(kept_action, ""), kept_form, refused=True)
        session = state.session_seal.start(caller.key_id, time.time())
        cookie = session_cookie(state.session_seal.seal(session), secure=is_secure(request))
        if not kept_action or not is_readable(kept_form.encode()):
            return go_to(our_path(going), cookies=[cookie])
        request.scope["state"]["new_session"] = session
        answer = again(request, our_path(kept_action), kept_form.encode())
        answer.cookies.append(cookie)
        return answer

    @post("/sign-out")
    async def sign_out(self, request: Request[Any, Any, Any]) -> Response[Any]:
        """The browser forgets its session."""
        return go_to("/sign-in", cookies=[session_cookie("", secure=is_secure(request))])

    @post("/language")
    async def language(self, request: Request[Any, Any, Any]) -> Response[Any]:
        """The pages in another language, from now on.

        Raises:
            InvalidRequestError: there is no such language.
        """
        form = await request.form()
        wanted = str(form.get("language", ""))
        if wanted not in set(Language):
            raise InvalidRequestError("The pages are not written in that language.", field="language")
        cookie = Cookie(LANGUAGE_COOKIE, value=wanted, max_age=_YEAR_SECONDS, httponly=True, secure=is_secure(request))
        return go_to(our_path(str(form.get("next", ""))), cookies=[cookie])


def our_path(path: str, otherwise: str = HOME) -> str:
    """A path of this site, never another site."""
    return path if _OURS.fullmatch(path) else otherwise


def _form(
    request: Request[Any, Any, Any], going: str, kept_action: str = "", kept_form: str = "", *, refused: bool = False
) -> Response[str]:
    return page(
        request,
        "sign_in/sign_in.html",
        HTTPStatus.UNAUTHORIZED if refused else HTTPStatus.OK,
        going=going,
        kept_action=kept_action,
        kept_form=kept_form,
        was_signed_in=False,
        refused=refused,
    )

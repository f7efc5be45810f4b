"""``/api/vocabulary``: the customer's own words, heard before the built-in lexicon."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from litestar import Controller, Request, Response, delete, get, patch, post
from litestar.datastructures import State
from litestar.di import NamedDependency
from litestar.params import Body, FromPath

from api.authentication import Caller, require_own
from api.cursors import Cursor, Limit, page_of, read_cursor
from api.etags import etag, wanted_version
from api.json_text import JsonBody, JsonResponse
from api.parameters import CustomerId
from api.problems import problems
from api.transactions import in_transaction
from api.vocabulary.examples import WORD_BODIES, WORD_CHANGES, WORDS, word_answer
from api.vocabulary.schemas import WordBody, WordChange, WordsPage
from budget_sync.importing.vocabulary import (
    VocabularyWord,
    change_word,
    create_word,
    delete_word,
    list_words,
    place_of,
    read_word,
)

_ADMIN = {"scope": "admin"}


class VocabularyController(Controller):
    """A word means a field of a column, or a kind of file, or says that it never means it."""

    path = "/api/vocabulary"
    tags = ("Administration",)
    opt = {"scope": "read"}  # noqa: RUF012 - Litestar reads it from the class
    request_max_body_size = 64 * 1024

    @get(operation_id="listWords", summary="List own words", responses=WORDS | problems(400, 401, 403, 503))
    async def words(
        self,
        caller: NamedDependency[Caller],
        state: State,
        customer_id: CustomerId = None,
        limit: Limit = 100,
        cursor: Cursor = None,
    ) -> WordsPage:
        """By word."""
        require_own(caller, customer_id)
        work = partial(list_words, limit=limit + 1, after=read_cursor(cursor, 2))
        return WordsPage(*page_of(await in_transaction(state, caller, work), limit, place_of))

    @post(
        dto=JsonBody[WordBody],
        return_dto=None,
        opt=_ADMIN,
        operation_id="createWord",
        summary="Teach a word",
        responses=word_answer(201, "The word") | problems(400, 401, 403, 409, 413, 415, 503),
    )
    async def create(
        self, data: Annotated[WordBody, Body(examples=WORD_BODIES)], caller: NamedDependency[Caller], state: State
    ) -> Response[VocabularyWord]:
        """It is heard from the next file on; a header that bears it wins over headers that the lexicon knows."""
        require_own(caller, data.customer_id)
        word, meaning = data.checked_word(), data.meaning()
        work = partial(create_word, word=word, meaning=meaning, user=caller.key_id, positive=data.positive)
        made = await in_transaction(state, caller, work)
        return JsonResponse(made, status_code=201, headers=etag(made.version))

    @get(
        "/{word_id:uuid}",
        operation_id="readWord",
        summary="Read one word",
        responses=word_answer(200, "The word") | problems(400, 401, 403, 404, 503),
    )
    async def read(
        self, word_id: FromPath[UUID], caller: NamedDependency[Caller], state: State
    ) -> Response[VocabularyWord]:
        """With the ETag that a change must name, who taught it, and when."""
        found = await in_transaction(state, caller, partial(read_word, word_id=word_id))
        return JsonResponse(found, headers=etag(found.version))

    @patch(
        "/{word_id:uuid}",
        dto=JsonBody[WordChange],
        return_dto=None,
        opt=_ADMIN,
        operation_id="changeWord",
        summary="Turn a word round",
        responses=word_answer(200, "The word now") | problems(400, 401, 403, 404, 412, 413, 415, 503),
    )
    async def change(
        self,
        word_id: FromPath[UUID],
        data: Annotated[WordChange, Body(examples=WORD_CHANGES)],
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        state: State,
    ) -> Response[VocabularyWord]:
        """Whether it means the field or the kind of file, or never does. If-Match names the version."""
        work = partial(
            change_word, word_id=word_id, version=wanted_version(request), user=caller.key_id, positive=data.positive
        )
        changed = await in_transaction(state, caller, work)
        return JsonResponse(changed, headers=etag(changed.version))

    @delete(
        "/{word_id:uuid}",
        opt=_ADMIN,
        operation_id="deleteWord",
        summary="Forget a word",
        responses=problems(400, 401, 403, 404, 412, 503),
    )
    async def delete(
        self,
        word_id: FromPath[UUID],
        request: Request[Any, Any, Any],
        caller: NamedDependency[Caller],
        state: State,
    ) -> None:
        """The built-in lexicon answers again."""
        version = wanted_version(request)
        work = partial(delete_word, word_id=word_id, version=version, user=caller.key_id)
        await in_transaction(state, caller, work)

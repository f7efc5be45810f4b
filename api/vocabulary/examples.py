"""Words as they look, for the OpenAPI document."""

from typing import Any

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

from api.vocabulary.schemas import WordsPage
from budget_sync.importing.vocabulary import VocabularyWord

_WORD: dict[str, Any] = {
    "id": "0198a9c4-0000-7000-8000-0000000000d1",
    "word": "Kostenträger",
    "field": "department",
    "fileType": None,
    "positive": True,
    "createdBy": "k1",
    "createdAt": "2025-01-15T09:30:00Z",
    "updatedAt": "2025-01-15T09:30:00Z",
    "version": 1,
}
WORD_BODIES = [
    Example(id="field", summary="A word of a column", value={"word": "Kostenträger", "field": "department"}),
    Example(id="never", summary="No word for it", value={"word": "Owner", "field": "department", "positive": False}),
    Example(id="fileType", summary="A word of a kind of file", value={"word": "Stellenplan", "fileType": "payroll"}),
]
WORD_CHANGES = [Example(id="never", value={"positive": False})]


def word_answer(status: int, description: str) -> dict[int, ResponseSpec]:
    """One word."""
    example = Example(id="word", summary=description, value=_WORD)
    return {status: ResponseSpec(VocabularyWord, generate_examples=False, description=description, examples=[example])}


_PAGE = Example(
    id="words", summary="One word", value={"words": [_WORD], "count": 1, "nextCursor": None, "success": True}
)
WORDS = {200: ResponseSpec(WordsPage, generate_examples=False, description="All words", examples=[_PAGE])}

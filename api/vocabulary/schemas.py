"""Words as they stand on the wire."""

from typing import Annotated
from uuid import UUID

import msgspec

from budget_sync.approval.request import request_name
from budget_sync.domain.errors import InvalidRequestError
from budget_sync.domain.fields import FileType, TargetField
from budget_sync.domain.names import LONGEST_NAME
from budget_sync.importing.vocabulary import Meaning, VocabularyWord


class WordBody(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """A new word: of a ``field`` or of a ``file_type``, one of the two. ``positive`` false: it never means it."""

    word: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_NAME)]
    field: TargetField | None = None
    file_type: FileType | None = None
    positive: bool = True
    customer_id: UUID | None = None

    def checked_word(self) -> str:
        """The word, cleaned.

        Raises:
            InvalidRequestError: it is blank or holds a control character.
        """
        return request_name(self.word, "word")

    def meaning(self) -> Meaning:
        """The field or the kind of file.

        Raises:
            InvalidRequestError: neither is said, or both.
        """
        if self.field is not None and self.file_type is None:
            return self.field
        if self.file_type is not None and self.field is None:
            return self.file_type
        raise InvalidRequestError("Say either the field or the fileType that the word means.", field="field")


class WordChange(msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True):
    """Whether the word means it, or never does."""

    positive: bool


class WordsPage(msgspec.Struct, frozen=True, rename="camel"):
    """By word; ``next_cursor`` None: it is the last page."""

    words: list[VocabularyWord]
    count: int
    next_cursor: str | None
    success: bool = True

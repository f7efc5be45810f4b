"""Secrets as values that nothing prints: neither ``repr`` nor ``str`` nor a log shows more than which there are."""

from typing import TypeVar

import msgspec

from budget_sync.domain.errors import ConfigurationError


class Hidden(msgspec.Struct, frozen=True, omit_defaults=True):
    """The secrets of one source; None: none of the kind."""

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(self.held())} hidden)"

    __str__ = __repr__

    def held(self) -> tuple[str, ...]:
        """The names of those that there are, as they stand in JSON."""
        names = zip(self.__struct_fields__, self.__struct_encode_fields__, strict=True)
        return tuple(shown for field, shown in names if getattr(self, field) is not None)


_Secrets = TypeVar("_Secrets", bound=Hidden)


def read_hidden(stored: bytes, wanted: type[_Secrets]) -> _Secrets:
    """The secrets from their JSON.

    Raises:
        ConfigurationError: they are those of another kind of source; the message quotes none of them.
    """
    try:
        return msgspec.json.decode(stored, type=wanted)
    except msgspec.ValidationError:
        names = ", ".join(wanted.__struct_encode_fields__)
        raise ConfigurationError(f"The secrets of such a source are {names}. Store these anew.") from None

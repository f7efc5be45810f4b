"""Currency codes, symbols and names, nil marks and size suffixes: what stands around digits."""

from functools import cache, cached_property
from types import MappingProxyType

import msgspec

from budget_sync.domain.vocabulary.files import file_bytes, read_toml


class _Codes(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    active: list[str]
    also_words: list[str]


class _Exchange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    words: list[str]


class Currencies(msgspec.Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """``shared`` symbols belong to several currencies, the likeliest first; a word denies some of them (``denied``)."""

    codes: _Codes
    symbols: dict[str, str]
    shared: dict[str, list[str]]
    names: dict[str, str]
    denied: dict[str, list[str]]
    exchange: _Exchange

    @cached_property
    def active_codes(self) -> frozenset[str]:
        """Every ISO 4217 code that we take for one."""
        return frozenset(self.codes.active)

    @cached_property
    def code_of(self) -> MappingProxyType[str, str]:
        """Folded symbol, name or code to its code; of a shared symbol the likeliest."""
        found = {code.casefold(): code for code in self.codes.active}
        found |= {name.casefold(): code for name, code in self.names.items()}
        found |= {symbol.casefold(): codes[0] for symbol, codes in self.shared.items()}
        found |= {symbol.casefold(): code for symbol, code in self.symbols.items()}
        return MappingProxyType(found)


class AmountMarks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``nil_marks`` are folded; ``suffixes`` as written, each with its factor."""

    nil_marks: frozenset[str]
    suffixes: dict[str, int]


@cache
def currencies() -> Currencies:
    """The currencies, read once."""
    return read_toml(file_bytes("currencies.toml"), Currencies)


@cache
def amount_marks() -> AmountMarks:
    """The marks of amount cells, read once."""
    return read_toml(file_bytes("amounts.toml"), AmountMarks)

"""The texts of the pages, a catalogue a language: TOML files that a person can edit without reading code.

In: the languages a browser asks for, a name such as ``import.title``. Out: text with its values filled in. A text that
depends on a number is a table of ``one`` and ``other``, chosen by ``n``.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from api.pages.locales import write_number

_QUALITY = re.compile(r"\s*([a-z]{2,3})(?:-[\w-]+)?\s*(?:;\s*q=([01](?:\.[0-9]{0,3})?))?\s*", re.IGNORECASE)


class Language(StrEnum):
    """What the pages are written in; the first is the default."""

    ENGLISH = "en"
    GERMAN = "de"


def preferred_language(chosen: str | None, accepted: str) -> Language:
    """The language a person chose, else the one the browser likes best of those there are."""
    if chosen in set(Language):
        return Language(chosen)
    wanted = [match for part in accepted.split(",") if (match := _QUALITY.fullmatch(part))]
    wanted.sort(key=lambda match: -float(match[2] or 1))
    return next((Language(match[1].lower()) for match in wanted if match[1].lower() in set(Language)), Language.ENGLISH)


class Texts:
    """The catalogue of one language."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self._texts = read_catalogue(language)

    def __call__(self, name: str, /, **values: object) -> str:
        """The text of this name; a number among the values is written as the language writes it.

        Raises:
            KeyError: the catalogue has no such text.
        """
        text = self._texts[name] if name in self._texts else self._counted(name, values)
        return text.format_map({key: self._shown(value) for key, value in values.items()}) if values else text

    def _shown(self, value: object) -> object:
        return write_number(value, self.language) if type(value) is int else value

    def known(self, name: str) -> bool:
        """Whether there is a text of this name: of a word that another room coined, there may be none."""
        return name in self._texts

    def _counted(self, name: str, values: Mapping[str, object]) -> str:
        return self._texts[f"{name}.one" if values.get("n") == 1 else f"{name}.other"]


@cache
def texts_of(language: Language) -> Texts:
    """The texts of a language, read once."""
    return Texts(language)


@cache
def read_catalogue(language: Language) -> dict[str, str]:
    """Every text by its dotted name; the file's name is the first part of it."""
    folder = files("api.pages") / "catalogue" / language.value
    found: dict[str, str] = {}
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            area = file.name.removesuffix(".toml")
            found.update(_flat(area, tomllib.loads(file.read_text(encoding="utf-8"))))
    return found


def _flat(prefix: str, table: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, value in table.items():
        if isinstance(value, Mapping):
            yield from _flat(f"{prefix}.{name}", value)
        else:
            yield f"{prefix}.{name}", str(value)

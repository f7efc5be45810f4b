"""Years by the letter of what stands in each: ``R 2018 | B 2019 | F 2020``, the R being the accounts of the year.

In: the headers and the evidence of their names. Out: the evidence, with what a letter says. One letter may be anything;
R, A or C in years before the first of a B is what became of them.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from budget_sync.mapping.names import NameEvidence

_LETTERED = re.compile(r"\s*(?P<letter>[rabc])\.? ?(?P<year>(?:19|20)[0-9]{2})\s*", re.IGNORECASE)


def with_lettered_years(labels: Sequence[str], names: Sequence[NameEvidence]) -> list[NameEvidence]:
    """The letters before ``B`` are tagged as actual."""
    years = {
        place: (match["letter"].casefold(), int(match["year"]))
        for place, label in enumerate(labels)
        if (match := _LETTERED.fullmatch(label))
    }
    first = min((year for letter, year in years.values() if letter == "b"), default=0)
    return [
        replace(name, tags=name.tags | {"actual"}) if place in years and years[place][1] < first else name
        for place, name in enumerate(names)
    ]

"""Headers that are counted by letters: ``A. Staff``, ``B. Travel``, ``C.1 Equipment``, where no C is a code.

In: a row of headers. Out: the same, without the letters and figures that only count them.
"""

import re
from collections.abc import Sequence
from string import ascii_uppercase

_COUNTED = re.compile(r"\s*\(?(?P<letter>[A-Z])[.)](?:[0-9]{1,2}[.)]?)?\s+(?=[^\W\d_]{3})")
_SEVERAL = 3


def without_counting(headers: Sequence[str]) -> Sequence[str]:
    """The headers as they are where the letters are no row from A on, as in ``C. Coste`` alone."""
    found = [_COUNTED.match(header) for header in headers]
    letters = sorted({match["letter"] for match in found if match})
    if len(letters) < _SEVERAL or letters != list(ascii_uppercase[: len(letters)]):
        return headers
    return [header[match.end() :] if match else header for header, match in zip(headers, found, strict=True)]

"""The cell styles of an xlsx workbook tell which cells show a currency or a percentage.

In: ``styles.xml``. Out: the unit of each style that shows one.
"""

import re
import xml.etree.ElementTree as ET  # nosec B405  # entity declarations are refused before

from budget_sync.domain.vocabulary import currencies

_MAIN = "{*}"
_BUILT_IN_PERCENT = {"9": "%", "10": "%"}
_LOCALE_SYMBOL = re.compile(r"\[\$([^\]-]+)(?:-[0-9A-Fa-f]+)?\]")
_CONDITION = re.compile(r"\[[^\]$][^\]]*\]|\[\$-[^\]]*\]|_.|\*.")
_QUOTED = re.compile(r'"([^"]*)"')
_SYMBOL = re.compile(r"[€£¥₩₹₽₺₴₪฿₫₱₦$]")
_CODE = re.compile(r"\b[A-Z]{3}\b")
_PLACEHOLDER = re.compile(r"[0#?]")


def style_units(styles: bytes) -> dict[bytes, str]:
    """The unit (currency code or symbol, or ``%``) by the number of the cell style, as sheets refer to it."""
    if not styles:
        return {}
    try:
        root = ET.fromstring(styles)  # noqa: S314 # nosec B314  # entity declarations were refused before
    except ET.ParseError:
        return {}  # the parser of the workbook judges whether it can do without its styles
    formats = dict(_BUILT_IN_PERCENT)
    for number_format in root.iterfind(f"{_MAIN}numFmts/{_MAIN}numFmt"):
        if unit := unit_of_format(number_format.get("formatCode", "")):
            formats[number_format.get("numFmtId", "")] = unit
    return {
        str(number).encode(): formats[identity]
        for number, style in enumerate(root.iterfind(f"{_MAIN}cellXfs/{_MAIN}xf"))
        if (identity := style.get("numFmtId", "")) in formats
    }


def unit_of_format(code: str) -> str | None:
    """The unit that a format code shows beside a number: ``#,##0.00 [$€-407]`` gives ``€``, ``0%`` gives ``%``."""
    positive = _CONDITION.sub("", code.split(";", 1)[0])
    if not _PLACEHOLDER.search(_QUOTED.sub("", positive)):
        return None
    if named := _LOCALE_SYMBOL.search(positive):
        return named.group(1).strip() or None
    quoted = " ".join(_QUOTED.findall(positive)).strip()
    money = currencies()
    if quoted in money.symbols or quoted in money.shared:
        return quoted
    if symbol := _SYMBOL.search(positive):
        return symbol.group()
    if "%" in _QUOTED.sub("", positive):
        return "%"
    code_found = _CODE.search(quoted)
    return code_found.group() if code_found else None

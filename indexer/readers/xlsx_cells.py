"""Values of spreadsheet cells → the text that the sheet shows, with dates written as Japanese documents write them.

A cell of a sheet holds a number and a format; 45383 is 2024年4月1日, 26 may be shown as 平成26年度. What is not shown
(the year of a date shown as 4月1日) is left out.
"""

from __future__ import annotations

import datetime as dt
import re

from openpyxl.cell.read_only import EmptyCell, ReadOnlyCell
from openpyxl.utils.datetime import from_excel

# Formats that Japanese Excel stores by number alone (ECMA-376 part 1, 18.8.30) and openpyxl does not know.
_JAPANESE_FORMATS = {
    **dict.fromkeys((27, 36, 50, 57), "ge.m.d"),
    **dict.fromkeys((28, 29, 51, 54, 58), 'ggge"年"m"月"d"日"'),
    30: "m/d/yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"時"mm"分"',
    33: 'h"時"mm"分"ss"秒"',
    **dict.fromkeys((34, 52, 55), 'yyyy"年"m"月"'),
    **dict.fromkeys((35, 53, 56), 'm"月"d"日"'),
}
_GENERAL = "General"
# What a format is made of: text in quotes or behind a backslash, spaces, currencies, colours, places of digits, signs.
_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|_.|\*.|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[(?P<condition>[^\]]*)\]'
    r"|(?P<digits>General|[0#?][0#?,.]*)|(?P<sign>.)",
    re.DOTALL,
)


def write_cell(cell: ReadOnlyCell | EmptyCell, *, epoch: dt.datetime) -> str:
    """Write what a cell shows: text, number or date; nothing for an error and an empty cell.

    `epoch` is the day from which the workbook counts (in 1900, or in 1904 on old Macs).
    """
    value = cell.value
    if isinstance(cell, EmptyCell) or value is None or cell.data_type == "e":
        return ""
    code = _JAPANESE_FORMATS.get(cell.style_array.numFmtId, cell.number_format)
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, int | float):
        if not _shown_parts(code):
            return write_number(value, code)
        try:
            value = from_excel(value, epoch)
        except (OverflowError, ValueError):  # beyond the year 9999
            return write_number(value, _GENERAL)
    if isinstance(value, dt.date | dt.time):
        return write_date(value, code)
    return str(value)


def write_date(value: dt.date | dt.time, code: str) -> str:
    """Write the parts of a date or time that its format `code` shows; all of a date where that shows none."""
    shown = _shown_parts(code)
    clock = f"{value.hour}:{value.minute:02}" if isinstance(value, dt.datetime | dt.time) and shown & set("hs") else ""
    if isinstance(value, dt.time):
        return clock
    year, month, day = (bool(shown & set(letters)) for letters in ("yeg", "m", "d"))
    if clock and not (year or day):
        return clock  # m are minutes then
    if not shown:
        year = month = day = True
    if year and not (month or day):
        return f"{value.year}年度" if "年度" in code else f"{value.year}年"
    date = f"{value.year}年" * year + f"{value.month}月" + f"{value.day}日" * day
    return f"{date} {clock}" if clock not in ("", "0:00") else date


def write_number(value: float, code: str) -> str:
    """Write a number as its format `code` shows it: decimals, thousands, percent, the text before and behind it."""
    sections = code.split(";")
    chosen = 1 if value < 0 and len(sections) > 1 else 2 if value == 0 and len(sections) > 2 else 0
    tokens = list(_TOKEN.finditer(sections[chosen]))
    signs = {token["sign"] for token in tokens}
    places = [token["digits"] for token in tokens if token["digits"]]
    if len(places) > 1 or signs & set("@/E") or any(re.search("[<>=]", token["condition"] or "") for token in tokens):
        return _write_general(value)  # fractions, exponents, telephone numbers: rare, and readable as they are
    shown = abs(value) if chosen else value
    shown = shown * 100 if "%" in signs else shown
    text = ""
    for token in tokens:
        text += token["quoted"] or token["escaped"] or token["currency"] or token["sign"] or ""
        text += _write_digits(shown, token["digits"]) if token["digits"] else ""
    return " ".join(text.split())


def _shown_parts(code: str) -> set[str]:
    """Give the letters of a date's parts that a format shows, none for the format of a number or text."""
    tokens = list(_TOKEN.finditer(code.split(";")[0]))
    letters = {(token["sign"] or "").lower() for token in tokens} & set("ymdhsge")
    # Hundredths of a second (ss.0) are digits as well.
    return letters if "s" in letters or not any(token["digits"] for token in tokens) else set()


def _write_digits(value: float, places: str) -> str:
    if places == _GENERAL:
        return _write_general(value)
    whole, _, fraction = places.partition(".")
    bare = whole.rstrip(",")
    value /= 1000 ** (len(whole) - len(bare))  # a comma behind the digits counts in thousands
    text = f"{value:,.{len(fraction)}f}" if "," in bare else f"{value:0{bare.count('0')}.{len(fraction)}f}"
    optional = len(fraction) - fraction.count("0")
    return re.sub(rf"\.?0{{0,{optional}}}$", "", text) if optional else text


def _write_general(value: float) -> str:
    return str(int(value)) if value == int(value) and abs(value) < 1e15 else f"{value:.15g}"

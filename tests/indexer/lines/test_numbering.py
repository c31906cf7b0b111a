"""Numbers and marks before headings, in the spellings of official documents."""

from __future__ import annotations

import pytest

from indexer.lines.numbering import parse_number


@pytest.mark.parametrize(
    ("line", "style", "number", "rest"),
    [
        ("① 観光", "circled", 1, "観光"),
        ("- ㉑ 観光", "circled", 21, "観光"),
        ("❸ 観光", "circled", 3, "観光"),
        ("（１２）観光", "paren", 12, "観光"),
        ("⑵ 観光", "paren", 2, "観光"),
        ("1．観光", "dotted", 1, "観光"),
        ("２　観光", "bare", 2, "観光"),
        ("【3】観光", "bracket", 3, "観光"),
        ("【事例4】観光", "word", 4, "観光"),
        ("事業５　観光", "word", 5, "観光"),
        ("No.6 観光", "word", 6, "観光"),
        ("第7章 観光", "part", 7, "観光"),
        ("1-2 観光", "hyphen", None, "観光"),
        ("Ⅳ 観光", "roman", 4, "観光"),
        ("ア 観光", "kana", None, "観光"),
        ("### (8) 観光", "paren", 8, "観光"),
        ("■観光", "■", None, "観光"),
    ],
)
def test_numbers_are_told_by_style(line: str, style: str, number: int | None, rest: str) -> None:
    """Each spelling has its style, its value where it is a plain number, and the words behind it."""
    numbering = parse_number(line)
    assert numbering is not None
    assert (numbering.style, numbering.number, numbering.rest) == (style, number, rest)


@pytest.mark.parametrize(
    "line", ["", "①", "10人が参加", "2025年の取組", "事業2年目", "R7.8.18", "3.5倍", "- 観光", "アイヌ文化"]
)
def test_other_lines_have_no_number(line: str) -> None:
    """Dates, counts, decimals, list items and lone numbers head nothing."""
    assert parse_number(line) is None

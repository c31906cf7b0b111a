"""Automatic numbers as Word shows them."""

from __future__ import annotations

import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from indexer.readers.docx_numbering import BULLET, Numbering, write_number

LEVELS = """
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimalFullWidth"/><w:lvlText w:val="第%1章"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="(%2)"/></w:lvl>
<w:lvl w:ilvl="2"><w:start w:val="3"/><w:numFmt w:val="aiueoFullWidth"/><w:isLgl/><w:lvlText w:val="%1-%2-%3"/></w:lvl>
<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF06C;"/></w:lvl>
"""


def _make(numbers: str = '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>') -> Numbering:
    xml = f'<w:numbering {nsdecls("w")}><w:abstractNum w:abstractNumId="0">{LEVELS}</w:abstractNum>{numbers}</w:numbering>'
    return Numbering(parse_xml(xml))


def test_levels_count_and_begin_anew_below_the_next_higher() -> None:
    """A level goes on counting until one above it counts; numbers of the levels above are part of the text."""
    numbering = _make()
    shown = [numbering.count("5", level) for level in (0, 1, 1, 2, 2, 0, 1, 3)]
    assert shown == ["第１章", "(1)", "(2)", "1-2-3", "1-2-4", "第２章", "(1)", BULLET]


def test_lists_of_one_definition_share_a_count_unless_they_start_anew() -> None:
    """Word goes on counting in a second list of the same definition; a stated start begins it anew."""
    numbering = _make(
        '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="6"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="7"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="9"/></w:lvlOverride></w:num>'
    )
    assert [numbering.count(each, 0) for each in ("5", "6", "7", "7")] == ["第１章", "第２章", "第９章", "第１０章"]


def test_unknown_lists_number_nothing() -> None:
    """A reference to no list (0 switches numbering off) and a document without lists give no number."""
    assert _make().count("0", 0) is None
    assert Numbering(None).count("5", 0) is None


@pytest.mark.parametrize(
    ("style", "number", "text"),
    [
        ("decimal", 12, "12"),
        ("decimalZero", 3, "03"),
        ("decimalEnclosedCircle", 20, "⑳"),
        ("decimalEnclosedCircle", 21, "(21)"),
        ("aiueoFullWidth", 3, "ウ"),
        ("iroha", 4, "ニ"),
        ("japaneseCounting", 21, "二十一"),
        ("japaneseCounting", 10, "十"),
        ("upperRoman", 14, "XIV"),
        ("lowerLetter", 28, "bb"),
        ("none", 1, ""),
        ("chicago", 2, "2"),
    ],
)
def test_number_formats(style: str, number: int, text: str) -> None:
    """Formats that Japanese documents use are written as Word writes them, others in digits."""
    assert write_number(number, style) == text

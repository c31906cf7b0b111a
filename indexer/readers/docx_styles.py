"""Paragraph styles of a Word document: what a paragraph is by its own properties or those that its style hands down.

Word's built-in styles have English names in the file whatever the language of Word; other programs write 見出し 1.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml.ns import qn

_HEADING = re.compile(r"(?:heading|見出し|標題)\s*([1-9])(?!\d)", re.IGNORECASE)
_TITLE = re.compile("title|表題|タイトル", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:toc|目次)\s*(?:[1-9]|heading|の?見出し)|table of figures|図表目次", re.IGNORECASE)
_BODY_LEVEL = 9  # the outline level of text


@dataclass(frozen=True, slots=True)
class ParagraphKind:
    """What a paragraph is: level of the heading (0: text), list and level that number it, and two other properties."""

    heading: int
    list_id: str | None
    list_level: int
    contents: bool  # a line of the table of contents
    new_page: bool  # begins a page


class Styles:
    """The paragraph styles of one document."""

    def __init__(self, root: Any) -> None:
        """Read the styles part of a document."""
        styles = [style for style in root.findall(qn("w:style")) if style.get(qn("w:type")) == "paragraph"]
        self._styles = {style.get(qn("w:styleId")): style for style in styles}
        self._default = next((s.get(qn("w:styleId")) for s in styles if s.get(qn("w:default")) in ("1", "true")), None)

    def describe(self, paragraph: Any) -> ParagraphKind:
        """Tell what a paragraph is; what it says of itself holds before what its style says, and that style's base."""
        own = paragraph.find(qn("w:pPr"))
        chain = list(self._chain(_read(own, "w:pStyle") or self._default))
        properties = [each for each in (own, *(style.find(qn("w:pPr")) for style in chain)) if each is not None]
        names = [unicodedata.normalize("NFKC", _read(style, "w:name") or "") for style in chain]
        numbered = [each.find(qn("w:numPr")) for each in properties]
        numbered = [each for each in numbered if each is not None]
        breaks = (each.find(qn("w:pageBreakBefore")) for each in properties)
        return ParagraphKind(
            heading=_find_heading(properties, names),
            list_id=next((_read(each, "w:numId") for each in numbered if _read(each, "w:numId")), None),
            list_level=int(next((_read(each, "w:ilvl") for each in numbered if _read(each, "w:ilvl")), None) or 0),
            contents=any(map(_CONTENTS.fullmatch, names)),
            new_page=_is_on(next((each for each in breaks if each is not None), None)),
        )

    def _chain(self, style_id: str | None) -> Iterator[Any]:
        seen: set[str] = set()
        while style_id and style_id in self._styles and style_id not in seen:
            seen.add(style_id)
            yield self._styles[style_id]
            style_id = _read(self._styles[style_id], "w:basedOn")


def is_hidden(run: Any) -> bool:
    """Whether a run of text is formatted as hidden."""
    properties = run.find(qn("w:rPr"))
    return properties is not None and _is_on(properties.find(qn("w:vanish")))


def _find_heading(properties: list[Any], names: list[str]) -> int:
    """Find the heading level, 1-6: an outline level set here or in a style, else the name of a style."""
    levels = (_read(each, "w:outlineLvl") for each in properties)
    level = next((int(level) for level in levels if level), None)
    if level is None:
        named = next(filter(None, map(_HEADING.match, names)), None)
        level = int(named.group(1)) - 1 if named else 0 if any(map(_TITLE.fullmatch, names)) else _BODY_LEVEL
    return min(level + 1, 6) if level < _BODY_LEVEL else 0


def _read(parent: Any, name: str) -> str | None:
    child = None if parent is None else parent.find(qn(name))
    return None if child is None else child.get(qn("w:val"))


def _is_on(element: Any) -> bool:
    return element is not None and element.get(qn("w:val"), "1") not in ("0", "false", "off")

"""Titles for entries that the document gives none: a text in, its first words out."""

from __future__ import annotations

import re

from indexer.lines.headings import clean_text, strip_bullet

_LONGEST = 40
_ENOUGH = 25  # a title this long says what it is about; a shorter clause is taken further
_OPENING, _CLOSING = "「『（(【［[〈《", "」』）)】］]〉》"
_SHORTEST = 10
# A noun ends where a particle follows what is not hiragana.
_NOUN_END = re.compile(r"(?<=[^ぁ-ん\s、。，・])(?=[をにはがでとのやへも])")


def title_from_text(text: str) -> str:
    """Make a title of at most 40 characters from the beginning of a text (its first line; empty for an empty one).

    The first sentence where it is short enough, else as many of its clauses as fit, else up to the end of a noun; only
    where there is none does it end inside a word or a bracket.
    """
    sentence = _first_sentence(text)
    if len(sentence) <= _LONGEST:
        return sentence
    outside = _places_outside_brackets(sentence)
    clauses = [place for place in outside if sentence[place] in "、，,：:"]
    if clauses and clauses[-1] >= _ENOUGH:
        return sentence[: clauses[-1]]
    nouns = {match.start() for match in _NOUN_END.finditer(sentence)}
    ends = [place for place in outside if place in nouns or sentence[place] in "＝=" + _OPENING]
    return sentence[: max((end for end in (*clauses, *ends) if end >= _SHORTEST), default=_LONGEST)].rstrip("、，, ・")


def _first_sentence(text: str) -> str:
    lines = [strip_bullet(clean_text(line)) for line in text.split("\n")]
    line = next((line for line in lines if line), "")
    line = line.lstrip("。．") or line  # the end of a sentence that a converter cut off
    depth = 0
    for place, character in enumerate(line):
        depth += (character in _OPENING) - (character in _CLOSING)
        if character in "。．" and depth <= 0:
            return line[:place]
    return line


def _places_outside_brackets(text: str) -> list[int]:
    """Give the places up to the longest title's end where the text may be cut without leaving a bracket open."""
    places: list[int] = []
    depth = 0
    for place, character in enumerate(text[: _LONGEST + 1]):
        if depth <= 0 and place:
            places.append(place)
        depth += (character in _OPENING) - (character in _CLOSING)
    return places

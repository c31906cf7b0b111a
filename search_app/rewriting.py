"""Rewriting: what was typed, with one word changed at its place. All else stays as it was typed.

The results are what chips and other ways on link to: a search is its text, so that a link is too.
"""

from __future__ import annotations

import re

from search_app.query import LITERALLY, Word

# OR is written with its words: it goes with the one that is taken away.
_OR_BEHIND = re.compile(r"(?:\s*(?:[OoＯｏ][RrＲｒ])(?=[\s\"]|$))+")
_OR_BEFORE = re.compile(r"(?:(?:^|(?<=[\s\"]))(?:[OoＯｏ][RrＲｒ])\s*)+$")
_LITERALLY = "~～〜∼"  # what folding makes `LITERALLY` of
_ALONE = re.compile(rf"^\s*[{_LITERALLY}](?=\s|$)|(?<=\s)[{_LITERALLY}]\s*$")


def remove_word(q: str, word: Word) -> str:
    """Take one word of `q` away."""
    before, behind = q[: word.start], q[word.end :]
    following = _OR_BEHIND.match(behind)
    if following:
        behind = behind[following.end() :]
    else:
        before = _OR_BEFORE.sub("", before)
    return _join(before, "", behind)


def replace_word(q: str, word: Word, text: str) -> str:
    """Put another text in the place of one word of `q`."""
    return _join(q[: word.start], text, q[word.end :])


def make_literal(q: str, word: Word) -> str:
    """Say of one word of `q` that no other words are wanted for it."""
    return replace_word(q, word, q[word.start : word.end] + LITERALLY)


def make_wide(q: str, word: Word) -> str:
    """Want other words for one word of `q` again."""
    return replace_word(q, word, q[word.start : word.end].strip(_LITERALLY))


def make_all_literal(q: str) -> str:
    """Say that no other words are wanted for any word. In front: at the end an open quotation would take the sign in."""
    return f"{LITERALLY} {q}"


def make_all_wide(q: str) -> str:
    """Want other words again."""
    return _ALONE.sub("", q).strip()


def _join(before: str, text: str, behind: str) -> str:
    """Join the parts with white space between them: what was typed in one piece must not be read as one word now."""
    return " ".join(part for part in (before.strip(), text, behind.strip()) if part)

"""The signs that begin an item of a list in official documents: what layouts cut at and the entry page lists by."""

from __future__ import annotations

import re

BULLETS = "・●○◎■□◆◇▶▷►▼▽▲△⇒→➤➢※*＊•●‣∙"
_LIST_MARK = re.compile(r"\s*(?:[・•‣∙※＊*]|[-‐–—]\s)")


def is_listed(text: str) -> bool:
    """Whether a line begins with a sign that items of lists alone wear; ○ or ■ may head a unit just as well."""
    return _LIST_MARK.match(text) is not None

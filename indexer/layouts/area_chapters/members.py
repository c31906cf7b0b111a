"""Members behind a title: 「○○事業(高・さ・東)」 in, the title alone and the municipalities' names out.

A chapter abbreviates its members to their first characters; its profile names them in full.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.places import find_area, find_municipalities, is_municipality

_LIST = re.compile(r"\s*[(（\[［〔]([^()（）\[\]［］〔〕]+)[)）\]］〕]$")
_NAME = "[々-〇ぁ-ヶー一-鿿]{1,7}?"
_CENTRE = re.compile(
    rf"(?:中枢都市|中心市)(?:である|となる|[でにのとは、:：】\s])*({_NAME}市)|({_NAME}市)[がを]「?(?:連携中枢都市|中心市)(?:宣言|とし|に)"
)


def abbreviates(titles: Sequence[str]) -> bool:
    """Tell whether a chapter's titles end in lists of members as a rule: (綾) is one then, and (高・さ) where no member is known."""
    return sum(len(_signs(title)) > 1 for title in titles) > 1


def split_members(title: str, *, area: str, context: str, usual: bool) -> tuple[str, str | None]:
    """Take a list of members off the end of a title and give their names, joined by 、, the central city first.

    `context` is the text that names the members of `area`; a sign that none or several of them begin with is left out.
    The names are None where there is no list, or none of it is known; `usual` as `abbreviates` tells of the chapter.
    """
    signs = _signs(title)
    members = _members(area, context) if signs else []
    named = [_resolve(sign, members) for sign in signs]
    if len(signs) > 1 and usual and not members:
        return _LIST.sub("", title), None
    if not any(named) or (len(signs) == 1 and not usual):
        return title, None
    partners = dict.fromkeys(name for name in (_centre(area, members, context), *named) if name)
    return _LIST.sub("", title), "、".join(partners)


def _signs(title: str) -> list[str]:
    """Give the members listed behind a title, as they stand there; none where the bracket says anything else."""
    found = _LIST.search(title)
    signs = re.split(r"[・、,，/／\s]+", found.group(1).strip()) if found else []
    return signs if all(len(sign) <= 2 or is_municipality(sign) for sign in signs) else []


def _resolve(sign: str, members: Sequence[str]) -> str | None:
    fitting = [member for member in members if member.startswith(sign)]
    if len(fitting) == 1:
        return fitting[0]
    return sign if is_municipality(sign) else None


def _members(area: str, context: str) -> list[str]:
    """Name the members: those that the text names, else those that are known."""
    named = [mention.candidates[0].name for mention in find_municipalities(context)]
    known = find_area(area)
    return list(dict.fromkeys([*named, *(place.name for place in (known.members if known else ()))]))


def _centre(area: str, members: Sequence[str], context: str) -> str | None:
    """Name the central city: the member that the area is called after, else the one that the text calls so."""
    namesakes = [member for member in members if member.endswith("市") and member[:-1] in area]
    called = _CENTRE.search(context)
    return namesakes[0] if namesakes else (called.group(1) or called.group(2)) if called else None

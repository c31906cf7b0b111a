"""Agreements: the year in which the cooperation of an area was agreed.

Text in, a `YearMention` or None out. Several agreements may be told of (a first one, those with municipalities that
joined later, one of an older scheme): the best evidence counts, and of equals the earliest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.acts import AREA_ACTS, find_act, find_name, is_hoped_for, quote_name
from indexer.clauses import Clause, cut_clauses
from indexer.normalize import fold_with_offsets
from indexer.years import YearMention, state_year

# What makes an area, the best evidence first: the name of what is made, and the acts that make it.
_MADE = "締結|調印|結|取り交わ|署名"
_AREAS = tuple(
    (re.compile(rf"(?:{name})[」』]?(?:の?\s*$|(?=[をはがへも、,(\s]|に(?![基係向関])))"), re.compile(acts))
    for name, acts in (
        ("協約書?", _MADE),
        ("都市圏域?|(?<!自立)広域圏", "形成|移行|スタート|発足|誕生|始動"),
        ("圏形成", "方針"),
        ("定住自立圏|(?:圏|連携|形成)[^、。]{0,14}協定書?", f"{_MADE}|形成"),
        ("協定書?", _MADE),
    )
)
_LATER = re.compile(r"(?<!も)とも(?!に)|新たに|残[りる]|後[、に]|その後")
_DISSOLVED = re.compile("解散|廃止|解消")
_COLUMN = re.compile(r"締結(?:年月)?日")  # the head of a table's column: the dates follow, rows apart

# How good the evidence is (0: best), and where the words that say so begin and end.
Evidence = tuple[int, int, int]


def find_agreement_year(text: str) -> YearMention | None:
    """Find when the cooperation of an area was agreed: the first 連携協約, else the area's 形成, else another 協定.

    An agreement with those who joined later counts only where there is no other. `year` is the calendar year
    (平成27年度末 → 2016), and the mention spans the words that state it.
    """
    folded = fold_with_offsets(text)
    clauses = cut_clauses(folded.text)
    found = [(*evidence, clause.hit) for clause in clauses for evidence in _read_agreement(clause)]
    if found:
        _, start, end, hit = min(found, key=lambda each: (each[0], each[3].calendar_year))
        return state_year(text, folded, hit, start, end)
    column = _COLUMN.search(folded.text)
    for clause in clauses:
        if column and clause.hit.start >= column.end():
            named = find_name(clause)
            span = quote_name(clause, named) if named else (clause.hit.start, clause.hit.end)
            return state_year(text, folded, clause.hit, *span)
    return None


def _read_agreement(clause: Clause) -> Iterator[Evidence]:
    """Give the evidence that the clause's year is that of an agreement."""
    end = clause.hit.end
    act, named = find_act(clause, AREA_ACTS), find_name(clause)
    if act and act["begin"]:
        said = _grade(clause.before, clause.after[: act.start()], act.group())
        if said is not None and not is_hoped_for(clause.after[act.end() :]):
            yield said, clause.quote, end + act.end()
    elif act and _DISSOLVED.match(act.group()):
        # What is dissolved makes room for something new, in the same sentence or the next.
        rest = f"{clause.after[: clause.room]}。{clause.following}"
        begun = AREA_ACTS.search(rest, act.end())
        said = _grade("", rest[act.end() : begun.start()], begun.group()) if begun else None
        if begun and said is not None:
            yield said, clause.quote, end + begun.end()
    if named:
        said = _grade(clause.before[: named.start()], "", named.group())
        if said is not None and not is_hoped_for(clause.after):
            yield said, *quote_name(clause, named)


def _grade(before: str, between: str, act: str) -> int | None:
    """Grade what an act makes, which its clause names in any place since the act before; None: nothing of interest."""
    own = max((match.end() for match in AREA_ACTS.finditer(before)), default=0)
    clause = before[own:] + between
    for grade, (name, acts) in enumerate(_AREAS):
        named = [match.start() for match in name.finditer(clause)] if acts.search(act) else []
        if named:
            return len(_AREAS) if _LATER.search(clause, 0, named[-1]) else grade
    return None

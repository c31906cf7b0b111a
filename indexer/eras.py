"""Beginnings: which of the years in a text is the one in which an initiative began.

Text in, a `YearMention` or None out. A year is only a number; that something *began* then is said by the act that the
year dates (`acts`), in whatever order its clause has them (`clauses`). Words that hang on the act take the beginning
back: it is planned, cited, the state's, or an addition to what went on before.
"""

from __future__ import annotations

import re

from indexer.acts import DOING, ends_as_plan, find_act, find_name, is_hoped_for, quote_name
from indexer.agreements import find_agreement_year
from indexer.clauses import Clause, cut_clauses
from indexer.normalize import fold_with_offsets
from indexer.years import YearMention, find_years, state_year

__all__ = ["YearMention", "find_agreement_year", "find_start", "find_years"]

# A year from which something goes on, unless it went on until another, or is only hoped for.
_ONWARD = re.compile(r"(?:頃|ごろ)?\s*(?:(?:から|より|以降|以来)(?!の)|~(?!\s?(?:[0-9HRSM]|平成|令和|昭和)))")
_UNTIL = re.compile(r"[^。、]{0,24}?(?:[年月日度]\S{0,3}まで|にかけて)|\s?[0-9]+\s?[年かカケ箇]")
_HOPED = re.compile(r"(?:予定|見込|目指|めざ|検討(?:を|す|し|中)|計画(?:し|中))")
_CLAUSE_END = re.compile("[いきしちにりみえけせてめれで]、")
_CLAUSES = 2  # an act further away than this many clauses is dated by something else
# Additions to what was told before: 私立でも, 夜間も; but not どの市でも, nor a widening to the whole area.
_ALSO = re.compile(r"(?:(?<![最何誰])[一-鿿々ァ-ヶー」)]|[一-鿿々ァ-ヶー」)](?:で|に|へ|から))も(?![のうとっらち])")
_FOR_ALL = re.compile(
    "(?:どの|いずれ|どこ|いつ|だれ|誰|何)[^、。]{0,12}も|られ|でき|可能|れる|使え|よう[にな]|加わ|参加"
)
_PREDICATE = 11  # characters behind も that are still its predicate
_WIDENED = re.compile(r"(?:拡[大充張]|延長|変更|改称|リニューアル|移行|追加)(?=[しさ。、]|$)|広げ|引き?[上下]げ")
_TOGETHER = re.compile(r"相互|共同|広域|共通|合同|連携|圏域|全域|構成市町|関係市町|両市|市町村")
_ACTIVITY = re.compile("開始|スタート|導入|始")
_THING = re.compile(r"([^、。はがにでをの\s]+?)[」』]?[をはがの]?、?$")
# What is only cited: rules and plans, bodies and agreements made use of, places; and what the state does.
_CITED = re.compile(
    r"(?:条例|(?<![方手療])法|計画|ビジョン|要綱|方針|構想|戦略|国の[^、。]{0,12}(?:制度|事業))[」』]?\s*[をにの]"
    r"|(?:協議会|連絡会|委員会|懇談会|会議|期成会|連盟|機構|協会|協定|協約|館|大学)書?[」』]?\s*"
    r"(?:の場|を通|に基づ|に参|に加|と連携|と協|を母体|を踏まえ|[をも]活用)"
    r"|(?:空港|港|駅|線|路線|鉄道|新幹線|道路|大学)[」』]?(?:の|周辺|沿線|から|を活用)"
)
_RELATIVE = re.compile(r"(?:(?:し|さ[れせ])?た|の)([^。、]{1,60})")
_PERIOD_OF = re.compile(r"(?:第[0-9]+期|ビジョン|計画|戦略|構想)[」』]?$")
_STATE = re.compile(r"(?:(?<![一-鿿])国|[一-鿿]{1,4}省|政府|内閣府|法律?)(?:が|により|によって|において)")


def find_start(text: str) -> YearMention | None:
    """Find when the initiative that `text` tells of began; None when the text does not say that it did.

    `year` is the calendar year (平成27年度末 → 2016), and the mention spans the words that state it. A mark or label
    (【開始時期:…】, H10開始 in brackets) comes before a clause, else the first in the text.
    """
    folded = fold_with_offsets(text)
    for clause in sorted(cut_clauses(folded.text), key=lambda clause: not _is_marked(clause)):
        span = _read_start(clause)
        if span is not None:
            return state_year(text, folded, clause.hit, *span)
    return None


def _is_marked(clause: Clause) -> bool:
    """Whether the year stands in a bracket or behind a label."""
    named = find_name(clause)
    return clause.inside > 0 or bool(named and named["label"])


def _read_start(clause: Clause) -> tuple[int, int] | None:
    """Find the words that say that something began in the clause's year."""
    act = find_act(clause)
    if act and act["begin"] and not _is_taken_back(clause, act):
        return clause.quote, clause.hit.end + act.end()
    named = find_name(clause)
    if named and not is_hoped_for(clause.after):
        added = _is_new_thing(named.group(), clause.told, clause.before[: named.start()])
        if named["label"] or not (act or added):
            return quote_name(clause, named)
    return _read_onward(clause)


def _read_onward(clause: Clause) -> tuple[int, int] | None:
    """Find the words that say what goes on since the clause's year, to the end of the sentence."""
    onward = _ONWARD.match(clause.after)
    if onward is None or _PERIOD_OF.search(clause.host) or _is_addition(clause.phrase, 0):
        return None
    rest = clause.after[onward.end() :]
    widened = _WIDENED.search(rest)
    if widened and not _TOGETHER.search(rest[: widened.start()]):
        return None
    hoped = _HOPED.search(_CLAUSE_END.split(rest)[0]) or ends_as_plan(rest)
    if hoped or _UNTIL.match(rest) or any(_is_addition(phrase, _PREDICATE) for phrase in rest.split("、")):
        return None
    return clause.quote, clause.hit.end + len(clause.after.rstrip(" 、,\n"))


def _is_taken_back(clause: Clause, act: re.Match[str]) -> bool:
    """Whether the clause says that what began is planned, cited, the state's, an addition, or not of its year."""
    between, tail = clause.after[: act.start()], clause.after[act.end() :]
    phrase = between.rpartition("、")[2]
    return bool(
        is_hoped_for(tail)
        or _is_cited(clause, tail)
        or _STATE.search(clause.phrase + between)
        or _is_addition(clause.phrase, 0)
        or _is_addition(phrase, 0)
        or len(_CLAUSE_END.findall(between)) > _CLAUSES
        or _is_new_thing(act.group(), clause.told, phrase, clause.phrase)
    )


def _is_cited(clause: Clause, tail: str) -> bool:
    """Whether what began is a rule, body or place of which the sentence only makes use."""
    relative = _RELATIVE.match(tail)
    host = clause.host[-_PREDICATE:]
    cited = _CITED.search(host + clause.outside[1:])
    return bool(
        (relative and _CITED.search(relative[1])) or (host and cited and cited.start() < len(host) < cited.end())
    )


def _is_addition(phrase: str, room: int) -> bool:
    """Whether a phrase ends with something that comes in addition (私立保育園でも, 夜間も), `room` for its predicate."""
    words = phrase.rstrip("、, ")
    also = [match.end() for match in _ALSO.finditer(words)]
    return bool(also) and len(words) - also[-1] <= room and not _FOR_ALL.search(words)


def _is_new_thing(act: str, told: str, *phrases: str) -> bool:
    """Whether a later sentence begins something that the text has not named (…を相互に貸し出す。…に電子図書館を開始).

    It stands at the end of the first of `phrases` that ends with a thing.
    """
    if "。" not in told.rpartition("\n")[2] or not _ACTIVITY.match(act):
        return False
    thing = next((match[1] for match in map(_THING.search, phrases) if match), "")
    return not (thing in told or re.search(f"(?:{DOING})$", thing) or _TOGETHER.search(thing))

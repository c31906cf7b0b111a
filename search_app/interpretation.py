"""Interpretation: the sentence that says how a query was understood."""

from __future__ import annotations

from collections.abc import Sequence

from search_app.meaning import Meaning, MeantWord
from search_app.times import TimeAsked
from search_app.whereabouts import PlaceAsked

_NAMED = 3


def interpret(meaning: Meaning, *, typed: bool = False, found: bool = True, narrowed: bool = False) -> str:
    """Say in a sentence how the query was understood.

    `typed` tells that something was typed, words or not; `found` that there are hits, `narrowed` that filters are chosen.
    """
    if not meaning.groups:
        unsearchable = typed and not meaning.excluded
        said = "入力した文字では探せないため、" if unsearchable else "言葉を入れずに、"
        said += "条件に合う取組を" if narrowed or meaning.excluded else "すべての取組を"
        said += "表示しています。"
    else:
        replaced = [meant for meant in meaning.words if meant.is_replaced]
        said = "と".join(_describe(group) for group in meaning.groups)
        said += "に関わる取組を" if found and replaced else "を含む取組を"
        said += "表示しています。" if found else "探しました。"
        if found and replaced:
            named = dict.fromkeys(f"「{meant.word.text}」" for meant in replaced)
            said += "、".join(named) + "そのものはどの取組にも出てこないため、" + _ways(replaced) + "で探しています。"
        if found and len(meaning.groups) > 1:
            said += "すべてを含むもののほか、一部だけを含むものも表示しています。"
        if found and not replaced and any(_is_compound(meant) for meant in meaning.words):
            said += "長い語は、一部だけ合うものも表示しています。"
    if meaning.literal:
        said += "言い換えは使っていません。"
    if meaning.cut:
        said += "入力が長いため、途中までの言葉で探しています。"
    if meaning.excluded:
        said += "除いた語: " + "、".join(f"「{word.text}」" for word in meaning.excluded) + "。"
    return said


def _ways(replaced: Sequence[MeantWord]) -> str:
    """Name what is looked for in the place of words that stand nowhere."""
    ways = ["言い換え", "関連する語"] if any(meant.expansions for meant in replaced) else []
    ways += ["言葉の一部"] if any(map(_is_compound, replaced)) or not ways else []
    return "、".join(ways)


def _is_compound(meant: MeantWord) -> bool:
    word = meant.word
    return len(word.content) > 1 and not (word.quoted or word.time or word.place)


def _describe(group: Sequence[MeantWord]) -> str:
    return "または".join(f"「{meant.word.text}」{_remark(meant)}" for meant in group)


def _remark(meant: MeantWord) -> str:
    word = meant.word
    if word.quoted:
        return "（この並びのまま）"
    told = ""
    if word.time:
        told = describe_time(word.time)
    elif word.place:
        told = _describe_place(word.place)
    elif meant.readings:
        told = "「" + "」「".join("".join(terms) for terms in meant.readings[:_NAMED]) + "」の読み"
    return f"（{told}）" if told and told != word.text else ""


def describe_time(asked: TimeAsked) -> str:
    """Say which years are meant, and whether a beginning in them: 2024年度, 2020年から2023年までに開始."""
    unit = "年度" if asked.fiscal and not asked.about_start else "年"
    if asked.first == asked.last:
        said = f"{asked.first}{unit}"
    else:
        said = (f"{asked.first}{unit}から" if asked.first else "") + (f"{asked.last}{unit}まで" if asked.last else "")
    if not asked.about_start:
        return said
    return f"{said}に開始" if asked.last else f"{asked.first}{unit}以後に開始"


def _describe_place(asked: PlaceAsked) -> str:
    names = [place.name for place in asked.candidates]
    rest = f"ほか{len(names) - _NAMED}" if len(names) > _NAMED else ""
    return "・".join(names[:_NAMED]) + rest

"""Interpretation: the sentence that says how a query was understood."""

from __future__ import annotations

from collections.abc import Sequence

from search_app.meaning import Meaning, MeantWord


def interpret(meaning: Meaning, *, typed: bool = False) -> str:
    """Say in a sentence how the query was understood; `typed` tells that something was typed, words or not."""
    if not meaning.groups:
        unsearchable = typed and not meaning.excluded
        said = "入力した文字では探せないため、" if unsearchable else "言葉を入れずに、"
        said += "すべての取組を表示しています。"
    else:
        said = "と".join(_describe(group) for group in meaning.groups) + "を含む取組を表示しています。"
        if len(meaning.groups) > 1:
            said += "すべてを含むものを先に、一部だけ含むものを後に並べています。"
        if any(len(meant.word.content) > 1 and not meant.word.quoted for meant in meaning.words):
            said += "長い語は、そのままの形を先に、一部だけ合うものを後に並べています。"
    if meaning.cut:
        said += "入力が長いため、途中までの言葉で探しています。"
    if meaning.excluded:
        said += "除いた語: " + "、".join(f"「{word.text}」" for word in meaning.excluded) + "。"
    return said


def _describe(group: Sequence[MeantWord]) -> str:
    return "または".join(
        f"「{meant.word.text}」" + ("（この並びのまま）" if meant.word.quoted else "") for meant in group
    )

"""What the search page says of the words: how each was understood, why a hit is there, what helps on.

An Understanding, an Explanation or a Help in, views out in which every text is written and every link made, as in `pages`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from search_app import wording
from search_app.facets import FACETS
from search_app.help import Change, Doubt, Help, Way
from search_app.links import Links
from search_app.reasons import Explanation, How, Reason
from search_app.understanding import OtherWords, Understanding, Widened

SHOWN_WORDS = 4  # of other words before 「ほか」
_SHOWN_REASONS = 4  # of one kind, for one word
_FACET_LABELS = {facet.name: facet.label for facet in FACETS} | {"kind": "種別", "municipality": "市町村"}
_FIELD_LABELS = {
    "title": "題名",
    "body": "本文",
    "place": "地名",
    "start": "開始年",
    "told_year": "本文の年",
    "year": "資料の年度",
    "region": "地域",
    "municipality": "参加する市町村",
    "member": "圏域の市町村",
}
_RELATIONS: dict[str, str] = {"synonym": "言い換え", "related": "関連する語", "reading": "読み"}
# What is only related is looked for where the word and other words for it find little: that must be said.
_BEHIND = _RELATIONS | {"related": "事例が少ないときに探す関連する語"}
_HEADS = {"synonym": "「{}」→", "related": "事例が少ないときは、「{}」に関連する", "reading": "「{}」の読みから"}
_CHANGES: dict[Change, str] = {
    "without_filters": "絞り込みをすべて外す",
    "without_filter": "「{about}」の絞り込みを外す",
    "without_excluded": "「{about}」を含むものも探す",
    "unquoted": "「{about}」を、語の並びにこだわらずに探す",
    "widened": "言い換えも使って探す",
    "broader": "広く「{about}」で探す",
    "without_word": "「{about}」を外して探す",
}


@dataclass(frozen=True, slots=True)
class Chip:
    """A text with a link, and what a link with too little text of its own says to those who hear it."""

    label: str
    url: str
    heard: str = ""


@dataclass(frozen=True, slots=True)
class OtherWordsView:
    """What else is looked for: `shown` is in sight, `more` behind `more_label` (both "" where that is all)."""

    shown: str
    more_label: str
    more: str


@dataclass(frozen=True, slots=True)
class WidenedView:
    """The other words for one typed word, and the link that does without them."""

    others: tuple[OtherWordsView, ...]
    off: Chip | None


@dataclass(frozen=True, slots=True)
class UnderstoodView:
    """What stands below the sentence of the interpretation; empty tuples where there is nothing to say."""

    asked: tuple[tuple[str, tuple[Chip, ...]], ...]
    widened: tuple[WidenedView, ...]
    kept: tuple[tuple[str, Chip], ...]
    switch: Chip | None
    narrowings: tuple[Chip, ...]


@dataclass(frozen=True, slots=True)
class WhyView:
    """Why a hit is there, in lines, and what it does not have ("" where it has every word)."""

    missing: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HelpView:
    """What helps on: words in doubt, other searches, the first hits of the nearest of these with a note each."""

    doubts: tuple[tuple[str, tuple[Chip, ...]], ...]
    ways: tuple[Chip, ...]
    nearest: tuple[tuple[Chip, str], ...]


def build_understood(understanding: Understanding, links: Links) -> UnderstoodView:
    """Say how the words were understood, with the links that answer."""
    switch = None
    if understanding.switched and (understanding.literal or len(understanding.widened) > 1):
        label = "言い換えを使う" if understanding.literal else "言い換えをすべて使わない"
        switch = Chip(label, links.search(understanding.switched))
    return UnderstoodView(
        asked=tuple(
            (
                f"「{same.word}」という名前の市町村は{len(same.towns)}つあります。{'どちら' if len(same.towns) == 2 else 'どれ'}ですか。",
                tuple(Chip(name, links.search(params)) for name, params in same.towns),
            )
            for same in understanding.namesakes
        ),
        widened=tuple(_widened(each, links) for each in understanding.widened),
        kept=tuple(
            (
                f"「{word}」は、言い換えを使わずに探しています。",
                Chip("言い換えを使う", links.search(params), f"「{word}」の"),
            )
            for word, params in understanding.kept
        ),
        switch=switch,
        narrowings=tuple(
            Chip(f"「{each.word}」を{_FACET_LABELS[each.facet]}で絞り込む", links.search(each.params))
            for each in understanding.narrowings
        ),
    )


def _widened(widened: Widened, links: Links) -> WidenedView:
    off = None
    if widened.without:
        reading = all(others.how == "reading" for others in widened.others)
        label = "読みで探さない" if reading else "この言い換えを使わない"
        off = Chip(label, links.search(widened.without), f"「{widened.word}」: ")
    by_text = groupby(widened.others, key=lambda others: others.text)
    return WidenedView(tuple(_other_words(tuple(same)) for _, same in by_text), off)


def _other_words(others: Sequence[OtherWords]) -> OtherWordsView:
    """Say what is looked for beside one text: what means the same in sight, what is only related where that is all."""
    first, *rest = others
    shown, more = first.alternatives[:SHOWN_WORDS], first.alternatives[SHOWN_WORDS:]
    count = len(more) + sum(len(each.alternatives) for each in rest)
    behind = [_quote(more), *(f"{_BEHIND[each.how]}: {_quote(each.alternatives)}" for each in rest)]
    return OtherWordsView(
        shown=_HEADS[first.how].format(first.text) + _quote(shown),
        more_label=f"ほか{count}語" if count else "",
        more=" ".join(filter(None, behind)),
    )


def _quote(words: Iterable[str]) -> str:
    return "".join(f"「{word}」" for word in words)


def explain_hit(explanation: Explanation) -> WhyView:
    """Say why an entry is a hit, a line for each word and way in which it is met."""
    lines: list[str] = []
    for (word, how), reasons in groupby(explanation.reasons, key=lambda reason: (reason.word, reason.how)):
        lines += _lines(word, how, tuple(reasons))
    return WhyView(f"{_quote(explanation.missing)}は含みません" if explanation.missing else "", tuple(lines))


def _lines(word: str, how: How, reasons: tuple[Reason, ...]) -> Iterator[str]:
    """Say how one word is met: what stands in the same fields is said at once."""
    by_fields: dict[tuple[str, ...], list[str]] = {}
    for reason in reasons:
        by_fields.setdefault(reason.fields, []).append(reason.by)
    for fields, met in by_fields.items():
        where = "・".join(_FIELD_LABELS.get(name, name) for name in fields)
        rest = f"ほか{len(met) - _SHOWN_REASONS}" if len(met) > _SHOWN_REASONS else ""
        shown = _quote(met[:_SHOWN_REASONS]) + rest
        if how == "whole":
            yield f"「{word}」が{where}に"
        elif how == "part":
            yield f"「{word}」のうち{shown}が{where}に"
        elif how == "time":
            yield f"「{word}」は{where}（{'、'.join(f'{year}年' for year in met[:_SHOWN_REASONS])}{rest}）に当たる"
        elif how == "place":
            yield f"「{word}」は{where}（{'、'.join(met[:_SHOWN_REASONS])}{rest}）に当たる"
        else:
            yield f"「{word}」は{shown}（{_RELATIONS[how]}）として{where}に"


def build_help(help_found: Help, links: Links) -> HelpView:
    """Say what helps on, with the links to it."""
    return HelpView(
        doubts=tuple(_doubt(doubt, links) for doubt in help_found.doubts),
        ways=tuple(_way(way, links) for way in help_found.ways),
        nearest=tuple(
            (Chip(entry.title, links.entry(entry.id)), "・".join(wording.where_and_when(entry)))
            for entry in help_found.nearest
        ),
    )


def _doubt(doubt: Doubt, links: Links) -> tuple[str, tuple[Chip, ...]]:
    said = "を含む取組はありません。" if doubt.lost else "をそのまま含む取組はありません。"
    corrections = tuple(
        Chip(f"{correction.text}（{wording.number(correction.entries)}件）", links.search(params))
        for correction, params in doubt.corrections
    )
    return f"「{doubt.word}」{said}", corrections


def _way(way: Way, links: Links) -> Chip:
    about = _FACET_LABELS[way.about] if way.change == "without_filter" else way.about  # type: ignore[index]
    label = _CHANGES[way.change].format(about=about)
    return Chip(f"{label}（{wording.number(way.total)}件）", links.search(way.params))

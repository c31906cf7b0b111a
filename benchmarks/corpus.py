"""The corpus of the benchmark: entries made of the words and sentences of the shipped one, by a fixed seed.

Everything is drawn Zipf-like, so that there are few common and many rare terms, regions, categories and years. Made-up
names and figures let the vocabulary grow with the corpus, as it does in documents. Entry n is the same in every corpus
that is long enough, whatever is made before it, so that parts can be made in any process.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from random import Random
from typing import TypeVar

from indexer.build import extract_entries
from indexer.records import Entry, Pillar, Source
from indexer.tokens import tokenize

SEED = 20251121
SHIPPED = Path(__file__).parents[1] / "corpus"
_SENTENCE_END = re.compile(r"(?<=。)|\n")
_MARKS = re.compile(r"^[・●○■◆\s\d.()（）【】]+|[。\s]+$")
_SHORTEST_CLAUSE = 5  # characters
_CLAUSES = (4, 11)  # whole clauses of an entry, at least and at most
_LISTED = (3, 10)  # words of its list
_DOCUMENT = 1_000  # entries of one made-up document
_FIRST_YEAR, _LAST_YEAR = 2011, 2025
_FIGURES = 100_000
_SYLLABLES = "アカサタナハマヤラワイキシチニヒミリウクスツヌフムユルエケセテネヘメレオコソトノホモヨロ"
_NAME_LENGTH = 4
_SCRAMBLE = 1_000_003  # a prime: neighbouring ranks get names that have nothing in common

T = TypeVar("T")


class Generator:
    """Makes entries by number from what the shipped corpus holds."""

    def __init__(self, shipped: Sequence[Entry], seed: int = SEED) -> None:
        """Take words, clauses, titles, places and categories from `shipped`; their ranks follow from the seed."""
        self._seed = seed
        rng = Random(seed)
        clauses = {part for entry in shipped for part in _clauses(entry.body)}
        nouns = Counter(
            token.surface for entry in shipped for token in tokenize(entry.body) if token.part_of_speech[0] == "名詞"
        )
        self._words = [word for word, _ in sorted(nouns.items(), key=lambda item: (-item[1], item[0]))]
        self._clauses = _shuffled(rng, clauses)
        self._titles = _shuffled(rng, {entry.title for entry in shipped})
        self._places = _shuffled(rng, {(entry.region, entry.prefectures, entry.municipalities) for entry in shipped})
        self._subjects: list[tuple[Pillar | None, str | None]] = _shuffled(
            rng, {(entry.pillar, entry.category) for entry in shipped}
        )
        self._years = _shuffled(rng, range(_FIRST_YEAR, _LAST_YEAR + 1))

    def entry(self, number: int) -> Entry:
        """Make entry `number` (from 0)."""
        rng = Random(f"{self._seed}/{number}")
        region, prefectures, municipalities = draw(rng, self._places)
        pillar, category = draw(rng, self._subjects)
        return Entry(
            id=f"{number:012x}",
            kind="profile" if rng.random() < 0.1 else "initiative",
            title=f"{draw(rng, self._titles)}（{_name(rng)}）",
            untitled=False,
            subtitle=None,
            body=self._body(rng),
            region=region,
            prefectures=prefectures,
            municipalities=municipalities,
            pillar=pillar,
            category=category,
            category_evidence=(),
            fiscal_year=draw(rng, self._years),
            start_year=None,
            start_evidence=None,
            source=_source(number // _DOCUMENT),
        )

    def entries(self, first: int, last: int) -> Iterator[Entry]:
        """Make the entries `first` to `last` - 1, one after the other."""
        return map(self.entry, range(first, last))

    def _body(self, rng: Random) -> str:
        clauses = [draw(rng, self._clauses) for _ in range(rng.randint(*_CLAUSES))]
        cut = rng.randint(1, len(clauses))
        listed = "・".join(draw(rng, self._words) for _ in range(rng.randint(*_LISTED)))
        figure, more = draw_rank(rng, _FIGURES), draw_rank(rng, _FIGURES)
        return (
            f"{'、'.join(clauses[:cut])}。{_name(rng)}では{listed}を行い、{figure}人が参加した。\n"
            f"{'、'.join((*clauses[cut:], f'{_name(rng)}と{_name(rng)}が担う'))}。事業費{more}千円"
        )


def draw_rank(rng: Random, count: int) -> int:
    """Draw a rank from 1 to `count`; rank r is about r times as rare as rank 1 (Zipf)."""
    return min(count, int((count + 1) ** rng.random()))


def draw(rng: Random, items: Sequence[T]) -> T:
    """Draw one of `items`, which stand by rank."""
    return items[draw_rank(rng, len(items)) - 1]


@cache
def shipped_entries() -> tuple[Entry, ...]:
    """Extract the entries of the shipped corpus."""
    return extract_entries([SHIPPED]).entries


def _clauses(body: str) -> Iterator[str]:
    for sentence in _SENTENCE_END.split(body):
        for part in sentence.split("、"):
            clause = _MARKS.sub("", part)
            if len(clause) >= _SHORTEST_CLAUSE:
                yield clause


def _shuffled(rng: Random, items: Sequence[T] | set[T]) -> list[T]:
    """Give the items in an order that depends on the seed alone."""
    ordered = sorted(items, key=repr)
    rng.shuffle(ordered)
    return ordered


def _name(rng: Random) -> str:
    """Make up the name of a programme: few are common, most are rare."""
    names = len(_SYLLABLES) ** _NAME_LENGTH
    rest = draw_rank(rng, names) * _SCRAMBLE % names
    letters = []
    for _ in range(_NAME_LENGTH):
        rest, letter = divmod(rest, len(_SYLLABLES))
        letters.append(_SYLLABLES[letter])
    return "".join(letters)


@cache
def _source(document: int) -> Source:
    """Describe a made-up document; its entries share the record, a million of them must fit into memory."""
    file = f"generated-{document:04}.txt"
    return Source(file=file, title="生成した資料", publisher=None, url=None, page=None, lines=((1, 9),), sha256="0")

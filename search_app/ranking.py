"""Words → the query tree whose scores order the hits. Every weight is a named constant here, with its reason.

`make eval` prints the scores on judged queries; `make eval EVAL=tune` tries other weights in cross-validation.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from indexer.engine.base import (
    BestOf,
    Demote,
    Everything,
    Exclude,
    MostOf,
    Near,
    Or,
    Phrase,
    Prefer,
    Query,
    Reserve,
    Term,
)
from indexer.fields import LONG_FIELDS, SHORT_FIELDS, SUBJECT_FIELDS
from indexer.tokens import tokenize
from indexer.years import spell_year
from search_app.meaning import Meaning, MeantWord
from search_app.query import Word
from search_app.rows import in_a_row, near_each_other
from search_app.synonyms import Alternative, Expansion
from search_app.times import TimeAsked
from search_app.whereabouts import PlaceAsked

MOST = "most"  # of a weight's metadata: the largest value that makes sense


def _factor(value: float) -> float:
    """Declare a share, or a factor of what ranks below the word itself: above 1 it would turn into its contrary."""
    made: float = dataclasses.field(default=value, metadata={MOST: 1.0})
    return made


@dataclass(frozen=True, slots=True)
class Weights:
    """What counts how much in the order of hits."""

    # Of several words an entry should have all; one that has most of what they tell is shown behind those.
    words_share: float = _factor(0.5)
    # How much what is missing weighs: the score is multiplied by the covered share to this power.
    words_power: float = 2.0
    # A compound in one piece matches entries that cover this much of what the best one covers: 移住促進事業 finds
    # 移住相談窓口. A sentence says much besides what is looked for: less of it is enough.
    compound_share: float = _factor(0.3)
    compound_power: float = 1.5
    sentence_share: float = _factor(0.25)
    sentence_power: float = 1.0
    # A compound that stands in the text as it was typed says more than its units apart; near each other, a little more.
    contiguity: float = 3.0
    nearness: float = 0.3
    # Another word for the same thing ranks below the word itself; what is only read alike, too.
    synonym: float = _factor(0.6)
    narrower: float = _factor(0.5)
    related: float = _factor(0.12)
    reading: float = _factor(0.9)
    # Documents say it in their own way: スマートフォン教室 is also スマートフォンの使い方の教室.
    apart: float = _factor(0.5)
    # A year is asked of the year of beginning, or of the years that the text tells; a 年度 of the document's too.
    start_year: float = 8.0
    told_year: float = 5.0
    # Where a beginning is asked for, a year that is only told is a weak answer, and none where something began then.
    told_for_start: float = _factor(0.4)
    fiscal_year: float = 4.0
    year_nearness: float = 0.3
    # Who names a year or a place beside a subject wants the subject: then, or there, if there is any.
    without_subject: float = _factor(0.1)
    # A place is that of the entry (it takes part, or its area is the one meant), or one that it only names.
    taking_part: float = 8.0
    member: float = 6.0
    region: float = 6.0
    # The profile of an area mentions everything that the area does; who looks for a word wants the initiative.
    profile: float = _factor(0.6)


WEIGHTS = Weights()
_FIRST_YEAR, _LAST_YEAR = 1950, 2050  # where a range has no end: no initiative is older, no plan reaches further
_FEW_YEARS = 5
# What only belongs to a word is shown where the word itself, and other words for it, find fewer entries than this.
FEW_HITS = 8
NEAR_YEAR = 25  # units between a year and what happened then: a sentence or two


class QueryBuilder:
    """Builds the query tree of one search."""

    def __init__(self, weights: Weights = WEIGHTS) -> None:
        self._weights = weights

    def build(self, meaning: Meaning) -> Query:
        """Give the tree: most of the words are met, what is excluded does not stand there. Without words: everything."""
        if not meaning.groups:
            return self._excluding(Everything(), meaning)
        groups = tuple(self._either(group) for group in meaning.groups)
        met = groups[0]
        if len(groups) > 1:
            met = MostOf(groups, self._weights.words_share, self._weights.words_power)
            near = tuple(self._told_near(meaning))
            met = Prefer(met, Or(near)) if near else met
            subjects = tuple(
                node
                for node, group in zip(groups, meaning.groups, strict=True)
                if not any(meant.word.time or meant.word.place for meant in group)
            )
            if subjects and len(subjects) < len(groups):
                lacking = Exclude(Everything(), Or(subjects))
                others = Demote(met, lacking, self._weights.without_subject)
                met = Reserve(Exclude(met, lacking), others, FEW_HITS)
        return self._excluding(Demote(met, Term("kind", "profile"), self._weights.profile), meaning)

    def _excluding(self, query: Query, meaning: Meaning) -> Query:
        if not meaning.excluded:
            return query
        return Exclude(query, Or(tuple(contiguous(word) for word in meaning.excluded)))

    def _told_near(self, meaning: Meaning) -> Iterator[Query]:
        """Give what rewards a year for being told near another word: 令和7年に連携協約を締結 for 2025年 連携協約."""
        times = [meant.word.time for meant in meaning.words if meant.word.time]
        words = [meant.word for meant in meaning.words if not meant.word.time and not meant.word.place]
        for time in times:
            if time.first is None or time.last is None or time.last - time.first >= _FEW_YEARS:
                continue
            for year in range(time.first, time.last + 1):
                for spelling in spell_year(year):
                    told = tuple(token.term for token in tokenize(spelling))
                    for word in words:
                        content = tuple(word.units[place].term for place in word.content_places)
                        yield Near("body", (*told, *content), NEAR_YEAR, self._weights.year_nearness)

    def _either(self, group: Sequence[MeantWord]) -> Query:
        found = tuple(map(self.word, group))
        return found[0] if len(found) == 1 else BestOf(found)

    def word(self, meant: MeantWord) -> Query:
        """Give what meets one word."""
        word, weights = meant.word, self._weights
        if word.quoted:
            return contiguous(word)
        if word.time:
            return self._time(word.time)
        if word.place:
            return self._place(word, word.place)
        literal = self._literal(meant)
        others = [in_a_row(terms, SUBJECT_FIELDS, weights.reading) for terms in meant.readings]
        return BestOf((literal, *others)) if others else literal

    def _literal(self, meant: MeantWord) -> Query:
        """Give what meets a word by its letters: a sentence by most of its compounds, a compound by most of its units."""
        word, weights = meant.word, self._weights
        runs = [self._run(meant, run) for run in word.runs]
        if len(runs) == 1:
            return runs[0]
        core = MostOf(tuple(runs), weights.sentence_share, weights.sentence_power)
        content = [word.units[place].term for place in word.content_places]
        near = tuple(
            node for pair in pairwise(content) for node in near_each_other(pair, SUBJECT_FIELDS, weights.nearness)
        )
        return Prefer(core, Or(near))

    def _run(self, meant: MeantWord, run: range) -> Query:
        """Give what meets units that were typed in one piece."""
        weights = self._weights
        units = tuple(self._units(meant, run))
        core = units[0] if len(units) == 1 else MostOf(units, weights.compound_share, weights.compound_power)
        bonus = tuple(self._togetherness(meant.word, run))
        return Prefer(core, Or(bonus)) if bonus else core

    def _units(self, meant: MeantWord, run: range) -> Iterator[Query]:
        """Give what meets each unit that tells something; a run of units with other words for it is one."""
        word = meant.word
        content = [place for place in word.content_places if place in run]
        spans = {place: expansion for expansion in meant.expansions for place in range(expansion.start, expansion.end)}
        done: set[object] = set()
        for place in content:
            expansion = spans.get(place)
            term = word.units[place].term
            if expansion is None:
                if term not in done:
                    yield in_a_row((term,))
                done.add(term)
            elif id(expansion) not in done:
                done.add(id(expansion))
                inside = [at for at in content if expansion.start <= at < expansion.end]
                yield self._expanded(word, inside, expansion)

    def _expanded(self, word: Word, places: Sequence[int], expansion: Expansion) -> Query:
        weights = self._weights
        terms = tuple(dict.fromkeys(word.units[place].term for place in places))
        units = tuple(in_a_row((term,)) for term in terms)
        literal = units[0] if len(units) == 1 else MostOf(units, weights.compound_share, weights.compound_power)
        same = tuple(node for each in expansion.alternatives if not each.related for node in self._alternative(each))
        met = BestOf((literal, *same)) if same else literal
        related = tuple(_other(each, weights.related) for each in expansion.alternatives if each.related)
        return Reserve(met, BestOf(related), FEW_HITS) if related else met

    def _alternative(self, other: Alternative) -> Iterator[Query]:
        """Give what meets another word: in one piece, or, a weaker sign, its units near each other."""
        factor = self._weights.narrower if other.narrower else self._weights.synonym
        yield _other(other, factor)
        yield from near_each_other(other.terms, SUBJECT_FIELDS, factor * self._weights.apart)

    def _togetherness(self, word: Word, run: range) -> Iterator[Query]:
        """Give what rewards units for standing together as typed: in a row, as long units."""
        if len(run) < 2:
            return
        terms = tuple(word.units[place].term for place in run)
        for field in SHORT_FIELDS:
            yield Phrase(field.name, terms, self._weights.contiguity * field.weight)
        first, last = word.units[run.start].start, word.units[run.stop - 1].end
        for long_unit in word.long_units:
            if first <= long_unit.start and long_unit.end <= last and long_unit.term not in terms:
                for field in LONG_FIELDS:
                    yield Term(field.name, long_unit.term, field.weight)

    def _time(self, asked: TimeAsked) -> Query:
        """Give what meets a time: an entry that began then, tells of it, or is reported for it."""
        weights = self._weights
        years = [str(year) for year in range(asked.first or _FIRST_YEAR, (asked.last or _LAST_YEAR) + 1)]
        begun = tuple(Term("start", year, weights.start_year) for year in years)
        told = weights.told_year * (weights.told_for_start if asked.about_start else 1.0)
        others = [Term("told_year", year, told) for year in years]
        if asked.about_start:
            return Reserve(BestOf(begun), BestOf(tuple(others)), least=1)
        if asked.fiscal:
            others += [Term("year", year, weights.fiscal_year) for year in years]
        return BestOf((*begun, *others))

    def _place(self, word: Word, asked: PlaceAsked) -> Query:
        """Give what meets a place: an entry that takes part in it, lies in it, or names it."""
        weights = self._weights
        met: list[Query] = []
        for place in asked.candidates:
            met += [Term("region", path, weights.region) for path in place.facet_values]
            met += [Term("municipality", code, weights.taking_part) for code in place.codes]
            met += [Term("member", code, weights.member) for code in place.codes]
        return Or((BestOf(tuple(met)), contiguous(word)))


def contiguous(word: Word) -> Query:
    """Give what meets a word as it was typed: its units in a row."""
    return in_a_row(tuple(unit.term for unit in word.units))


def _other(other: Alternative, factor: float) -> Query:
    """Give what meets another word in one piece: it stands for a subject, so it is not looked for in names of places.

    A word that is one long unit is looked for as such: that is far quicker than its short units in a row.
    """
    if len(other.long_terms) == 1 and len(other.terms) > 1:
        weights = {field.text: field.weight * factor for field in SUBJECT_FIELDS}
        return Or(tuple(Term(field.name, other.long_terms[0], weights[field.text]) for field in LONG_FIELDS))
    return in_a_row(other.terms, SUBJECT_FIELDS, factor)

"""Matching: which entries have every word of a query, for counting. Nothing is ranked here, so nothing is scored.

A meaning in, a query tree out that tells no more than yes or no: ranking keeps entries that have some of the words, too.
"""

from __future__ import annotations

from collections.abc import Iterator

from indexer.engine.base import And, BestOf, Exclude, Or, Query
from indexer.fields import SUBJECT_FIELDS
from search_app.meaning import Meaning, MeantWord
from search_app.ranking import QueryBuilder, contiguous
from search_app.rows import everywhere, in_a_row, near_each_other
from search_app.synonyms import Expansion


def match_all(meaning: Meaning) -> Query:
    """Give what has every word, or another word for it; of alternatives (OR) one; and none that is excluded."""
    every = And(tuple(Or(tuple(map(match_word, group))) for group in meaning.groups))
    return Exclude(every, Or(tuple(map(contiguous, meaning.excluded)))) if meaning.excluded else every


def match_word(meant: MeantWord) -> Query:
    """Give what has one word: of a compound every unit that tells, of a sentence as much as ranking asks for."""
    word = meant.word
    if word.quoted or word.time or word.place or word.is_sentence:
        return _unscored(QueryBuilder().word(meant))
    own = And(tuple(_units(meant)))
    return Or((own, *(in_a_row(terms, SUBJECT_FIELDS) for terms in meant.readings)))


def match_other(terms: tuple[str, ...]) -> Query:
    """Give what has another word, as ranking finds it: in a row, or its parts near each other."""
    return Or((in_a_row(terms, SUBJECT_FIELDS), *near_each_other(terms, SUBJECT_FIELDS)))


def _units(meant: MeantWord) -> Iterator[Query]:
    word = meant.word
    places = {place: each for each in meant.expansions for place in range(each.start, each.end)}
    done: list[Expansion] = []
    for place in word.content_places:
        expansion = places.get(place)
        if expansion is None:
            yield in_a_row((word.units[place].term,))
        elif expansion not in done:
            done.append(expansion)
            inside = [at for at in word.content_places if expansion.start <= at < expansion.end]
            own = everywhere(tuple(dict.fromkeys(word.units[at].term for at in inside)))
            others = (other.terms for other in expansion.alternatives if not other.related)
            yield Or((own, *map(match_other, others)))


def _unscored(query: Query) -> Query:
    """Give a tree that matches the same, with `Or` where the best score counts: to match takes less than to score."""
    if isinstance(query, Or | BestOf):
        return Or(tuple(map(_unscored, query.children)))
    return query

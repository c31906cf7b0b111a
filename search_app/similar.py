"""Similar initiatives: an entry in, entries of other areas that tell of the same kind of thing out.

What an entry is about are its most telling terms: those that stand in its title or often in its text, and seldom
elsewhere. One search of the engine orders what has them too; what has too little of them is left out, so that few good
entries are shown rather than many.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from indexer.engine.base import BestOf, Demote, Everything, Exclude, Or, Query, Term
from indexer.fields import FACET_FIELDS, LEVEL, SUBJECT_FIELDS
from indexer.normalize import fold
from indexer.records import Entry
from indexer.store import Reader
from indexer.tokens import Token, tokenize
from search_app.areas import area_of_region
from search_app.cuts import KEPT, Cut
from search_app.query import mark_content
from search_app.rows import in_a_row
from search_app.synonyms import Alternative, Expansion, find_expansions
from search_app.whereabouts import find_places

SHOWN = 5  # on an entry page
MOST_SHOWN = 20  # whoever wants more than a list to look through wants a search

_MOST_TERMS = 12  # the same entries come first with 6 to 24 of them; fewer tell too little of what is in common
_LEAST_SHARE = 0.05  # of what the entry tells: a word that is less of it is no reason to be shown
_MOST_WORDS = 4  # of those in common: enough to see why, few enough for a line
# A term that more than a third of the entries hold (圏域, 為) tells nothing of what one is about.
_MOST_HOLD = 1 / 3
# A word of the title says what an initiative is; one of the text may only be mentioned.
_TITLE = 2.0
_ALONE = 1.0  # of the title too, but no other entry has it: it may be no more than a name
# Another word for the same thing (ごみ for 廃棄物) is a little less sure, as in the ranking of searches.
_SYNONYM = 0.6
# Words of how things are done (相互利用) join services of all kinds; the field of policy tells these apart.
_OTHER_CATEGORY = 0.5
# A profile mentions everything that an area does, and is no initiative that could be taken as a precedent.
_OTHER_KIND = 0.2
# Behind all other areas, whatever it has in common: what else the area does stands on its own page.
_SAME_AREA = 0.001
# What another entry only mentions in its text is half of what it names in its title.
_MENTIONED = 0.5
# How much of what the entry tells another must tell. Below, most pairs that were looked at share no more than a way of
# doing things; at half of it 4.4 entries instead of 2.9 are shown, and not one judged sibling more among the first three.
_LEAST_CLOSENESS = 0.16
_CANDIDATES = 2  # as many times what is wanted is compared: some have too little in common

_CATEGORY = next(field for field in FACET_FIELDS if field.name == "category")


@dataclass(frozen=True, slots=True)
class Similar:
    """An entry like another: words that both have, the most telling first, and whether it is of another area."""

    entry: Entry
    words: tuple[str, ...]
    elsewhere: bool


@dataclass(frozen=True, slots=True)
class _Subject:
    """What an entry is about.

    `units` are those of its title, then of its text; `shares` tells of its most telling terms how much of what the entry
    says each is (together 1), `boosts` what each counts in a search; `synonyms` are other words for parts of the title.
    """

    units: tuple[Token, ...]
    shares: Mapping[str, float]
    boosts: Mapping[str, float]
    synonyms: tuple[Expansion, ...]

    def terms_of(self, expansion: Expansion) -> tuple[str, ...]:
        """Give the telling terms of a part of the title for which there are other words."""
        return tuple(unit.term for unit in self.units[expansion.start : expansion.end] if unit.term in self.shares)

    def add_up(self, terms: Iterable[str]) -> float:
        """Give how much of what the entry says these telling terms are."""
        return math.fsum(self.shares[term] for term in terms)


def find_similar(entry: Entry, reader: Reader, *, limit: int = SHOWN) -> tuple[Similar, ...]:
    """Find at most `limit` entries like this one, the most alike first, those of its own area behind all others.

    What several documents tell of one initiative is given once.
    """
    subject = _read_subject(entry, reader)
    if not subject.shares:
        return ()
    regions = _names_of_area(entry, reader)
    found = reader.search(
        _build_query(entry, subject, regions, reader),
        filters={},
        order="relevance",
        offset=0,
        limit=limit * _CANDIDATES,
    )
    similar: dict[tuple[str, str], Similar] = {}
    for number in found.numbers.tolist():
        other = reader.entry_at(number)
        told_once = (other.region or other.id, fold(other.title))
        if told_once not in similar and len(similar) < limit:
            meeting = _Meeting(subject, other)
            if meeting.share * _factor(entry, other) >= _LEAST_CLOSENESS:
                similar[told_once] = Similar(other, meeting.words, other.region not in regions)
    return tuple(similar.values())


def _read_subject(entry: Entry, reader: Reader) -> _Subject:
    heading = "\n".join(part for part in ("" if entry.untitled else entry.title, entry.subtitle) if part)
    title, body = tokenize(heading), tokenize(entry.body)
    names = {unit.term for unit in tokenize("\n".join(_own_names(entry)))}
    in_title = set(_subject_terms(heading, title)) - names
    counts = dict.fromkeys(in_title, _TITLE)
    for term, count in Counter(_subject_terms(entry.body, body)).items():
        if term not in names:
            counts[term] = counts.get(term, 0.0) + 1 + math.log(count)
    held = {term: max(reader.count(Term(field.name, term)) for field in SUBJECT_FIELDS) for term in counts}
    information = {term: _information(count, reader.entry_count) for term, count in held.items()}
    for term in in_title:
        if held[term] < 2:  # found by other words for it, if at all, and yet it is what the entry is about
            counts[term], information[term] = _ALONE, math.log(reader.entry_count + 1)
    # Squared: once for how rare a term is, once for how much that makes it the one that the entry is about.
    weights = {term: counts[term] * each**2 for term, each in information.items() if each}
    telling = sorted(weights, key=lambda term: (-weights[term], term))[:_MOST_TERMS]
    total = sum(weights[term] for term in telling)
    return _Subject(
        units=(*title, *body),
        shares={term: weights[term] / total for term in telling},
        boosts={term: counts[term] * information[term] for term in telling},  # the engine counts it once more
        synonyms=find_expansions(title, lambda other: not other.related),
    )


def _own_names(entry: Entry) -> Iterator[str]:
    yield from (name for name in (entry.region, *entry.prefectures, *entry.municipalities) if name)


def _subject_terms(text: str, units: Sequence[Token]) -> Iterator[str]:
    """Give the terms of a text that stand for a subject: nouns, no numbers, no names of places or people."""
    places = [range(place.start, place.end) for place in find_places(text)]
    for unit, content in zip(units, mark_content(units), strict=True):
        kind, sort = unit.part_of_speech
        if not content or kind != "名詞" or sort in ("数詞", "固有名詞"):
            continue
        if not any(unit.start in place for place in places) and not any(map(str.isdigit, unit.term)):
            yield unit.term


def _information(held: int, entries: int) -> float:
    """Give what a term tells that so many entries hold: the more the rarer, but less where hardly another has it."""
    return math.log((entries + 1) / held) * (1 - 1 / held) if 1 < held <= entries * _MOST_HOLD else 0.0


def _names_of_area(entry: Entry, reader: Reader) -> frozenset[str]:
    """Give all names by which documents call the area of an entry; none where it has no area."""
    area = area_of_region(entry.region, reader) if entry.region else None
    return frozenset(area.regions) if area else frozenset()


def _build_query(entry: Entry, subject: _Subject, regions: frozenset[str], reader: Reader) -> Query:
    """Give the tree: what has the telling terms or other words for them, but not the entry itself."""
    met: list[Query] = [in_a_row((term,), SUBJECT_FIELDS, boost) for term, boost in subject.boosts.items()]
    for expansion in subject.synonyms:
        boost = max((subject.boosts[term] for term in subject.terms_of(expansion)), default=0.0)
        if boost:
            met.append(
                BestOf(tuple(in_a_row(each.terms, SUBJECT_FIELDS, _SYNONYM * boost) for each in expansion.alternatives))
            )
    query: Query = Exclude(Or(tuple(met)), Term("id", entry.id))
    query = Demote(query, Exclude(Everything(), Term("kind", entry.kind)), _OTHER_KIND)
    if entry.category:
        *_, leaf = _CATEGORY.values(entry)
        query = Demote(query, Exclude(Everything(), Term("category", leaf)), _OTHER_CATEGORY)
    own = (path for path in reader.facet_values("region") if path.rsplit(LEVEL, 1)[-1] in regions)
    return Demote(query, Or(tuple(Term("region", path) for path in own)), _SAME_AREA)


def _factor(entry: Entry, other: Entry) -> float:
    """Give what the search takes off for another kind or category; an area takes nothing off what is in common."""
    kind = 1.0 if other.kind == entry.kind else _OTHER_KIND
    return kind if other.category == entry.category or not entry.category else kind * _OTHER_CATEGORY


class _Meeting:
    """What of a subject another entry has, by its own words or by other words for it."""

    def __init__(self, subject: _Subject, other: Entry) -> None:
        self._subject = subject
        self._cuts = [KEPT.of(text) for text in (other.title, other.subtitle, other.body) if text]
        self._held = {term for cut in self._cuts for term in cut.terms}.intersection(subject.shares)
        self._said: list[tuple[float, str]] = []  # share and wording of what only other words tell
        left = set(subject.shares) - self._held
        for expansion in subject.synonyms:
            missing = left.intersection(subject.terms_of(expansion))
            said = _first_held(expansion.alternatives, self._cuts) if missing else None
            if said:
                left -= missing
                self._said.append((subject.add_up(missing), f"{expansion.text}（{said.text}）"))

    @property
    def share(self) -> float:
        """How much of the subject is met (0-1)."""
        named = self._held.intersection(self._cuts[0].terms) if self._cuts else set()
        mentioned = _MENTIONED * self._subject.add_up(self._held - named)
        return self._subject.add_up(named) + mentioned + sum(share for share, _ in self._said)

    @property
    def words(self) -> tuple[str, ...]:
        """The words in common that tell most, in that order."""
        words = [*_words_in_common(self._subject, self._held, self._cuts), *self._said]
        words.sort(key=lambda pair: -pair[0])
        telling = [word for share, word in words if share >= _LEAST_SHARE] or [word for _, word in words]
        return tuple(telling[:_MOST_WORDS])


def _first_held(alternatives: Sequence[Alternative], cuts: Sequence[Cut]) -> Alternative | None:
    return next((each for each in alternatives if any(cut.holds(each.terms) for cut in cuts)), None)


def _words_in_common(subject: _Subject, met: set[str], cuts: Sequence[Cut]) -> Iterator[tuple[float, str]]:
    """Give each term in common in the longest piece of text that both have (図書館, 相互利用), with its share."""
    left = set(met)
    for first, unit in enumerate(subject.units):
        if unit.term not in left:
            continue
        piece = [unit]
        for after in subject.units[first + 1 :]:
            terms = tuple(each.term for each in (*piece, after))
            if after.start != piece[-1].end or not any(cut.holds(terms) for cut in cuts):
                break
            piece.append(after)
        told = left.intersection(each.term for each in piece)
        left -= told
        yield subject.add_up(told), "".join(each.surface for each in piece)

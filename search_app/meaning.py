"""Meaning: what each typed word may stand for, beside its letters."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.store import Reader
from search_app.query import ParsedQuery, Word
from search_app.readings import find_words
from search_app.rows import in_a_row
from search_app.synonyms import Expansion, find_expansions


@dataclass(frozen=True, slots=True)
class MeantWord:
    """A word, runs of its units for which there are other words, and words of the index that it may be the reading of.

    `absent`: no entry has it as it was typed; of a sentence nobody asks.
    """

    word: Word
    expansions: tuple[Expansion, ...] = ()
    readings: tuple[tuple[str, ...], ...] = ()
    absent: bool = False

    @property
    def is_replaced(self) -> bool:
        """Whether nothing has the word itself, so that only other words for it or parts of it are found."""
        return self.absent and not self.readings

    @property
    def other_terms(self) -> tuple[tuple[str, ...], ...]:
        """The terms of every other word for this one or a part of it."""
        others = [each.terms for expansion in self.expansions for each in expansion.alternatives]
        return tuple(dict.fromkeys(filter(None, (*others, *self.readings))))

    @property
    def terms_apart(self) -> tuple[tuple[str, ...], ...]:
        """The terms of the other words that are found, too, where their units stand near each other."""
        others = [each for expansion in self.expansions for each in expansion.alternatives if not each.related]
        return tuple(dict.fromkeys(each.terms for each in others if len(each.terms) > 1))


@dataclass(frozen=True, slots=True)
class Meaning:
    """A query as it is understood; `literal` where no other words are wanted for any of its words."""

    groups: tuple[tuple[MeantWord, ...], ...]
    excluded: tuple[Word, ...]
    cut: bool
    literal: bool = False

    @property
    def words(self) -> tuple[MeantWord, ...]:
        """All words that are looked for, in the order in which they were typed."""
        return tuple(word for group in self.groups for word in group)


def understand(parsed: ParsedQuery, reader: Reader) -> Meaning:
    """Look up what the words of a query may stand for in this index."""
    return Meaning(
        tuple(tuple(_understand_word(word, reader) for word in group) for group in parsed.groups),
        parsed.excluded,
        parsed.cut,
        parsed.literal,
    )


def expand(word: Word, reader: Reader) -> tuple[Expansion, ...]:
    """Find other words for a word or its parts, as far as the index has them.

    What stands beside a part is no other word for it: in 保育所広域利用, 広域利用 does not stand for 保育所, too.
    """
    typed = {unit.term for unit in word.units}
    return find_expansions(
        word.units, lambda other: not typed.issuperset(other.terms) and all(map(reader.has_word, other.terms))
    )


def _understand_word(word: Word, reader: Reader) -> MeantWord:
    if word.literal or word.time or word.place:
        return MeantWord(word)
    expansions = expand(word, reader)
    if word.is_sentence or word.only_asks:
        return MeantWord(word, expansions)
    own = tuple(unit.term for unit in word.units)
    absent = not reader.count(in_a_row(own))
    readings = tuple(units for units in find_words(word.text, reader) if units != own)
    return MeantWord(word, expansions, readings, absent)

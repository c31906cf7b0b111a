"""Addresses: phrases and nearness held against what stands in the texts, read one by one."""

from collections.abc import Callable, Sequence
from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from indexer.engine.addresses import BLOCK, FURTHEST, Addresses, make_address_arrays, shift
from indexer.engine.invert import invert_entries
from indexer.engine.postings import Ints, Postings, make_key
from indexer.records import Entry
from indexer.tokens import tokenize

MakeEntry = Callable[..., Entry]
WORDS = ("図書", "相互", "利用", "消防", "広域")
texts = st.lists(st.sampled_from([*WORDS, "。", "の"]), min_size=5, max_size=40).map("".join)
corpora = st.lists(texts, min_size=1, max_size=8)


def places_of(postings: Postings, words: Sequence[str]) -> list[int] | None:
    """Give the places of words of the texts among the keys; None where one is nowhere."""
    keys = [make_key("body", word) for word in words]
    return [postings.keys.index(key) for key in keys] if set(keys) <= set(postings.keys) else None


def as_pairs(addresses: Addresses, found: Ints) -> list[tuple[int, int]]:
    """Give entry and position of addresses in the texts."""
    owners = addresses.owners("body", found)
    row = 2  # of the text among the text fields
    return [(int(n), int(a - addresses.bases[row][n])) for n, a in zip(owners, found, strict=True)]


def positions_of(corpus: Sequence[str]) -> list[dict[int, str]]:
    """Give which term stands at which position of each text."""
    return [{token.position: token.term for token in tokenize(text)} for text in corpus]


@settings(max_examples=60, deadline=None)
@given(corpora, st.lists(st.sampled_from(WORDS), min_size=1, max_size=4))
def test_a_phrase_stands_where_its_words_follow_each_other(
    make_entry: MakeEntry, corpus: list[str], words: list[str]
) -> None:
    """Every place where the words stand one behind the other is found, in order, and no other; also for one word alone."""
    postings = invert_entries([make_entry(n, "題", text) for n, text in enumerate(corpus)])
    places = places_of(postings, words)
    assume(places is not None)
    assert places is not None
    addresses = Addresses(make_address_arrays(postings))
    expected = [
        (number, position)
        for number, terms in enumerate(positions_of(corpus))
        for position in sorted(terms)
        if [terms.get(position + at) for at in range(len(words))] == words
    ]
    assert as_pairs(addresses, addresses.of_phrase(places)) == expected


@settings(max_examples=60, deadline=None)
@given(corpora, st.lists(st.sampled_from(WORDS), min_size=2, max_size=3), st.integers(0, FURTHEST))
def test_near_keeps_the_first_word_where_each_other_is_within_the_distance(
    make_entry: MakeEntry, corpus: list[str], words: list[str], distance: int
) -> None:
    """However rare or common the words are, the same occurrences of the first are found; never over the end of an entry."""
    postings = invert_entries([make_entry(n, "題", text) for n, text in enumerate(corpus)])
    places = places_of(postings, words)
    assume(places is not None)
    assert places is not None
    first, *others = words
    expected = []
    for number, terms in enumerate(positions_of(corpus)):
        for position in sorted(at for at, term in terms.items() if term == first):
            near = {term for at, term in terms.items() if abs(at - position) <= distance}
            if near.issuperset(others):
                expected.append((number, position))
    addresses = Addresses(make_address_arrays(postings))
    assert as_pairs(addresses, addresses.of_near(places, distance)) == expected


def test_a_rare_word_is_looked_for_around_its_own_places(make_entry: MakeEntry) -> None:
    """Beside a word that stands a hundred times, one that stands once finds exactly the neighbours it has."""
    text = "図書の" * 100 + "消防" + "の図書" * 100
    postings = invert_entries([make_entry(0, "題", text), make_entry(1, "題", "図書")])
    places = places_of(postings, ["図書", "消防"])
    assert places is not None
    addresses = Addresses(make_address_arrays(postings))
    terms = positions_of([text])[0]
    (fire,) = [at for at, term in terms.items() if term == "消防"]
    expected = [(0, at) for at, term in sorted(terms.items()) if term == "図書" and abs(at - fire) <= 5]
    assert len(expected) > 2
    assert as_pairs(addresses, addresses.of_near(places, 5)) == expected


@settings(max_examples=40, deadline=None)
@given(corpora)
def test_entries_lie_apart_and_positions_come_back(make_entry: MakeEntry, corpus: list[str]) -> None:
    """Each entry begins on a block, further from the one before than may be asked for; taking bases off gives positions."""
    postings = invert_entries([make_entry(n, text, text) for n, text in enumerate(corpus)])
    arrays = make_address_arrays(postings)
    bases = arrays["bases"]
    assert not np.any(bases % BLOCK)
    for row, number in product((0, 2), range(1, len(corpus))):
        last = max(positions_of(corpus)[number - 1], default=-1)
        assert bases[row][number] - (bases[row][number - 1] + last) > FURTHEST
    addressed = Postings(
        postings.keys,
        postings.post_starts,
        postings.post_numbers,
        postings.pos_starts,
        arrays["addresses"],  # type: ignore[arg-type]
        postings.lengths,
    )
    assert shift(addressed, -bases).tolist() == postings.pos_values.tolist()  # type: ignore[operator]


def test_more_terms_than_sixteen_bits_hold_are_paired_rightly(make_entry: MakeEntry) -> None:
    """Pairs are sorted half by half: first terms that differ in their upper half alone are kept apart."""
    words = [f"{number:05}号" for number in range(66_000)]
    postings = invert_entries(
        [make_entry(0, "題", "。".join(words[:40_000])), make_entry(1, "題", "。".join(words[40_000:]))]
    )
    addresses = Addresses(make_address_arrays(postings))
    for number in (0, 39_999, 65_535, 65_999):
        places = places_of(postings, [token.term for token in tokenize(words[number])])
        assert places is not None
        assert [entry for entry, _ in as_pairs(addresses, addresses.of_phrase(places))] == [int(number >= 40_000)]


@pytest.mark.parametrize("words", [("図書", "図書"), ("図書", "図書", "図書")])
def test_a_repeated_word_is_a_phrase(make_entry: MakeEntry, words: tuple[str, ...]) -> None:
    """A word that stands behind itself is found as often as it does."""
    postings = invert_entries([make_entry(0, "題", "図書図書図書図書")])
    places = places_of(postings, words)
    assert places is not None
    addresses = Addresses(make_address_arrays(postings))
    assert [at for _, at in as_pairs(addresses, addresses.of_phrase(places))] == list(range(5 - len(words)))

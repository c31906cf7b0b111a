"""The generated corpus: always the same, Zipf-like, and growing in words as it grows."""

from collections import Counter
from random import Random

import pytest

from benchmarks.corpus import Generator, draw_rank, shipped_entries
from indexer.records import Entry
from indexer.tokens import tokenize

COUNT = 600


@pytest.fixture(scope="module")
def entries() -> list[Entry]:
    """Make some entries."""
    return list(Generator(shipped_entries()).entries(0, COUNT))


def test_gives_the_same_entries_every_time_and_from_any_place(entries: list[Entry]) -> None:
    """A generator made anew gives the same entries, also when it begins in the middle; another seed gives others."""
    assert list(Generator(shipped_entries()).entries(400, 450)) == entries[400:450]
    assert Generator(shipped_entries(), seed=1).entry(0) != entries[0]


def test_no_two_entries_are_the_same(entries: list[Entry]) -> None:
    """Ids and texts are each entry's own."""
    assert len({entry.id for entry in entries}) == COUNT
    assert len({entry.body for entry in entries}) == COUNT


def test_has_as_many_tokens_as_promised(entries: list[Entry]) -> None:
    """Title and body have about 87 A units on average."""
    tokens = sum(len(tokenize(entry.title)) + len(tokenize(entry.body)) for entry in entries)
    assert 82 <= tokens / COUNT <= 92


def test_draws_ranks_like_zipf() -> None:
    """Rank r comes about r times as rarely as rank 1, and no rank lies outside."""
    rng = Random(3)
    drawn = Counter(draw_rank(rng, 1000) for _ in range(100_000))
    assert min(drawn) == 1
    assert max(drawn) <= 1000
    for rank in (3, 10, 30):
        # log((r + 1) / r) instead of 1 / r: what a continuous draw gives.
        assert drawn[1] / drawn[rank] == pytest.approx(rank, rel=0.6)


@pytest.mark.parametrize("name", ["region", "category", "fiscal_year"])
def test_spreads_what_is_narrowed_by_like_zipf(entries: list[Entry], name: str) -> None:
    """The commonest value stands far more often than the one in the middle, and most of the shipped ones occur."""
    counts = [count for _, count in Counter(getattr(entry, name) for entry in entries).most_common()]
    assert counts[0] > 3 * counts[len(counts) // 2]
    assert len(counts) > 10


def test_has_common_terms_and_many_rare_ones(entries: list[Entry]) -> None:
    """Some terms stand in most entries; more than a third of all stand in one or two; more entries, more terms."""
    held = [{token.term for token in tokenize(entry.body)} for entry in entries]
    frequencies = Counter(term for terms in held for term in terms)
    assert frequencies.most_common(1)[0][1] > COUNT / 2
    assert sum(count <= 2 for count in frequencies.values()) > len(frequencies) / 3
    assert len(frequencies) > 1.2 * len(set().union(*held[: COUNT // 2]))

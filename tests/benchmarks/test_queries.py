"""The queries: always the same, of every kind, drawn from what the corpus holds."""

from collections import Counter
from pathlib import Path

from benchmarks.prepare import prepare
from benchmarks.queries import FACETED_QUERIES, GAP, RARE_MOST, from_json, to_json
from benchmarks.work import read_corpus, read_queries


def test_are_the_same_every_time(work: Path, tmp_path: Path) -> None:
    """Preparing again gives the same corpus and the same queries, byte for byte."""
    prepare(tmp_path, 200)
    for name in ("corpus.jsonl", "queries.json"):
        assert (tmp_path / name).read_bytes() == (work / name).read_bytes()


def test_cover_words_phrases_prefixes_and_filters(work: Path) -> None:
    """There are one to four words, phrases and prefixes, a third each without, with one and with two filters."""
    queries, _ = read_queries(work)
    kinds = Counter(tuple(clause.kind for clause in query.clauses) for query in queries)
    assert {("word",) * count for count in (1, 2, 3, 4)} | {("phrase",), ("prefix",), ("prefix", "word")} <= set(kinds)
    filters = Counter(len(query.filters) for query in queries)
    assert len(queries) == FACETED_QUERIES
    assert all(filters[count] > FACETED_QUERIES / 4 for count in (0, 1, 2))


def test_take_rare_and_common_terms(work: Path) -> None:
    """Words reach from those in one entry to those in most, and the rare queries hold to their bound."""
    held = [{*entry.title.split(" "), *entry.body.split(" ")} for entry in read_corpus(work)]
    frequencies = Counter(term for terms in held for term in terms)
    queries, rare = read_queries(work)
    words = [frequencies[clause.terms[0]] for query in queries for clause in query.clauses if clause.kind == "word"]
    assert min(words) == 1
    assert max(words) > 100
    assert rare
    assert all(1 <= frequencies[query.clauses[0].terms[0]] <= RARE_MOST for query in rare)


def test_never_ask_for_the_end_of_a_sentence(work: Path) -> None:
    """The sign that parts sentences is in the texts and in no query."""
    queries, rare = read_queries(work)
    assert any(GAP in entry.body.split(" ") for entry in read_corpus(work))
    assert all(GAP not in clause.terms for query in queries + rare for clause in query.clauses)


def test_come_back_from_json(work: Path) -> None:
    """A query survives the way through JSON."""
    assert [from_json(to_json(query)) for query in read_queries(work)[0]] == read_queries(work)[0]

"""The engines do the same work: a figure beside another counts only where the answers are the same."""

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.engines import ENGINES, TOP, Answer, folder_of, is_installed, load
from benchmarks.queries import FACETS, GAP, Clause, FacetedQuery
from benchmarks.work import Tokenised, read_corpus, read_queries


@pytest.fixture(scope="session", params=list(ENGINES))
def answers(request: pytest.FixtureRequest, work: Path) -> list[Answer]:
    """Ask an engine all queries; one that is not installed is skipped by name."""
    name: str = request.param
    if not is_installed(name):
        pytest.skip(f"{ENGINES[name][0]} is not installed: nothing is known of {name}. pip install -e '.[bench]'")
    folder = folder_of(work, name)
    if not folder.exists():
        folder.mkdir()
        load(name).build(work, folder)
    searcher = load(name).open_searcher(work, folder)
    return [searcher.search(query) for query in read_queries(work)[0]]


@pytest.fixture(scope="session")
def expected(work: Path) -> list[tuple[set[int], Mapping[str, dict[str, int]]]]:
    """Answer all queries by looking at every entry: the numbers found, the counts."""
    entries = list(read_corpus(work))
    return [_look(query, entries) for query in read_queries(work)[0]]


def _look(query: FacetedQuery, entries: list[Tokenised]) -> tuple[set[int], Mapping[str, dict[str, int]]]:
    found = [entry for entry in entries if all(_holds(entry, clause) for clause in query.clauses)]
    counts: dict[str, dict[str, int]] = {facet: {} for facet in FACETS}
    for facet in FACETS:
        for entry in found:
            if _accepts(query, entry, but=facet):
                for value in entry.facets[facet]:
                    counts[facet][value] = counts[facet].get(value, 0) + 1
    return {entry.number for entry in found if _accepts(query, entry)}, counts


def _accepts(query: FacetedQuery, entry: Tokenised, but: str | None = None) -> bool:
    return all(set(values) & set(entry.facets[facet]) for facet, values in query.filters.items() if facet != but)


def _holds(entry: Tokenised, clause: Clause) -> bool:
    texts = [f" {text} " for text in (entry.title, entry.body)]
    if clause.kind == "prefix":
        return any(f" {clause.terms[0]}" in text for text in texts)
    return any(f" {' '.join(clause.terms)} " in text for text in texts)


def test_every_engine_gives_what_is_there(
    answers: list[Answer], expected: list[tuple[set[int], Mapping[str, dict[str, int]]]]
) -> None:
    """Totals, hits and the counts of all facets are those that looking at every entry gives, for every query."""
    for answer, (numbers, counts) in zip(answers, expected, strict=True):
        assert answer.total == len(numbers)
        assert len(answer.numbers) == min(TOP, len(numbers)) == len(set(answer.numbers) & numbers)
        assert {facet: dict(answer.counts[facet]) for facet in FACETS} == counts


def test_the_queries_find_something(expected: list[tuple[set[int], Mapping[str, dict[str, int]]]]) -> None:
    """Agreement on nothing would be worth nothing: most queries have hits, some have many."""
    totals = [len(numbers) for numbers, _ in expected]
    assert sum(total > 0 for total in totals) > 0.9 * len(totals)
    assert max(totals) > 50


def test_each_facet_filter_is_what_the_counts_leave_out(
    expected: list[tuple[set[int], Mapping[str, dict[str, int]]]], work: Path
) -> None:
    """Some queries count values that their own filter does not accept: leaving the filter out is really asked for."""
    queries, _ = read_queries(work)
    beyond = [
        set(counts[facet]) - set(values)
        for query, (_, counts) in zip(queries, expected, strict=True)
        for facet, values in query.filters.items()
    ]
    assert sum(map(bool, beyond)) > len(beyond) / 2


def test_a_phrase_does_not_run_over_the_end_of_a_sentence(work: Path, tmp_path: Path) -> None:
    """Two terms with the end of a sentence between them are no phrase in FTS5 either, which knows no gaps."""
    entry = next(entry for entry in read_corpus(work) if GAP in entry.body)
    terms = entry.body.split(" ")
    at = terms.index(GAP)
    shutil.copy(work / "corpus.jsonl", tmp_path)
    folder = tmp_path / "fts5"
    folder.mkdir()
    load("fts5").build(tmp_path, folder)
    searcher = load("fts5").open_searcher(tmp_path, folder)
    both = (Clause("word", (terms[at - 1],)), Clause("word", (terms[at + 1],)))
    together = searcher.search(FacetedQuery((Clause("phrase", (terms[at - 1], terms[at + 1])),), {}))
    assert searcher.search(FacetedQuery(both, {})).total > together.total

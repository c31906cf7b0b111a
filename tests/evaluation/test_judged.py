"""Judged queries: what is read, and every score against figures worked out by hand."""

from pathlib import Path

import pytest

from evaluation.judged import (
    JudgedQueriesError,
    JudgedQuery,
    Scores,
    list_gains,
    mean_scores,
    read_queries,
    score,
)
from indexer.records import Source

BLIND = Path(__file__).parents[1] / "judged" / "blind.jsonl"


def make_hit(file: str, *lines: tuple[int, int]) -> Source:
    """Make a hit in a file, with its line ranges."""
    return Source(file=file, title=None, publisher=None, url=None, page=None, lines=lines, sha256="0")


def make_query(**grades: int) -> JudgedQuery:
    """Make a query; a place is written `aaa_5` here."""
    places = {(name[:3], int(name[4:])): grade for name, grade in grades.items()}
    return JudgedQuery("q1", "図書館", "keyword", places)


OTHER = make_hit("zzz.txt", (1, 100))


def test_the_second_of_two_places() -> None:
    """One of two wanted things at rank 2: 3/log2(3) = 1.8928 of 3 + 1.8928; half of the recall; success."""
    found = score([OTHER, make_hit("aaa-report.txt", (4, 6))], make_query(aaa_5=2, bbb_1=2))
    assert found.ndcg == pytest.approx(1.8928 / 4.8928, abs=1e-4)
    assert (found.recall, found.success, found.no_hit) == (0.5, 1.0, 0.0)


def test_what_answers_partly_counts_less() -> None:
    """Grade 1 first, grade 2 third: 1 + 3/2 of the ideal 3 + 1/log2(3) = 3.6309."""
    hits = [make_hit("aaa.txt", (1, 1)), OTHER, make_hit("aaa.txt", (2, 2))]
    assert score(hits, make_query(aaa_1=1, aaa_2=2)).ndcg == pytest.approx(2.5 / 3.6309, abs=1e-4)


def test_ranks_that_count() -> None:
    """The third hit is a success, the fourth not; the eleventh has no nDCG; the twenty-first is not recalled."""
    wanted, query = make_hit("aaa.txt", (1, 1)), make_query(aaa_1=2)
    ranks = {rank: score([OTHER] * (rank - 1) + [wanted], query) for rank in (3, 4, 10, 11, 20, 21)}
    assert [ranks[rank].success for rank in (3, 4)] == [1.0, 0.0]
    assert ranks[10].ndcg == pytest.approx(1 / 3.4594, abs=1e-4)
    assert ranks[11].ndcg == 0
    assert [ranks[rank].recall for rank in (20, 21)] == [1.0, 0.0]


def test_each_judgement_counts_once() -> None:
    """A hit earns the best grade it answers and uses up all of them; the same place found again earns nothing."""
    query = make_query(aaa_5=1, aaa_8=2, aaa_20=1)
    hits = [make_hit("aaa.txt", (1, 3), (5, 9)), make_hit("aaa.txt", (8, 8)), make_hit("folder/aaa.txt", (20, 20))]
    assert list_gains(hits, query) == [2, 0, 1]


def test_a_place_is_a_document_and_a_line() -> None:
    """The right line of another document, and another line of the right document, are nothing."""
    assert list_gains([make_hit("bbb.txt", (5, 5)), make_hit("aaa.txt", (6, 9))], make_query(aaa_5=2)) == [0, 0]


def test_no_hit() -> None:
    """Without a hit every score is at its worst."""
    assert score([], make_query(aaa_1=2)) == Scores(ndcg=0, recall=0, success=0, no_hit=1)


def test_means() -> None:
    """A mean is taken score by score."""
    assert mean_scores([Scores(1, 0.5, 1, 0), Scores(0, 0, 0, 1)]) == Scores(0.5, 0.25, 0.5, 0.5)


def test_queries_are_read_in_order(tmp_path: Path) -> None:
    """A line is a query; its places are documents and lines."""
    file = tmp_path / "queries.jsonl"
    lines = [f'{{"qid": "{qid}", "query": "図書館", "type": "keyword", "rel": {{"aaa:5": 2}}}}' for qid in "ba"]
    file.write_text("\n".join(lines), encoding="utf-8")
    assert read_queries(file) == [JudgedQuery(qid, "図書館", "keyword", {("aaa", 5): 2}) for qid in "ba"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no queries"),
        ("{", "queries.jsonl:1"),
        ("[]", "queries.jsonl:1"),
        ('{"qid": "a", "query": "b", "type": "c"}', "rel"),
        ('{"qid": "a", "query": "b", "type": "c", "rel": {"aaa": 2}}', "queries.jsonl:1"),
        ('{"qid": "a", "query": "b", "type": "c", "rel": {"aaa:1": 1}}', "nothing has grade 2"),
        ('{"qid": "a", "query": "b", "type": "c", "rel": {"aaa:1": 2}}\n' * 2, "twice"),
    ],
)
def test_a_bad_file_is_told(tmp_path: Path, text: str, told: str) -> None:
    """What cannot be used says where and why."""
    file = tmp_path / "queries.jsonl"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(JudgedQueriesError, match=told):
        read_queries(file)


def test_the_blind_queries_can_be_read() -> None:
    """Sixty queries of every type that the dev queries have."""
    queries = read_queries(BLIND)
    assert len(queries) == 60
    assert len({query.type for query in queries}) == 9

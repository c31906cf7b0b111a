"""Clauses: which words belong to a year, across line breaks, brackets and other years."""

import pytest

from indexer.clauses import Clause, cut_clauses


def _only(text: str) -> Clause:
    (clause,) = cut_clauses(text)
    return clause


def test_a_clause_is_the_sentence_around_a_year() -> None:
    """The words before and after it, without the full stop; the sentences around it are told apart."""
    clause = _only("交流する。両市は平成20年に会を設けた。今も続く。")
    assert (clause.before, clause.after) == ("両市は", "に会を設けた")
    assert (clause.told, clause.following) == ("交流する。", "今も続く。")


@pytest.mark.parametrize(
    ("text", "after"),
    [
        ("平成20年に、法律により\n両市が設置", "に、法律により\n両市が設置"),
        ("平成20年に設置\n両市が運営", "に設置"),
        ("平成20年から、\n・用水\n・受託", "から、"),
        ("協議会を設立。(平成20年5月)", ""),
    ],
)
def test_a_line_goes_on_behind_a_particle_but_not_into_a_list(text: str, after: str) -> None:
    """Where a line ends with a particle or comma, the next one belongs to the sentence, unless it is a list item."""
    assert _only(text).after == after


def test_a_year_in_a_bracket_has_the_words_of_the_bracket() -> None:
    """What stands in front of the bracket is its host, what follows it stands outside."""
    clause = _only("連絡会(平成14年7月に設置、県で組織)が取り組む。")
    assert (clause.host, clause.after, clause.outside) == ("連絡会", "に設置、県で組織", ")が取り組む。")


def test_a_remark_on_another_date_has_no_clause() -> None:
    """平成29年3月 (1市は令和2年3月): the year in the bracket only adds to the one before it."""
    assert [clause.hit.year for clause in cut_clauses("平成29年3月 (1市は令和2年3月)に締結")] == [2017]


@pytest.mark.parametrize(
    ("text", "own"),
    [
        ("平成20年に会を設け、平成22年に法人とした", "に会を設け、"),
        ("平成20年に会(平成22年に改称)を設けた", "に会" + " " * len("(平成22年に改称)") + "を設けた"),
        ("平成20年に2市と、平成22年に1町と締結した", "に2市と、平成22年に1町と締結した"),
    ],
)
def test_the_room_of_a_year_ends_at_the_next_one(text: str, own: str) -> None:
    """Years in brackets do not end it, nor do companions that share one act."""
    clause = cut_clauses(text)[0]
    assert clause.after[: clause.room] == own


def test_a_label_on_the_line_above_belongs_to_the_year() -> None:
    """A year that opens a line is read with the line before it."""
    clause = _only("実施期間\n平成26年7月から")
    assert clause.before == "実施期間\n"
    assert clause.opens_line

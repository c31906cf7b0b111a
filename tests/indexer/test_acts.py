"""Acts: which word a year dates, and what makes it a plan."""

import pytest

from indexer.acts import AREA_ACTS, ends_as_plan, find_act, find_name, is_hoped_for
from indexer.clauses import cut_clauses


@pytest.mark.parametrize(
    ("text", "kind", "act"),
    [
        ("平成20年に会を設置し、", "begin", "設置"),
        ("平成20年に会の設置を行った", "begin", "設置"),
        ("平成20年に設置条例を定め、会を設けた", "begin", "設け"),
        ("平成20年に計画を策定し、会を設置した", "other", "策定"),
        ("平成20年に実施した調査により、会を設置した", "other", "した"),
        ("平成20年開設の窓口", "begin", "開設"),
    ],
)
def test_the_first_act_behind_a_year_takes_it(text: str, kind: str, act: str) -> None:
    """An act is told by its ending; one that begins nothing takes the year as well."""
    found = find_act(cut_clauses(text)[0])
    assert found is not None
    assert found[kind] == act


@pytest.mark.parametrize("text", ["平成20年の国勢調査で開始", "平成20年現在、会を設置", "平成20年に2か所"])
def test_a_year_that_dates_nothing_has_no_act(text: str) -> None:
    """の, 現在 and a sentence without an act."""
    assert find_act(cut_clauses(text)[0]) is None


def test_areas_have_acts_of_their_own() -> None:
    """圏域を形成し is the beginning of an area only."""
    clause = cut_clauses("平成20年に圏域を形成し、")[0]
    assert find_act(clause) is None
    assert find_act(clause, AREA_ACTS) is not None


@pytest.mark.parametrize(
    ("text", "named", "label"),
    [
        ("開設は平成20年である", True, False),
        ("開設時期:平成20年", True, True),
        ("会を開設(平成20年)し", True, True),
        ("事業期間 平成20年から", True, True),
        ("計画期間 平成20年から", False, False),
        ("開設は平成20年を見込む", False, False),
    ],
)
def test_an_act_in_front_of_a_year_names_it(text: str, named: bool, label: bool) -> None:
    """By は, a label or a bracket, where the year is the value."""
    found = find_name(cut_clauses(text)[0])
    assert (found is not None, bool(found and found["label"])) == (named, label)


@pytest.mark.parametrize(
    ("tail", "hoped"),
    [
        ("する予定", True),
        ("を目指す", True),
        ("し、運用を始める予定である", True),
        ("し、誘客を目指す", False),
        ("した計画", False),
    ],
)
def test_a_plan_hangs_on_the_act_or_ends_the_sentence(tail: str, hoped: bool) -> None:
    """What is hoped for in a later clause does not take back what began."""
    assert is_hoped_for(tail) == hoped


def test_a_sentence_may_end_as_a_plan() -> None:
    """予定 at the end covers all of the sentence."""
    assert ends_as_plan("実施する予定です")
    assert not ends_as_plan("予定より早く実施した")

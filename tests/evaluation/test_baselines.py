"""The baselines: each finds what its method finds, best first, and no more."""

from collections.abc import Callable

import pytest

from evaluation.baselines import make_baselines
from evaluation.judged import Ranker
from indexer.records import Entry


@pytest.fixture(scope="module")
def baselines(make_entry: Callable[..., Entry]) -> dict[str, Ranker]:
    """Index five entries, each a document of its own."""
    texts = {
        "a": ("図書館の相互利用", "圏域の住民が本を借りられる。"),
        "b": ("空家の活用", "空家を移住者に貸す。図書館は関わらない。"),
        "c": ("病児保育", "市町の子どもを預かる。"),
        "d": ("観光", "広域で観光する。観光の観光。"),
        "e": ("観光と図書館の相互利用", "観光の案内を置く。"),
    }
    return dict(make_baselines([make_entry(0, *text, file=name) for name, text in texts.items()]))


@pytest.mark.parametrize(
    ("name", "query", "expected"),
    [
        ("tri", "図書館", "eab"),  # the shorter, the better
        ("tri", "図書館 相互利用", "ea"),
        ("tri", "図書館 空家", "b"),  # two characters: found all the same
        ("tri", "空家", "b"),
        ("tri", "図書館相互利用", ""),  # の stands between
        ("tri", '図書館" OR "', ""),
        ("tri", "", ""),
        ("and", "図書館相互利用", "ae"),
        ("and", "図書館の空家", "b"),
        ("and", "図書館の宇宙船", ""),
        ("and", "観光", "de"),  # the more often, the better
        ("or", "病児の空家", "cb"),
        ("or", "宇宙船", ""),
        ("or", "、", ""),
    ],
)
def test_what_is_found(baselines: dict[str, Ranker], name: str, query: str, expected: str) -> None:
    """The documents stand in the order of the baseline."""
    assert "".join(source.file for source in baselines[name](query)) == expected


def test_equal_scores_stand_in_the_order_of_the_corpus(make_entry: Callable[..., Entry]) -> None:
    """Every run gives the same table: ties are not left to chance."""
    entries = [make_entry(0, "観光の案内", "", file=name) for name in "cab"]
    entries += [make_entry(0, title, "", file="z") for title in ("水道", "消防", "保育", "防災", "農業")]
    for ranker in make_baselines(entries).values():
        assert [source.file for source in ranker("観光")] == ["c", "a", "b"]

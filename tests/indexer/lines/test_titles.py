"""Titles made of the beginning of a text."""

import pytest

from indexer.lines.titles import title_from_text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("・図書館の相互利用。", "図書館の相互利用"),
        ("館（分館。休館中を含む）を巡る。次の文。", "館（分館。休館中を含む）を巡る"),
        (
            "老朽化した三つの市の給食センターを一つに統合し、衛生管理と献立作成を共同で行うこととしたほか、食材も共に買う。",
            "老朽化した三つの市の給食センターを一つに統合し、衛生管理と献立作成を共同",
        ),
        (
            "雪に強いまちにするため、四つの市町が持つ除雪車の位置と作業の進み具合を一枚の地図で見られるようにした。",
            "雪に強いまちにするため、四つの市町が持つ除雪車の位置と作業の進み具合を一枚の地図",
        ),
        (
            "山あいの集落に住む人の買い物と通院の足を確保するため、予約制の乗合タクシーを三つの市町で走らせている。",
            "山あいの集落に住む人の買い物と通院の足を確保するため",
        ),
        ("一" * 60, "一" * 40),
        ("\n\n二行目が最初の文になる\n三行目", "二行目が最初の文になる"),
        ("", ""),
    ],
)
def test_title_is_the_first_sentence_or_what_of_it_says_most(text: str, title: str) -> None:
    """The first sentence if it is short, else clauses, else up to a noun's end; 40 characters at most."""
    assert title_from_text(text) == title
    assert len(title) <= 40

"""Names in running text and in lists resolve to municipalities and prefectures."""

import pytest

from indexer import places


def named(text: str, *prefectures: str) -> list[str]:
    """Give what a text names, as prefecture and name."""
    return [place.prefecture + place.name for place in places.named_municipalities(text, prefectures=prefectures)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("東広島市と広島市", ["広島県東広島市", "広島県広島市"]),
        ("塩釜市、龍ヶ崎市、四日市市", ["宮城県塩竈市", "茨城県龍ケ崎市", "三重県四日市市"]),
        ("東京都市部の関係機関市町村", []),
        ("神戸市立中央市民病院と中央市場", ["兵庫県神戸市"]),
        ("札幌市中央区と東京都中央区", ["北海道札幌市", "東京都中央区"]),
        ("海老名市長、座間市", ["神奈川県海老名市", "神奈川県座間市"]),
        ("岐阜県関市", ["岐阜県関市"]),
    ],
)
def test_finds_names_in_running_text(text: str, expected: list[str]) -> None:
    """The longest name at a place counts; tails of other words, wards and markets are no municipalities."""
    assert named(text) == expected


def test_same_named_towns_are_told_by_the_prefecture_at_hand() -> None:
    """府中市 and 太子町 exist twice: the prefecture before the name decides, then the ones at hand; else it is left out."""
    assert named("（大阪府内）柏原市、太子町（兵庫県）西宮市") == ["大阪府柏原市", "大阪府太子町", "兵庫県西宮市"]
    assert named("太子町", "兵庫県") == ["兵庫県太子町"]
    assert named("福山市と府中市") == ["広島県福山市", "広島県府中市"]
    assert named("府中市") == []


def test_a_list_of_partners_may_leave_out_the_suffix() -> None:
    """前橋・高崎 are two cities where a list of partners is expected; words that are no name give nothing."""
    listed = places.listed_municipalities("前橋・高崎")
    assert [place.name for place in listed] == ["前橋市", "高崎市"]
    assert places.listed_municipalities("県内全市町村、一部事務組合") == ()


def test_prefectures_come_in_jis_order_with_their_block() -> None:
    """Prefectures named in a text are listed once, from north to south, and belong to a 地方."""
    assert places.find_prefectures("山口県と岡山県、岡山県") == ("岡山県", "山口県")
    assert places.block_of("岡山県") == "中国地方"

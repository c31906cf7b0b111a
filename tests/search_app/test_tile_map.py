"""The tile map: 47 prefectures in their places, shaded by their hits."""

import re
from pathlib import Path

import pytest

from indexer.places import PREFECTURES
from search_app import tile_map
from search_app.facets import FacetValue, FacetView
from search_app.links import Links, shorten_link
from search_app.params import SearchParams
from search_app.tile_map import COLUMNS, ROWS, SHADES, TILES, Tile, build_tiles, shade

STYLE = (Path(tile_map.__file__).parent / "static" / "style.css").read_text(encoding="utf-8")


def cells(tile: Tile) -> set[tuple[int, int]]:
    """Give the cells of the grid that a tile takes."""
    return {
        (row, column)
        for row in range(tile.row, tile.row + tile.height)
        for column in range(tile.column, tile.column + tile.width)
    }


def make_facet(**counts: int) -> FacetView:
    """Make the region facet with these prefectures, all below one 地方."""
    children = tuple(FacetValue(name, name, count, False, ()) for name, count in counts.items())
    return FacetView("region", "地域", (FacetValue("中国地方", "中国地方", sum(counts.values()), False, children),))


def test_every_prefecture_has_a_place_of_its_own() -> None:
    """47 tiles, none on another, all within the grid."""
    assert set(TILES) == set(PREFECTURES)
    taken = [cell for tile in TILES.values() for cell in cells(tile)]
    assert len(taken) == len(set(taken))
    assert max(row for row, _ in taken) == ROWS
    assert max(column for _, column in taken) == COLUMNS


@pytest.mark.parametrize(
    ("one", "other"),
    [("青森県", "岩手県"), ("埼玉県", "東京都"), ("京都府", "大阪府"), ("岡山県", "香川県"), ("福岡県", "鹿児島県")],
)
def test_what_lies_north_stands_above(one: str, other: str) -> None:
    """Who knows the country finds a prefecture where it is."""
    assert TILES[one].row < TILES[other].row


@pytest.mark.parametrize(
    ("one", "other"),
    [("秋田県", "岩手県"), ("広島県", "岡山県"), ("石川県", "富山県"), ("長崎県", "大分県"), ("兵庫県", "東京都")],
)
def test_what_lies_west_stands_at_the_left(one: str, other: str) -> None:
    """Likewise from west to east."""
    assert TILES[one].column < TILES[other].column


def test_the_style_knows_every_place_and_shade() -> None:
    """The page carries no style of its own: each row, column and shade is a class of the stylesheet."""
    for row in range(1, ROWS + 1):
        assert f".r{row} {{ grid-row: {row}; }}" in STYLE
    for column in range(1, COLUMNS + 1):
        assert f".c{column} {{ grid-column: {column}; }}" in STYLE
    assert re.search(rf"\.map {{[^}}]*repeat\({ROWS}, [^}}]*repeat\({COLUMNS}, ", STYLE)
    assert all(f".map .s{step} a {{" in STYLE for step in range(SHADES + 1))


@pytest.mark.parametrize(
    ("count", "expected"), [(0, 0), (1, 1), (6, 1), (7, 2), (13, 3), (25, 3), (26, 4), (50, 4), (51, 5), (100, 5)]
)
def test_each_shade_is_for_half_as_many(count: int, expected: int) -> None:
    """Beside a largest count of 100; one hit is never shown as none."""
    assert shade(count, 100) == expected


def test_a_tile_chooses_its_prefecture_and_takes_it_back() -> None:
    """The link toggles, from the first page, and keeps everything else; counts are those of the facet."""
    params = SearchParams(q="消防", region=("岡山県",), page=3)
    facet = FacetView("region", "地域", (FacetValue("岡山県", "岡山県", 4, True, ()), *make_facet(広島県=12).values))
    tiles = {tile.name + tile.suffix: tile for tile in build_tiles(facet, params, Links())}
    assert list(tiles) == list(PREFECTURES)
    assert (tiles["岡山県"].selected, tiles["岡山県"].count, tiles["広島県"].count) == (True, "4", "12")
    assert tiles["岡山県"].url == shorten_link(Links().search(SearchParams(q="消防")))
    assert tiles["広島県"].url == "/?q=消防&region=岡山県&region=広島県"
    assert (tiles["東京都"].name, tiles["東京都"].count, tiles["東京都"].shade) == ("東京", "0", 0)
    assert (tiles["北海道"].name, tiles["北海道"].suffix) == ("北海道", "")


def test_a_large_count_is_written_in_short_on_its_tile() -> None:
    """What would not fit the tile is rounded down; the whole count is there to be read out."""
    tiles = {
        tile.name: tile
        for tile in build_tiles(make_facet(広島県=12_345, 岡山県=123_456, 鳥取県=9_999), SearchParams(), Links())
    }
    assert [(tiles[name].count, tiles[name].short_count) for name in ("広島", "岡山", "鳥取")] == [
        ("12345", "1.2万"),
        ("123456", "12万"),
        ("9999", ""),
    ]

"""The tile map: Japan in 47 tiles of one size, each in its place, with its count of hits and a shade for it.

The region facet in, tiles out: each is a link that chooses its prefecture or takes it back. Places are numbers of a grid
that the style lays out, so that no page carries a style of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from search_app.facets import FacetValue, FacetView, walk_values
from search_app.links import Links, shorten_link
from search_app.params import SearchParams

SHADES = 5  # of tiles with hits: each is for half as many as the one above it
COLUMNS = 11
ROWS = 12
_TEN_THOUSAND = 10_000


@dataclass(frozen=True, slots=True)
class Tile:
    """Where a prefecture stands: row and column of its upper left corner, from 1, and how many of each it takes."""

    row: int
    column: int
    height: int = 1
    width: int = 1


# Neighbours stand beside each other where a grid allows it; the sea is left free. Long names have room for two lines.
TILES: Mapping[str, Tile] = {
    "北海道": Tile(1, 10, width=2),
    "青森県": Tile(2, 10, width=2),
    "岩手県": Tile(3, 11),
    "宮城県": Tile(4, 11),
    "秋田県": Tile(3, 10),
    "山形県": Tile(4, 10),
    "福島県": Tile(5, 10, width=2),
    "茨城県": Tile(7, 11),
    "栃木県": Tile(6, 11),
    "群馬県": Tile(6, 10),
    "埼玉県": Tile(7, 10),
    "千葉県": Tile(8, 11),
    "東京都": Tile(8, 10),
    "神奈川県": Tile(9, 10, width=2),
    "新潟県": Tile(5, 9),
    "富山県": Tile(5, 8),
    "石川県": Tile(5, 7),
    "福井県": Tile(6, 7),
    "山梨県": Tile(7, 9),
    "長野県": Tile(6, 9),
    "岐阜県": Tile(6, 8),
    "静岡県": Tile(8, 9),
    "愛知県": Tile(7, 8),
    "三重県": Tile(8, 8),
    "滋賀県": Tile(7, 7),
    "京都府": Tile(6, 6),
    "大阪府": Tile(7, 6),
    "兵庫県": Tile(6, 5, height=2),
    "奈良県": Tile(8, 7),
    "和歌山県": Tile(8, 6, height=2),
    "鳥取県": Tile(6, 4),
    "島根県": Tile(6, 3),
    "岡山県": Tile(7, 4),
    "広島県": Tile(7, 3),
    "山口県": Tile(7, 2),
    "徳島県": Tile(10, 5),
    "香川県": Tile(9, 5),
    "愛媛県": Tile(9, 4),
    "高知県": Tile(10, 4),
    "福岡県": Tile(8, 2),
    "佐賀県": Tile(8, 1),
    "長崎県": Tile(9, 1),
    "熊本県": Tile(10, 1),
    "大分県": Tile(9, 2),
    "宮崎県": Tile(10, 2),
    "鹿児島県": Tile(11, 1, width=2),
    "沖縄県": Tile(12, 1),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class TileView:
    """A tile as it is printed: `name` and `suffix` are 広島 and 県; `shade` 0: no hit.

    `short_count` stands for a count that does not fit the tile ("": it does); `place` are the classes of its place.
    """

    name: str
    suffix: str
    count: str
    short_count: str
    shade: int
    place: str
    selected: bool
    url: str


def build_tiles(facet: FacetView, params: SearchParams, links: Links) -> tuple[TileView, ...]:
    """Build the tiles of the region facet, in JIS order: as a list they read like any table of prefectures."""
    values = {value.label: value for value in walk_values(facet.values) if value.label in TILES}
    most = max((value.count for value in values.values()), default=0)
    return tuple(
        _view(prefecture, values.get(prefecture, FacetValue(prefecture, prefecture, 0, False, ())), most, params, links)
        for prefecture in TILES
    )


def shade(count: int, most: int) -> int:
    """Give the shade of a count beside the largest: 5 above half of it, 4 above a quarter, …, 0 for none."""
    if not count:
        return 0
    return max(1, SHADES + 1 - (most // count).bit_length())


def _view(prefecture: str, value: FacetValue, most: int, params: SearchParams, links: Links) -> TileView:
    tile = TILES[prefecture]
    name = prefecture if prefecture == "北海道" else prefecture[:-1]
    place = [f"r{tile.row}", f"c{tile.column}"]
    place += ["wide"] if tile.width > 1 else []
    place += ["tall"] if tile.height > 1 else []
    return TileView(
        name=name,
        suffix=prefecture.removeprefix(name),
        count=str(value.count),
        short_count=_shorten(value.count),
        shade=shade(value.count, most),
        place=" ".join(place),
        selected=value.selected,
        url=shorten_link(links.search(params.toggled("region", value.value))),
    )


def _shorten(count: int) -> str:
    """Write a count of five digits or more in fewer signs: 12345 as 1.2万."""
    if count < _TEN_THOUSAND:
        return ""
    tenths = count * 10 // _TEN_THOUSAND
    return f"{tenths // 10}.{tenths % 10}万" if tenths < 100 else f"{tenths // 10}万"

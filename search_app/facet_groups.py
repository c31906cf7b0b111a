"""Facet groups: what the template receives of the facets: check boxes, the map, bars of years, tags of what is applied.

A ResultPage in, views out, as in `pages`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search_app import wording
from search_app.facets import FACETS, FacetValue, FacetView, label_range, label_value, walk_values
from search_app.links import Links
from search_app.params import RANGE_NAMES, MultiName, SearchParams
from search_app.search import ResultPage
from search_app.tile_map import TileView, build_tiles
from search_app.year_bars import YearsView, build_years

SHOWN_VALUES = 10  # values of a facet before 「もっと見る」
# Of a facet with more values than this, those below others are listed where they are asked for only: all prefectures and
# areas of the country would be most of what the page weighs.
LISTED_VALUES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class TagView:
    """A filter that is applied; its link takes it away."""

    facet: str
    label: str
    remove_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceView:
    """A value of a facet with those below it. `shown` are in sight once it is `open`, `more` behind 「もっと見る」.

    `unlisted`: there are some below it, which a button asks for.
    """

    value: str
    label: str
    count: str
    selected: bool
    open: bool = False
    unlisted: bool = False
    shown: tuple[ChoiceView, ...] = ()
    more: tuple[ChoiceView, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupView:
    """A facet: a group of check boxes. `nested` says that some value has others below it.

    Regions have a map of `tiles` above them, years their bars and a range (`years`).
    """

    name: MultiName
    label: str
    nested: bool
    shown: tuple[ChoiceView, ...]
    more: tuple[ChoiceView, ...]
    tiles: tuple[TileView, ...] = ()
    years: YearsView | None = None


def build_groups(page: ResultPage, links: Links) -> tuple[GroupView, ...]:
    """Build the facets of a result."""
    return tuple(_group(facet, page.params, links) for facet in page.facets)


def build_tags(params: SearchParams, links: Links) -> Iterator[TagView]:
    """Give what is applied, facet by facet in the order it was chosen, a range behind the single years."""
    for facet in FACETS:
        for value in params.values(facet.name):
            yield TagView(
                facet=facet.label,
                label=label_value(facet.name, value),
                remove_url=links.search(params.without_value(facet.name, value)),
            )
        if facet.name in RANGE_NAMES and params.range_of(facet.name) != (None, None):
            yield TagView(
                facet=facet.label,
                label=label_range(facet.name, params.range_of(facet.name)),
                remove_url=links.search(params.without_range(facet.name)),
            )
    for code in params.municipality:
        yield TagView(
            facet="市町村",
            label=wording.municipality(code),
            remove_url=links.search(params.without_value("municipality", code)),
        )


def _group(facet: FacetView, params: SearchParams, links: Links) -> GroupView:
    count = sum(1 for _ in walk_values(facet.values))
    tree = _Tree(params.open, all_open=count <= SHOWN_VALUES, all_listed=count <= LISTED_VALUES)
    shown, more = tree.split(facet.values)
    return GroupView(
        name=facet.name,
        label=facet.label,
        nested=any(value.children for value in facet.values),
        shown=shown,
        more=more,
        tiles=build_tiles(facet, params, links) if facet.name == "region" else (),
        years=build_years(facet.name, facet, params) if facet.name in RANGE_NAMES else None,
    )


@dataclass(frozen=True, slots=True)
class _Tree:
    """How much of a facet's values is listed and in sight; `asked` is a value whose parts are asked for."""

    asked: str
    all_open: bool
    all_listed: bool

    def split(self, values: tuple[FacetValue, ...]) -> tuple[tuple[ChoiceView, ...], tuple[ChoiceView, ...]]:
        """Part what is in sight from what is behind 「もっと見る」: what is chosen or asked for is always in sight."""
        choices = [self._choice(value, alone=len(values) == 1) for value in values]
        in_sight = [index < SHOWN_VALUES or self._is_wanted(value) for index, value in enumerate(values)]
        return (
            tuple(choice for choice, seen in zip(choices, in_sight, strict=True) if seen),
            tuple(choice for choice, seen in zip(choices, in_sight, strict=True) if not seen),
        )

    def _choice(self, value: FacetValue, *, alone: bool) -> ChoiceView:
        wanted = self.all_open or self._is_wanted(value)
        listed = self.all_listed or wanted
        shown, more = self.split(value.children) if listed else ((), ())
        return ChoiceView(
            value=value.value,
            label=value.label,
            count=wording.number(value.count),
            selected=value.selected,
            open=bool(value.children) and listed and (wanted or alone),
            unlisted=bool(value.children) and not listed,
            shown=shown,
            more=more,
        )

    def _is_wanted(self, value: FacetValue) -> bool:
        """Whether the value, or one below it, is chosen or asked for."""
        return value.selected or value.value == self.asked or any(map(self._is_wanted, value.children))

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


@dataclass(frozen=True, slots=True, kw_only=True)
class TagView:
    """A filter that is applied; its link takes it away."""

    facet: str
    label: str
    remove_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceView:
    """A value of a facet with those below it. `shown` are in sight once it is `open`, `more` behind 「もっと見る」."""

    value: str
    label: str
    count: str
    selected: bool
    open: bool = False
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


def _group(facet: FacetView, params: SearchParams, links: Links) -> GroupView:
    everything_fits = sum(1 for _ in walk_values(facet.values)) <= SHOWN_VALUES
    shown, more = _split(facet.values, opened=everything_fits)
    return GroupView(
        name=facet.name,
        label=facet.label,
        nested=any(value.children for value in facet.values),
        shown=shown,
        more=more,
        tiles=build_tiles(facet, params, links) if facet.name == "region" else (),
        years=build_years(facet.name, facet, params) if facet.name in RANGE_NAMES else None,
    )


def _split(values: tuple[FacetValue, ...], *, opened: bool) -> tuple[tuple[ChoiceView, ...], tuple[ChoiceView, ...]]:
    """Part what is in sight from what is behind 「もっと見る」: a chosen value is always in sight."""
    choices = [_choice(value, opened=opened, alone=len(values) == 1) for value in values]
    in_sight = [index < SHOWN_VALUES or _holds_choice(value) for index, value in enumerate(values)]
    return (
        tuple(choice for choice, seen in zip(choices, in_sight, strict=True) if seen),
        tuple(choice for choice, seen in zip(choices, in_sight, strict=True) if not seen),
    )


def _choice(value: FacetValue, *, opened: bool, alone: bool) -> ChoiceView:
    shown, more = _split(value.children, opened=opened)
    return ChoiceView(
        value=value.value,
        label=value.label,
        count=wording.number(value.count),
        selected=value.selected,
        open=bool(value.children) and (opened or alone or _holds_choice(value)),
        shown=shown,
        more=more,
    )


def _holds_choice(value: FacetValue) -> bool:
    return value.selected or any(map(_holds_choice, value.children))
